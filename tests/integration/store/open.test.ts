import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { requestRestore } from '@main/store/backup';
import { listBackups } from '@main/store/backupFiles';
import { noteForgotten, pruneBackups } from '@main/store/backupRetention';
import { checkDatabase } from '@main/store/checkDatabase';
import { startDailyBackups } from '@main/store/dailyBackups';
import { latestVersion, migrate } from '@main/store/migrate';
import { openStore, type Store } from '@main/store/open';
import { EmergenceError } from '@shared/model';
import Database from 'better-sqlite3';
import { describe, expect, test, vi } from 'vitest';
import { canMount, smallDisk } from '../../support/smallDisk';
import { temporaryFolder } from '../../support/temporaryFolder';

const draft = (folder: string): string | undefined => {
  const store = openStore({ dataFolder: folder });
  const row = store.db.prepare('SELECT text FROM drafts WHERE key = ?').get('new') as { text: string } | undefined;
  store.close();
  return row?.text;
};
const writeDraft = (folder: string, text: string): void => {
  const store = openStore({ dataFolder: folder });
  store.db.prepare('INSERT OR REPLACE INTO drafts VALUES (?, ?, 0)').run('new', text);
  store.close();
};

/** The backups without the files beside them. */
const backupFiles = (folder: string): string[] => readdirSync(join(folder, 'backups')).filter((name) => name.endsWith('.db'));

/** Leaves the files as a crash does: the last writes are only in the write-ahead log. */
const closeAsCrash = ({ db }: Store): void => {
  const left = [db.name, `${db.name}-wal`].map((path) => ({ path, bytes: readFileSync(path) }));
  db.close();
  for (const { path, bytes } of left) writeFileSync(path, bytes);
};

test('keeps every write, in WAL with full synchronisation and foreign keys', () => {
  const folder = temporaryFolder();
  const store = openStore({ dataFolder: folder });
  expect(['journal_mode', 'synchronous', 'foreign_keys', 'secure_delete'].map((name) => store.db.pragma(name, { simple: true }))).toEqual([
    'wal',
    2,
    1,
    1,
  ]);
  store.close();
  writeDraft(folder, 'kept');
  expect(draft(folder)).toBe('kept');
});

test('knows if the last run closed the store', () => {
  const folder = temporaryFolder();
  const first = openStore({ dataFolder: folder });
  expect(first.cleanExit).toBe(true);
  first.markOpen();
  first.db.close();
  const second = openStore({ dataFolder: folder });
  expect(second.cleanExit).toBe(false);
  second.markOpen();
  second.close();
  const third = openStore({ dataFolder: folder });
  expect(third.cleanExit).toBe(true);
  third.close();
});

test('refuses a database from the future and does not change it', () => {
  const folder = temporaryFolder();
  openStore({ dataFolder: folder }).close();
  const path = join(folder, 'emergence.db');
  const db = new Database(path);
  db.pragma(`user_version = ${latestVersion + 1}`);
  db.close();
  const before = readFileSync(path);
  expect(() => openStore({ dataFolder: folder })).toThrowError(expect.objectContaining({ code: 'storage.newer' }));
  expect(readFileSync(path).equals(before)).toBe(true);
});

test('reports a file that is no database as damaged', () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'emergence.db'), 'this is not a database, it only has its name. '.repeat(50));
  expect(() => openStore({ dataFolder: folder })).toThrowError(EmergenceError);
});

test('keeps the old version working when a migration fails', () => {
  const db = new Database(':memory:');
  migrate(db, 0);
  expect(db.pragma('user_version', { simple: true })).toBe(0);
  db.exec('CREATE TABLE conversations (id TEXT)');
  expect(() => migrate(db)).toThrow();
  expect(db.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").pluck().all()).toEqual(['conversations']);
  expect(db.pragma('user_version', { simple: true })).toBe(0);
});

test('makes one backup a day and keeps seven days and four weeks', async () => {
  const folder = temporaryFolder();
  let now = new Date(2026, 0, 1, 12).getTime();
  const store = openStore({ dataFolder: folder, now: () => now });
  for (let day = 0; day < 45; day += 1) {
    await store.dailyBackup();
    if (day % 10 === 0) await store.dailyBackup();
    now += 86_400_000;
  }
  const reasons = listBackups(folder).map((entry) => entry.reason);
  expect(reasons.filter((reason) => reason === 'daily')).toHaveLength(7);
  expect(reasons.filter((reason) => reason === 'weekly')).toHaveLength(4);
  store.close();
  pruneBackups(folder);
  expect(backupFiles(folder)).toHaveLength(11);
});

test('drops every backup by the date that forgetting names; a rarely used program keeps its last', async () => {
  const folder = temporaryFolder();
  let now = new Date(2026, 0, 1, 12).getTime();
  const store = openStore({ dataFolder: folder, now: () => now });
  for (const reason of ['manual', 'migration', 'restore'] as const) await store.backup(reason);
  const until = noteForgotten(folder) ?? 0;
  for (; now <= until + 86_400_000; now += 86_400_000) await store.dailyBackup();
  expect(listBackups(folder).filter(({ at }) => at <= until - 35 * 86_400_000)).toEqual([]);
  now += 400 * 86_400_000;
  await store.dailyBackup();
  // One reading of the clock may be wrong; three that agree are believed.
  expect(listBackups(folder).length).toBeGreaterThan(3);
  for (let day = 0; day < 2; day += 1) {
    now += 86_400_000;
    await store.dailyBackup();
  }
  expect(listBackups(folder)).toHaveLength(3);
  store.close();
});

test('makes a backup on each day while the program runs', async () => {
  const folder = temporaryFolder();
  let now = new Date(2026, 0, 1, 12).getTime();
  const store = openStore({ dataFolder: folder, now: () => now });
  const errors: unknown[] = [];
  const stop = startDailyBackups({ store, log: { error: (...line: unknown[]) => errors.push(line) }, everyMs: 5 });
  await vi.waitFor(() => expect(listBackups(folder)).toHaveLength(1));
  now += 86_400_000;
  await vi.waitFor(() => expect(listBackups(folder)).toHaveLength(2));
  stop();
  store.close();
  expect(errors).toEqual([]);
});

test('restores a backup at the next start and keeps the replaced database with its log', async () => {
  const folder = temporaryFolder();
  writeDraft(folder, 'old');
  const store = openStore({ dataFolder: folder });
  const backup = await store.backup('manual');
  store.db.prepare('UPDATE drafts SET text = ?').run('new');
  requestRestore(folder, backup.name);
  closeAsCrash(store);
  expect(draft(folder)).toBe('old');
  const kept = listBackups(folder).find((entry) => entry.reason === 'restore');
  const db = new Database(join(folder, 'backups', kept?.name ?? ''), { readonly: true });
  expect(db.prepare('SELECT text FROM drafts').pluck().get()).toBe('new');
  db.close();
});

test('lists a backup when it is complete, and clears away those of a cut run', async () => {
  const folder = temporaryFolder();
  const store = openStore({ dataFolder: folder });
  store.db.prepare('INSERT INTO drafts VALUES (?, ?, 0)').run('new', 'x'.repeat(4_000_000));
  let ended = false;
  const running = store.dailyBackup().finally(() => {
    ended = true;
  });
  const seenWhileRunning: number[] = [];
  while (!ended) {
    seenWhileRunning.push(listBackups(folder).length);
    await new Promise((resolve) => setImmediate(resolve));
  }
  await running;
  // The last reading may fall between the end of the copy and its report.
  expect(seenWhileRunning.slice(0, -1).filter((count) => count > 0).length).toBeLessThanOrEqual(1);
  expect(seenWhileRunning.length).toBeGreaterThan(3);
  expect(listBackups(folder)).toHaveLength(1);
  store.close();
  writeFileSync(join(folder, 'backups', 'emergence-5-daily.db.part'), 'half');
  openStore({ dataFolder: folder }).close();
  expect(backupFiles(folder)).toHaveLength(1);
  expect(readdirSync(join(folder, 'backups')).filter((name) => name.includes('.part'))).toEqual([]);
});

test('keeps a backup that was chosen for a restore, under its name', async () => {
  const folder = temporaryFolder();
  let now = new Date(2026, 0, 1, 12).getTime();
  const store = openStore({ dataFolder: folder, now: () => now });
  await store.dailyBackup();
  const chosen = listBackups(folder)[0]?.name ?? '';
  requestRestore(folder, chosen);
  for (let day = 0; day < 20; day += 1) {
    now += 86_400_000;
    await store.dailyBackup();
  }
  store.close();
  expect(listBackups(folder).map(({ name }) => name)).toContain(chosen);
});

describe.skipIf(!canMount)('on a full disk (needs Linux and root)', () => {
  test('waits for room for a restore and loses nothing, above all not the log', async () => {
    const disk = smallDisk(8);
    const folder = join(disk.folder, 'data');
    const store = openStore({ dataFolder: folder });
    store.db.prepare('INSERT INTO drafts VALUES (?, ?, 0)').run('new', 'old'.padEnd(1_000_000));
    requestRestore(folder, (await store.backup('manual')).name);
    store.db.prepare('UPDATE drafts SET text = ?').run('new');
    closeAsCrash(store);
    disk.fill();
    expect(() => openStore({ dataFolder: folder })).toThrowError(expect.objectContaining({ code: 'ENOSPC' }));
    expect(readdirSync(folder).sort()).toEqual(['backups', 'emergence.db', 'emergence.db-wal', 'restore-request']);
    disk.free();
    expect(draft(folder)?.trim()).toBe('old');
    const kept = listBackups(folder).find((entry) => entry.reason === 'restore');
    const db = new Database(join(folder, 'backups', kept?.name ?? ''), { readonly: true });
    expect(db.prepare('SELECT text FROM drafts').pluck().get()).toBe('new');
    db.close();
  });

  test('deletes a backup that does not fit', async () => {
    const disk = smallDisk(8);
    const store = openStore({ dataFolder: disk.folder });
    store.db.prepare('INSERT INTO drafts VALUES (?, ?, 0)').run('new', 'x'.repeat(3_000_000));
    disk.fill();
    await expect(store.backup('manual')).rejects.toMatchObject({ code: 'SQLITE_FULL' });
    expect(readdirSync(join(disk.folder, 'backups'))).toEqual([]);
    store.close();
  });
});

test('refuses to restore a file that is no backup', () => {
  expect(() => requestRestore(temporaryFolder(), '../emergence.db')).toThrowError(expect.objectContaining({ code: 'not_found' }));
});

test('finds no problem in a sound database and one in a damaged one', async () => {
  const folder = temporaryFolder();
  const store = openStore({ dataFolder: folder });
  expect(await store.check()).toEqual([]);
  store.close();
  const path = join(folder, 'emergence.db');
  const bytes = readFileSync(path);
  bytes.fill(0x5a, 8192, 16_384);
  writeFileSync(path, bytes);
  expect(await checkDatabase(path)).not.toEqual([]);
});
