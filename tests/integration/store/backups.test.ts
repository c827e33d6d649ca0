import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, truncateSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { advisedBackup, findSoundBackup, planRestore, requestRestore } from '@main/store/backup';
import { type BackupEntry, listBackups, markBackup } from '@main/store/backupFiles';
import { noteForgotten } from '@main/store/backupRetention';
import { createDatabaseWatch } from '@main/store/databaseWatch';
import { mendFullText } from '@main/store/fullText';
import { namedDamage, openStore, type Store } from '@main/store/open';
import Database from 'better-sqlite3';
import { expect, test, vi } from 'vitest';
import { temporaryFolder } from '../../support/temporaryFolder';

const day = 86_400_000;
const noon = new Date(2026, 5, 1, 12).getTime();
let now = noon;
const open = (folder: string, startEmpty = false): Store => openStore({ dataFolder: folder, version: '9.9.9', startEmpty, now: () => now });

const say = (store: Store, text: string): void => void store.db.prepare('INSERT OR REPLACE INTO drafts VALUES (?, ?, 0)').run('new', text);
const said = (folder: string): string | undefined => {
  const store = open(folder);
  const text = store.db.prepare('SELECT text FROM drafts').pluck().get() as string | undefined;
  store.close();
  return text;
};
const saidIn = (folder: string, { name }: BackupEntry): unknown => {
  const db = new Database(join(folder, 'backups', name));
  try {
    return db.prepare('SELECT text FROM drafts').pluck().get();
  } finally {
    db.close();
  }
};
/** Overwrites pages, as a failing disk does; the header stays. */
const damage = (path: string): void => {
  const bytes = readFileSync(path);
  bytes.fill(0x5a, 4096, 40_960);
  writeFileSync(path, bytes);
};
const states = (folder: string): string[] => listBackups(folder).map(({ state }) => state);

test('checks a backup when it is made, and reports its content', async () => {
  const folder = temporaryFolder();
  const store = open(folder);
  store.db.exec(
    `INSERT INTO conversations(id, kind, settings, created_at, updated_at) VALUES ('a', 'chat', '{}', 1, 1), ('b', 'chat', '{}', 1, 1)`,
  );
  const made = await store.backup('manual');
  expect(made).toMatchObject({
    state: 'sound',
    app: '9.9.9',
    conversations: 2,
    documents: 0,
    bytes: statSync(join(folder, 'backups', made.name)).size,
  });
  expect(advisedBackup(store.backups())?.name).toBe(made.name);
  // Another file under its name counts as unchecked.
  truncateSync(join(folder, 'backups', made.name), 8192);
  expect(states(folder)).toEqual(['unchecked']);
  expect(advisedBackup(store.backups())).toBeNull();
  expect(findSoundBackup(folder, now)).toBeNull();
  expect(states(folder)).toEqual(['damaged']);
  store.close();
});

test('keeps the newest data and everything in between over ten restores in a row', async () => {
  const folder = temporaryFolder();
  let store = open(folder);
  say(store, 'old');
  const old = await store.backup('manual');
  say(store, 'newest');
  for (let round = 0; round < 10; round += 1) {
    now += 60_000;
    requestRestore(folder, old.name);
    store.close();
    store = open(folder);
    expect(store.db.prepare('SELECT text FROM drafts').pluck().get()).toBe('old');
    if (round % 3 === 1) say(store, `written in round ${round}`);
    await store.dailyBackup();
  }
  store.close();
  const kept = listBackups(folder).filter(({ reason }) => reason === 'restore');
  expect(kept.map((entry) => saidIn(folder, entry))).toEqual(
    expect.arrayContaining(['newest', 'written in round 1', 'written in round 4', 'written in round 7']),
  );
  // States without a change between them are stored once.
  expect(kept.length).toBeLessThanOrEqual(6);
});

test('drops no sound backup in sixty days of a damaged database, and advises no damaged one', async () => {
  const folder = temporaryFolder();
  const store = open(folder);
  say(store, 'sound');
  for (let made = 0; made < 3; made += 1) {
    await store.backup('daily');
    now += day;
  }
  const before = listBackups(folder).map(({ name }) => name);
  say(store, 'x'.repeat(200_000));
  store.db.pragma('wal_checkpoint(TRUNCATE)');
  damage(store.db.name);
  // So that no page comes from memory.
  store.db.pragma('shrink_memory');
  for (let at = 0; at < 60; at += 1) {
    now += day;
    await store.dailyBackup();
  }
  const list = listBackups(folder);
  expect(list.filter(({ state }) => state === 'damaged').length).toBeLessThanOrEqual(3);
  expect(list.filter(({ state }) => state === 'damaged').length).toBeGreaterThan(0);
  expect(list.map(({ name }) => name)).toEqual(expect.arrayContaining(before));
  expect(advisedBackup(list)?.name).toBe(before[0]);
  store.db.close();
}, 60_000);

test('still advises a sound backup after damage, a restore and damage again', async () => {
  const folder = temporaryFolder();
  let store = open(folder);
  say(store, 'sound');
  const sound = await store.backup('manual');
  store.close();
  for (let round = 0; round < 4; round += 1) {
    damage(join(folder, 'emergence.db'));
    const error = namedDamage(Object.assign(new Error(), { code: 'SQLITE_CORRUPT' }), folder, now);
    const { advised } = (error as { details: { advised: string } }).details;
    const named = listBackups(folder).find(({ name }) => name === advised);
    expect(named).toMatchObject({ state: 'sound' });
    expect(named && saidIn(folder, named)).toBe('sound');
    now += 60_000;
    requestRestore(folder, sound.name);
    store = open(folder);
    await store.dailyBackup();
    expect(store.db.prepare('SELECT text FROM drafts').pluck().get()).toBe('sound');
    store.close();
  }
  expect(listBackups(folder).filter(({ state, reason }) => state === 'damaged' && reason === 'restore').length).toBeGreaterThan(0);
  damage(join(folder, 'backups', sound.name));
  for (const { name, state } of listBackups(folder)) if (state !== 'damaged') damage(join(folder, 'backups', name));
  damage(join(folder, 'emergence.db'));
  const error = namedDamage(Object.assign(new Error(), { code: 'SQLITE_CORRUPT' }), folder, now);
  expect((error as { details: object }).details).not.toHaveProperty('advised');
});

test.each([
  ['a year ahead', 365],
  ['a year back', -365],
  ['twenty years ahead', 7300],
])('makes every backup and drops none at one start with the clock %s', async (_way, days) => {
  const folder = temporaryFolder();
  now = noon;
  const store = open(folder);
  for (let at = 0; at < 12; at += 1) {
    await store.dailyBackup();
    now += day;
  }
  const before = listBackups(folder).map(({ order }) => order);
  now += days * day;
  await store.dailyBackup();
  expect(listBackups(folder).map(({ order }) => order)).toEqual(expect.arrayContaining(before.slice(0, 6)));
  now -= days * day;
  const newest = listBackups(folder)[0]?.order ?? 0;
  for (let at = 0; at < 3; at += 1) {
    await store.dailyBackup();
    now += day;
  }
  const list = listBackups(folder);
  expect(list.slice(0, 3).map(({ order }) => order)).toEqual([newest + 3, newest + 2, newest + 1]);
  expect(list.filter(({ reason }) => reason === 'daily').length).toBeGreaterThanOrEqual(6);
  store.close();
  now = noon;
});

test('drops a backup dated into the future by the time that forgetting names', async () => {
  const folder = temporaryFolder();
  now = noon;
  const store = open(folder);
  now += 365 * day;
  const ahead = await store.backup('manual');
  now -= 365 * day;
  await store.dailyBackup();
  const until = noteForgotten(folder) ?? 0;
  expect(until).toBeLessThan(noon + 60 * day);
  while (now <= until) {
    now += 9 * day;
    await store.dailyBackup();
  }
  expect(listBackups(folder).map(({ name }) => name)).not.toContain(ahead.name);
  store.close();
  now = noon;
});

test('overwrites nothing when restores fall into one millisecond', async () => {
  const folder = temporaryFolder();
  let store = open(folder);
  const first = await store.backup('manual');
  for (const text of ['one', 'two', 'three']) {
    say(store, text);
    requestRestore(folder, first.name);
    store.close();
    store = open(folder);
  }
  store.close();
  expect(
    listBackups(folder)
      .filter(({ reason }) => reason === 'restore')
      .map((entry) => saidIn(folder, entry)),
  ).toEqual(['three', 'two', 'one']);
});

test.each([
  [
    'after the present database was put aside',
    (folder: string) => renameSync(join(folder, 'emergence.db'), join(folder, 'backups', `emergence-${now}-restore_9.db`)),
  ],
  ['while the backup was copied', (folder: string) => writeFileSync(join(folder, 'emergence.db.incoming'), 'half of it')],
  [
    'before the request was taken away',
    (folder: string) => {
      const request = readFileSync(join(folder, 'restore-request'), 'utf8');
      open(folder).close();
      writeFileSync(join(folder, 'restore-request'), request);
    },
  ],
])('a start that is killed %s is finished by the next one, and the present data is kept', async (_when, cut) => {
  const folder = temporaryFolder();
  const store = open(folder);
  say(store, 'old');
  const { name } = await store.backup('manual');
  say(store, 'present');
  requestRestore(folder, name);
  store.close();
  cut(folder);
  expect(said(folder)).toBe('old');
  expect(existsSync(join(folder, 'restore-request'))).toBe(false);
  const kept = listBackups(folder).filter(({ reason }) => reason === 'restore');
  expect(kept.map((entry) => saidIn(folder, entry))).toContain('present');
});

test('refuses a damaged backup in the window and at the start, and keeps the present data', async () => {
  const folder = temporaryFolder();
  let store = open(folder);
  say(store, 'present');
  const made = await store.backup('manual');
  await expect(planRestore(folder, 'emergence-1-daily.db', now)).rejects.toMatchObject({ code: 'not_found' });
  damage(join(folder, 'backups', made.name));
  await expect(planRestore(folder, made.name, now)).rejects.toMatchObject({ code: 'storage.backup_damaged' });
  const second = await store.backup('manual');
  await planRestore(folder, second.name, now);
  store.close();
  // It was damaged between the choice and the start.
  damage(join(folder, 'backups', second.name));
  expect(() => open(folder)).toThrowError(expect.objectContaining({ code: 'storage.backup_damaged' }));
  store = open(folder);
  expect(store.db.prepare('SELECT text FROM drafts').pluck().get()).toBe('present');
  store.close();
});

test('keeps the last state before a restore whatever its age, until something is forgotten', async () => {
  const folder = temporaryFolder();
  now = noon;
  let store = open(folder);
  const first = await store.backup('manual');
  say(store, 'before the restore');
  requestRestore(folder, first.name);
  store.close();
  store = open(folder);
  const live = async (days: number): Promise<void> => {
    for (let at = 0; at < days; at += 9) {
      now += 9 * day;
      await store.dailyBackup();
    }
  };
  await live(90);
  expect(listBackups(folder).map(({ reason }) => reason)).toContain('restore');
  const until = noteForgotten(folder) ?? 0;
  await live(54);
  expect(now).toBeGreaterThan(until);
  expect(listBackups(folder).map(({ reason }) => reason)).not.toContain('restore');
  store.close();
  now = noon;
});

test.each([
  ['gone', (path: string) => unlinkSync(path)],
  ['of 0 bytes', (path: string) => truncateSync(path, 0)],
  [
    'without a table',
    (path: string) => {
      unlinkSync(path);
      const db = new Database(path);
      db.pragma('journal_mode = WAL');
      db.close();
    },
  ],
])('asks first when a database is %s beside its backups, and begins anew only on request', async (_what, lose) => {
  const folder = temporaryFolder();
  let store = open(folder);
  say(store, 'before');
  const made = await store.backup('daily');
  store.close();
  mkdirSync(join(folder, 'blobs', 'ab'), { recursive: true });
  writeFileSync(join(folder, 'blobs', 'ab', 'ab12'), 'an original');
  lose(join(folder, 'emergence.db'));
  for (let attempt = 0; attempt < 2; attempt += 1) {
    let error: unknown = null;
    try {
      open(folder);
    } catch (thrown) {
      error = namedDamage(thrown, folder, now);
    }
    expect(error).toMatchObject({ code: 'storage.empty', details: { advised: made.name } });
  }
  store = open(folder, true);
  expect(store.db.prepare('SELECT count(*) FROM drafts').pluck().get()).toBe(0);
  expect(readFileSync(join(folder, 'before-1', 'blobs', 'ab', 'ab12'), 'utf8')).toBe('an original');
  for (let at = 0; at < 12; at += 1) {
    now += 5 * day;
    await store.dailyBackup();
  }
  expect(listBackups(folder).map(({ name }) => name)).toContain(made.name);
  requestRestore(folder, made.name);
  store.close();
  expect(said(folder)).toBe('before');
  now = noon;
});

test('asks nothing at a first start, nor at a restore into an empty folder', async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'emergence.db'), '');
  const store = open(folder);
  say(store, 'kept');
  const made = await store.backup('manual');
  store.close();
  rmSync(join(folder, 'emergence.db'));
  requestRestore(folder, made.name);
  expect(said(folder)).toBe('kept');
});

test('refuses the database of another program and does not change a byte of it', () => {
  const folder = temporaryFolder();
  const path = join(folder, 'emergence.db');
  for (const version of [0, 1, 99]) {
    rmSync(path, { force: true });
    const db = new Database(path);
    db.exec('CREATE TABLE bookmarks(id INTEGER PRIMARY KEY, url TEXT)');
    db.pragma(`user_version = ${version}`);
    db.close();
    const before = readFileSync(path);
    expect(() => open(folder)).toThrowError(expect.objectContaining({ code: 'storage.foreign' }));
    expect(readFileSync(path).equals(before)).toBe(true);
  }
});

test('lists, checks and advises backups of the version before this one', async () => {
  const folder = temporaryFolder();
  const store = open(folder);
  const { name } = await store.backup('daily');
  const earlier = `emergence-${noon - day}-daily.db`;
  renameSync(join(folder, 'backups', name), join(folder, 'backups', earlier));
  rmSync(join(folder, 'backups', `${name}.json`));
  expect(listBackups(folder)).toMatchObject([{ name: earlier, state: 'unchecked', order: 0 }]);
  expect(findSoundBackup(folder, now)).toMatchObject({ name: earlier, state: 'sound' });
  await store.dailyBackup();
  expect(listBackups(folder).map(({ state, order }) => [state, order])).toEqual([
    ['sound', 1],
    ['sound', 0],
  ]);
  store.close();
});

test('ignores a marker that is broken or of another version', async () => {
  const folder = temporaryFolder();
  const store = open(folder);
  const { name } = await store.backup('daily');
  for (const text of ['', '{', '[]', 'null', '{"check":"excellent"}', '{"bytes":"many"}']) {
    writeFileSync(join(folder, 'backups', `${name}.json`), text);
    expect(listBackups(folder)).toMatchObject([{ name, state: 'unchecked' }]);
  }
  expect(existsSync(join(folder, 'backups', name))).toBe(true);
  markBackup(
    folder,
    'emergence-1-daily.db',
    { problems: [], schema: 0, conversations: 0, documents: 0, content: null, originals: [] },
    now,
  );
  expect(listBackups(folder)).toHaveLength(1);
  store.close();
});

test('notices damage while the program runs', async () => {
  const folder = temporaryFolder();
  const store = open(folder);
  say(store, 'x'.repeat(200_000));
  store.db.pragma('wal_checkpoint(TRUNCATE)');
  let told = 0;
  const watch = createDatabaseWatch({
    path: store.db.name,
    check: store.check,
    onChange: () => {
      told += 1;
    },
    log: { error: () => {} },
    pauseMs: 1,
  });
  const settled = async (problems: boolean): Promise<void> =>
    vi.waitFor(() => {
      watch.look();
      expect(watch.problems().length > 0).toBe(problems);
    }, 10_000);
  await settled(false);
  const whole = readFileSync(store.db.name);
  damage(store.db.name);
  await settled(true);
  expect(told).toBe(1);
  writeFileSync(store.db.name, whole);
  await settled(false);
  watch.close();
  store.db.close();
});

test('reports damage that cannot be repaired, also where the repair itself fails', async () => {
  const path = join(temporaryFolder(), 'some.db');
  writeFileSync(path, 'a database');
  const watch = createDatabaseWatch({
    path,
    check: async () => ['malformed inverted index for FTS5 table main.message_fts'],
    mend: () => {
      throw new Error('database disk image is malformed');
    },
    onChange: () => {},
    log: { error: () => {} },
    pauseMs: 1,
  });
  watch.look();
  await vi.waitFor(() => expect(watch.problems()).toHaveLength(1));
  watch.close();
});

test('checks the file once more when damage is met during a check', async () => {
  const path = join(temporaryFolder(), 'some.db');
  writeFileSync(path, 'a database');
  const checks: ((problems: string[]) => void)[] = [];
  const watch = createDatabaseWatch({
    path,
    check: () => new Promise((resolve) => checks.push(resolve)),
    onChange: () => {},
    log: { error: () => {} },
    pauseMs: 0,
  });
  watch.look();
  watch.suspect();
  checks[0]?.([]);
  await vi.waitFor(() => {
    watch.look();
    expect(checks).toHaveLength(2);
  });
  watch.close();
});

test('makes two backups when two are begun in one millisecond', async () => {
  const store = open(temporaryFolder());
  const made = await Promise.all([store.backup('manual'), store.backup('manual')]);
  expect(new Set(made.map(({ name }) => name)).size).toBe(2);
  expect(store.backups().map(({ state }) => state)).toEqual(['sound', 'sound']);
  store.close();
});

test('begins anew under a free name although an earlier one was cleared away', async () => {
  const folder = temporaryFolder();
  const store = open(folder);
  await store.backup('manual');
  store.close();
  unlinkSync(join(folder, 'emergence.db'));
  mkdirSync(join(folder, 'before-2'));
  open(folder, true).close();
  expect(existsSync(join(folder, 'before-3'))).toBe(true);
});

test('rebuilds damaged full text from the conversations', async () => {
  const folder = temporaryFolder();
  const store = open(folder);
  const { db } = store;
  db.exec(`INSERT INTO conversations(id, kind, title, settings, created_at, updated_at) VALUES ('c', 'chat', 'Roses', '{}', 1, 1)`);
  const insert = db.prepare(
    "INSERT INTO messages(id, conversation_id, role, state, text, at, tz_offset) VALUES (?, 'c', 'user', ?, 'Roses want lime', 1, 0)",
  );
  insert.run('whole', 'complete');
  insert.run('half', 'streaming');
  const found = (): unknown => db.prepare("SELECT rowid FROM message_fts WHERE message_fts MATCH 'lime'").pluck().all();
  db.unsafeMode(true);
  db.exec("UPDATE message_fts_data SET block = x'00010203040506' WHERE id > 10");
  db.unsafeMode(false);
  const watch = createDatabaseWatch({
    path: db.name,
    check: store.check,
    mend: (problems) => mendFullText(db, problems),
    onChange: () => {},
    log: { error: () => {} },
    pauseMs: 1,
  });
  watch.suspect();
  await vi.waitFor(() => expect(found()).toEqual([1]), 5_000);
  db.exec("UPDATE messages SET state = 'complete' WHERE id = 'half'");
  expect(found()).toEqual([1, 2]);
  expect(await store.check()).toEqual([]);
  expect(mendFullText(db, ['Tree 4 page 5: something else', 'malformed inverted index for FTS5 table main.message_fts'])).toBe(false);
  watch.close();
  store.close();
});
