import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { advisedBackup, requestRestore } from '@main/store/backup';
import { listBackups, originalsOfBackup } from '@main/store/backupFiles';
import { insertBlob, listOriginals } from '@main/store/blobOwners';
import { insertConversation } from '@main/store/conversations';
import { allMessages, insertMessage } from '@main/store/messages';
import { namedDamage, openStore, type Store } from '@main/store/open';
import { missingOriginals, originalPath } from '@main/store/originals';
import { defaultConversationSettings, newId, toEmergenceError } from '@shared/model';
import Database from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../../support/temporaryFolder';

const day = 86_400_000;

/** A data folder in use, with its own clock and all messages that it acknowledged. */
const inhabit = () => {
  const folder = temporaryFolder();
  const database = join(folder, 'emergence.db');
  const scratch = join(temporaryFolder(), 'copy.db');
  const conversationId = newId();
  const acknowledged = new Set<string>();
  let now = new Date(2026, 5, 1, 12).getTime();
  let present: Store | null = null;
  onTestFinished(() => void (present?.db.open && present.db.close()));

  const backupPath = (name: string): string => join(folder, 'backups', name);
  /** The messages in a database file as another program than ours finds them; null where the file is not sound. */
  const messagesIn = (path: string): Set<string> | null => {
    copyFileSync(path, scratch);
    const db = new Database(scratch);
    try {
      const sound =
        db.pragma('integrity_check', { simple: true }) === 'ok' && db.pragma('foreign_key_check', { simple: true }) === undefined;
      return sound ? new Set(db.prepare('SELECT id FROM messages').pluck().all() as string[]) : null;
    } catch {
      return null;
    } finally {
      db.close();
      for (const suffix of ['', '-wal', '-shm']) rmSync(scratch + suffix, { force: true });
    }
  };
  const restorable = (): { name: string; messages: Set<string> }[] =>
    listBackups(folder).flatMap(({ name }) => {
      const messages = messagesIn(backupPath(name));
      return messages ? [{ name, messages }] : [];
    });
  const open = (): Store => {
    try {
      present = openStore({ dataFolder: folder, version: '9.9.9', now: () => now });
      return present;
    } catch (error) {
      throw namedDamage(error, folder, now);
    }
  };

  return {
    folder,
    database,
    acknowledged,
    restorable,
    open,
    read: (store: Store) => allMessages(store.db, conversationId),
    pass: (ms: number): void => {
      now += ms;
    },
    /** Writes two messages and an original, which the program acknowledges. */
    write: (store: Store, what: string): void => {
      insertConversation(store.db, { id: conversationId, kind: 'chat', settings: defaultConversationSettings, now });
      for (const text of [`question ${what}`, `answer ${what}`]) {
        const id = newId();
        const role = text.startsWith('question') ? 'user' : 'assistant';
        insertMessage(store.db, {
          id,
          conversationId,
          parentId: null,
          turnId: null,
          role,
          speaker: null,
          state: 'complete',
          text,
          at: now,
        });
        acknowledged.add(id);
      }
      const hash = createHash('sha256').update(what).digest('hex');
      mkdirSync(dirname(originalPath(folder, hash)), { recursive: true });
      writeFileSync(originalPath(folder, hash), what);
      insertBlob(store.db, { hash, size: Buffer.byteLength(what), mime: 'text/plain' }, now);
    },
    /** The backup that the program advises, at a start that fails or while it runs; null where nothing needs a restore. */
    advice: async (): Promise<{ code: string; advised: unknown } | null> => {
      try {
        const store = open();
        const problems = await store.check();
        store.db.close();
        if (problems.length === 0) return null;
        return { code: 'health', advised: advisedBackup(listBackups(folder))?.name };
      } catch (error) {
        const { code, details } = toEmergenceError(error);
        return { code, advised: details.advised };
      }
    },
    /** Checks everything that must hold after any damage. `newest` are the messages of the newest sound state that there was. */
    check: (after: string, newest: ReadonlySet<string>): void => {
      const states = restorable();
      const marked = listBackups(folder).filter(({ state }) => state === 'sound');
      expect(
        marked.map(({ name }) => name),
        after,
      ).toEqual(states.map(({ name }) => name));
      expect(advisedBackup(listBackups(folder))?.name, after).toBe(states[0]?.name);
      const all = [...states.map(({ messages }) => messages), messagesIn(database) ?? new Set<string>()];
      expect(
        [...acknowledged].filter((id) => !all.some((messages) => messages.has(id))),
        after,
      ).toEqual([]);
      expect(
        all.some((messages) => same(messages, newest)),
        after,
      ).toBe(true);
      for (const { name } of states) expect(missingOriginals(folder, originalsOfBackup(folder, name) ?? []), after).toEqual([]);
      expect(listBackups(folder).filter(({ state }) => state === 'damaged').length, after).toBeLessThanOrEqual(4);
    },
  };
};
const same = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean => a.size === b.size && [...a].every((id) => b.has(id));
type Inhabited = ReturnType<typeof inhabit>;

const garbage = (path: string, pages = 9): void => {
  const bytes = readFileSync(path);
  bytes.fill(0x5a, 4096, Math.min(bytes.length, 4096 * (1 + pages)));
  writeFileSync(path, bytes);
};
const removeDatabase = (path: string): void => {
  for (const suffix of ['', '-wal', '-shm']) rmSync(path + suffix, { force: true });
};

interface Damage {
  what: string;
  hurt(home: Inhabited): void;
  /** The code with which the program meets it; null where it opens. */
  code: 'health' | 'storage.damaged' | 'storage.empty' | 'storage.foreign' | null;
  /** True when the lost data exists only in a backup. */
  destroys: boolean;
}
const damages: Damage[] = [
  { what: 'garbage pages', hurt: ({ database }) => garbage(database), code: 'health', destroys: true },
  {
    what: 'one broken JSON cell',
    hurt: ({ database }) => {
      const db = new Database(database);
      db.exec(`UPDATE messages SET info = '{"half' WHERE n = 1; UPDATE conversations SET settings = '{"half'`);
      db.close();
    },
    code: null,
    destroys: false,
  },
  { what: 'a database of 0 bytes', hurt: ({ database }) => writeFileSync(database, ''), code: 'storage.empty', destroys: true },
  { what: 'missing originals', hurt: ({ folder }) => rmSync(join(folder, 'blobs'), { recursive: true }), code: null, destroys: true },
  { what: 'a clock a year ahead', hurt: ({ pass }) => pass(365 * day), code: null, destroys: false },
  {
    what: 'the database of another program',
    hurt: ({ database }) => {
      removeDatabase(database);
      const db = new Database(database);
      db.exec("CREATE TABLE bookmarks(url TEXT); INSERT INTO bookmarks VALUES ('http://one.example')");
      db.close();
    },
    code: 'storage.foreign',
    destroys: true,
  },
  {
    what: 'garbage pages in the newest backup too',
    hurt: ({ database, folder }) => {
      garbage(database, 1_000);
      garbage(join(folder, 'backups', listBackups(folder)[0]?.name ?? ''));
    },
    code: 'storage.damaged',
    destroys: true,
  },
  { what: 'no database at all', hurt: ({ database }) => removeDatabase(database), code: 'storage.empty', destroys: true },
];

test('loses nothing acknowledged over eight restores, each after other damage', async () => {
  const home = inhabit();
  const { folder } = home;
  let store = home.open();
  for (const { what, hurt, code, destroys } of damages) {
    home.write(store, what);
    const newest = new Set(home.read(store).map(({ id }) => id));
    // Two, since one of them may be damaged as well.
    if (destroys) for (let made = 0; made < 2; made += 1) await store.backup('manual');
    store.close();
    hurt(home);

    const advice = await home.advice();
    expect(advice?.code ?? null, what).toBe(code);
    const [first] = home.restorable();
    if (advice) expect(advice.advised, what).toBe(first?.name);
    // Without need the person goes far back, and must find the newest state again.
    const chosen = code === null ? home.restorable().at(-1) : first;
    requestRestore(folder, chosen?.name ?? '');
    store = home.open();
    expect(new Set(home.read(store).map(({ id }) => id)), what).toEqual(chosen?.messages);
    expect(missingOriginals(folder, listOriginals(store.db)), what).toEqual([]);

    // A session with the day's backup, one of the person's, and two more days.
    await store.dailyBackup();
    await store.backup('manual');
    if (what === 'a clock a year ahead') home.pass(-365 * day);
    for (let days = 0; days < 2; days += 1) {
      home.pass(day);
      await store.dailyBackup();
    }
    home.check(what, newest);
  }
  store.close();
}, 120_000);

test('never advises a damaged copy when damage comes back after every restore', async () => {
  const home = inhabit();
  let store = home.open();
  home.write(store, 'the only one');
  const newest = new Set(home.acknowledged);
  await store.backup('manual');
  store.close();
  const advised: unknown[] = [];
  for (let round = 0; round < 6; round += 1) {
    garbage(home.database);
    const advice = await home.advice();
    advised.push(advice?.advised);
    expect(home.restorable().map(({ name }) => name)).toContain(advice?.advised);
    requestRestore(home.folder, String(advice?.advised));
    home.pass(day / 4);
    store = home.open();
    expect(new Set(home.read(store).map(({ id }) => id))).toEqual(newest);
    await store.dailyBackup();
    home.check(`round ${round}`, newest);
    store.close();
  }
  expect(advised.every((name) => home.restorable().some((state) => state.name === name))).toBe(true);
}, 120_000);

test('keeps a state set aside although the backup with the same content is rotated away', async () => {
  const home = inhabit();
  let store = home.open();
  const { name: empty } = await store.backup('manual');
  home.write(store, 'backed up, then left');
  const newest = new Set(home.acknowledged);
  await store.backup('manual');
  for (let times = 0; times < 2; times += 1) {
    requestRestore(home.folder, empty);
    store.close();
    home.pass(1_000);
    store = home.open();
    home.write(store, `after restore ${times}`);
  }
  for (let made = 0; made < 6; made += 1) {
    home.pass(1_000);
    await store.backup('manual');
    await store.dailyBackup();
  }
  home.check('six more backups', newest);
  store.close();
}, 120_000);
