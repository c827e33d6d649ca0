import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { requestRestore } from '@main/store/backup';
import { listBackups } from '@main/store/backupFiles';
import { noteForgotten } from '@main/store/backupRetention';
import { insertBlob } from '@main/store/blobOwners';
import { openStore, type Store } from '@main/store/open';
import { originalPath } from '@main/store/originals';
import { listSetAside } from '@main/store/setAsideFiles';
import { beforeEach, expect, test } from 'vitest';
import { temporaryFolder } from '../../support/temporaryFolder';

const day = 86_400_000;
const noon = new Date(2026, 5, 1, 12).getTime();
let now = noon;
let folder = '';
beforeEach(() => {
  now = noon;
  folder = temporaryFolder();
});
const open = (startEmpty = false): Store => openStore({ dataFolder: folder, startEmpty, now: () => now });
/** Lets days pass, on every ninth of which the program runs. */
const live = async (store: Store, until: number): Promise<void> => {
  while (now <= until) {
    now += 9 * day;
    await store.dailyBackup();
  }
};
const loseDatabase = (store: Store): Store => {
  store.close();
  for (const suffix of ['', '-wal', '-shm']) rmSync(join(folder, `emergence.db${suffix}`), { force: true });
  return open(true);
};
const asideNames = (): string[] =>
  readdirSync(folder)
    .filter((name) => name.startsWith('before-'))
    .sort();
const addOriginal = (store: Store, text: string): string => {
  const hash = createHash('sha256').update(text).digest('hex');
  mkdirSync(dirname(originalPath(folder, hash)), { recursive: true });
  writeFileSync(originalPath(folder, hash), text);
  insertBlob(store.db, { hash, size: Buffer.byteLength(text), mime: 'text/plain' }, 1);
  return hash;
};
const filesWith = (word: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => readFileSync(path).includes(word));

test('keeps a set-aside folder whatever its age until something is forgotten, then drops it', async () => {
  let store = open();
  addOriginal(store, 'the canary sings');
  await store.backup('manual');
  store = loseDatabase(store);
  await live(store, now + 120 * day);
  expect(asideNames()).toEqual(['before-1']);
  const until = noteForgotten(folder) ?? 0;
  expect(until).toBeGreaterThan(now);
  await live(store, until);
  expect(asideNames()).toEqual([]);
  expect(filesWith('canary')).toEqual([]);
  store.close();
});

test('does not drop a folder that was set aside after the forgetting', async () => {
  let store = open();
  addOriginal(store, 'written later');
  await store.backup('manual');
  const until = noteForgotten(folder) ?? 0;
  store = loseDatabase(store);
  await live(store, until + 90 * day);
  expect(asideNames()).toEqual(['before-1']);
  store.close();
});

test('keeps the newest of many for good, and all while there are few younger backups', async () => {
  let store = open();
  for (let times = 0; times < 5; times += 1) {
    addOriginal(store, `original ${times}`);
    await store.backup('manual');
    store = loseDatabase(store);
    now += day;
  }
  expect(asideNames()).toHaveLength(5);
  now += 300 * day;
  await store.dailyBackup();
  expect(asideNames()).toHaveLength(5);
  await live(store, now + 60 * day);
  expect(asideNames()).toEqual(['before-3', 'before-4', 'before-5']);
  store.close();
});

test('gives the originals of a folder about to be deleted to the backups that need them', async () => {
  let store = open();
  const hash = addOriginal(store, 'needed by the pinned backup');
  const pinned = await store.backup('manual');
  rmSync(join(folder, 'backups', 'originals'), { recursive: true });
  store = loseDatabase(store);
  for (let times = 0; times < 3; times += 1) {
    addOriginal(store, `another ${times}`);
    store = loseDatabase(store);
  }
  await live(store, now + 90 * day);
  expect(asideNames()).not.toContain('before-1');
  expect(listBackups(folder).map(({ name }) => name)).toContain(pinned.name);
  requestRestore(folder, pinned.name);
  store.close();
  open().close();
  expect(readFileSync(originalPath(folder, hash), 'utf8')).toBe('needed by the pinned backup');
});

test('sets the log of a lost database aside at a restore, and drops it like the rest', async () => {
  let store = open();
  const { name } = await store.backup('manual');
  store.db.prepare('INSERT INTO drafts VALUES (?, ?, 0)').run('new', 'the canary sings');
  const log = readFileSync(join(folder, 'emergence.db-wal'));
  store.close();
  rmSync(join(folder, 'emergence.db'));
  writeFileSync(join(folder, 'emergence.db-wal'), log);
  requestRestore(folder, name);
  store = open();
  expect(readFileSync(join(folder, 'before-1', 'emergence.db-wal')).equals(log)).toBe(true);
  // Logs that earlier versions and killed restores left among the backups; the log of a backup stays with it.
  for (const left of ['emergence-5.db-wal', 'emergence-5-restore_1.db-wal', `${name}-wal`])
    writeFileSync(join(folder, 'backups', left), 'the canary sings');
  expect(listSetAside(folder)).toHaveLength(3);
  await live(store, now + 60 * day);
  expect(filesWith('canary').length).toBeGreaterThan(2);
  await live(store, noteForgotten(folder) ?? 0);
  expect(filesWith('canary')).toEqual([]);
  expect(asideNames()).toEqual([]);
  store.close();
});

test('deletes a folder whose removal was cut at the next one', async () => {
  let store = open();
  addOriginal(store, 'the canary sings');
  await store.backup('manual');
  store = loseDatabase(store);
  const [aside] = listSetAside(folder);
  for (const part of readdirSync(aside?.path ?? ''))
    if (part !== 'set-aside.json') rmSync(join(aside?.path ?? '', part), { recursive: true });
  expect(listSetAside(folder)).toEqual([aside]);
  await live(store, noteForgotten(folder) ?? 0);
  expect(asideNames()).toEqual([]);
  store.close();
});

test('deletes the copy that a cut restore left at the next start without one', () => {
  open().close();
  const incoming = join(folder, 'emergence.db.incoming');
  writeFileSync(incoming, 'the canary sings');
  open().close();
  expect(existsSync(incoming)).toBe(false);
});
