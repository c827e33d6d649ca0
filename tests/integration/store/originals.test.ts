import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { requestRestore } from '@main/store/backup';
import { blobsInBackups } from '@main/store/backupBlobs';
import { listBackups, originalsOfBackup } from '@main/store/backupFiles';
import { blobByHash, insertBlob, listOriginals } from '@main/store/blobOwners';
import { openStore, type Store } from '@main/store/open';
import { missingOriginals, originalPath } from '@main/store/originals';
import { createOriginalsWatch } from '@main/store/originalsWatch';
import { writeSettingRows } from '@main/store/settings';
import { expect, onTestFinished, test, vi } from 'vitest';
import { canMount, smallDisk } from '../../support/smallDisk';
import { temporaryFolder } from '../../support/temporaryFolder';

let now = new Date(2026, 5, 1, 12).getTime();
const open = (folder: string): Store => openStore({ dataFolder: folder, now: () => now });

/** Stores an original as the library does: its bytes under their hash, then its row. */
const add = (folder: string, store: Store, text: string): string => {
  const hash = createHash('sha256').update(text).digest('hex');
  const path = originalPath(folder, hash);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  insertBlob(store.db, { hash, size: Buffer.byteLength(text), mime: 'text/plain' }, 1);
  return hash;
};
const take = (folder: string, store: Store, hash: string): void => {
  store.db.prepare('DELETE FROM blobs WHERE hash = ?').run(hash);
  rmSync(originalPath(folder, hash));
};
const filesOf = (folder: string): string[] =>
  existsSync(folder)
    ? (readdirSync(folder, { recursive: true }) as string[]).filter((name) => /[0-9a-f]{64}$/.test(name)).map((name) => name.slice(-64))
    : [];
const keptIn = (folder: string): string[] => filesOf(join(folder, 'backups', 'originals')).sort();

const watchOf = (folder: string, store: Store, onList = (): void => {}) => {
  const told: [string, boolean][] = [];
  const watch = createOriginalsWatch({
    dataFolder: folder,
    list: () => {
      onList();
      return listOriginals(store.db);
    },
    isNeeded: (hash) => blobByHash(store.db, hash) !== null,
    onChange: (hash, missing) => told.push([hash, missing]),
    log: { warn: () => {} },
    pauseMs: 1,
  });
  onTestFinished(() => watch.close());
  return { watch, told };
};

test("keeps a backup's originals without using more room, until the last backup needs them", async () => {
  const folder = temporaryFolder();
  const store = open(folder);
  const [kept, forgotten] = [add(folder, store, 'stays'), add(folder, store, 'is forgotten')];
  const { name } = await store.backup('daily');
  expect(
    originalsOfBackup(folder, name)
      ?.map(([hash]) => hash)
      .sort(),
  ).toEqual([kept, forgotten].sort());
  expect(keptIn(folder)).toEqual([kept, forgotten].sort());
  expect(statSync(originalPath(folder, kept)).nlink).toBe(2);
  expect(blobsInBackups(folder)).toEqual(new Set([kept, forgotten]));
  take(folder, store, forgotten);
  // Seven daily and four weekly backups later nothing needs it.
  for (let day = 0; day < 45; day += 1) {
    now += 86_400_000;
    await store.dailyBackup();
    if (listBackups(folder).some((entry) => entry.originals === 2)) expect(keptIn(folder)).toContain(forgotten);
  }
  expect(keptIn(folder)).toEqual([kept]);
  store.close();
}, 60_000);

test('restores originals that were forgotten or lost, and reports those that exist nowhere', async () => {
  const folder = temporaryFolder();
  let store = open(folder);
  const [one, two, three] = ['one', 'two', 'three'].map((text) => add(folder, store, text)) as [string, string, string];
  const backup = await store.backup('manual');
  take(folder, store, one);
  const later = add(folder, store, 'made later');
  rmSync(originalPath(folder, two));
  rmSync(originalPath(folder, three));
  rmSync(join(folder, 'backups', 'originals', three.slice(0, 2), three));
  expect(missingOriginals(folder, originalsOfBackup(folder, backup.name) ?? []).map(([hash]) => hash)).toEqual([three]);
  requestRestore(folder, backup.name);
  store.close();
  store = open(folder);
  expect(readFileSync(originalPath(folder, one), 'utf8')).toBe('one');
  expect(readFileSync(originalPath(folder, two), 'utf8')).toBe('two');
  // Originals that came in after the backup belong to the state that was set aside.
  expect(keptIn(folder)).toContain(later);
  rmSync(originalPath(folder, later));
  await store.dailyBackup();
  const before = listBackups(folder).find(({ reason }) => reason === 'restore');
  requestRestore(folder, before?.name ?? '');
  store.close();
  store = open(folder);
  expect(readFileSync(originalPath(folder, later), 'utf8')).toBe('made later');
  store.close();
});

test('notices a lost original and restores it from the backups; reports one that is nowhere', async () => {
  const folder = temporaryFolder();
  const store = open(folder);
  const one = add(folder, store, 'in a backup');
  await store.backup('manual');
  const lost = add(folder, store, 'in no backup');
  const { watch, told } = watchOf(folder, store);
  watch.look();
  await vi.waitFor(() => expect(watch.report().total).toBe(2));
  rmSync(originalPath(folder, one));
  rmSync(originalPath(folder, lost));
  await vi.waitFor(() => {
    watch.look();
    expect(watch.report()).toEqual({ total: 2, missing: [lost], altered: [] });
  }, 5_000);
  expect(readFileSync(originalPath(folder, one), 'utf8')).toBe('in a backup');
  expect(told).toContainEqual([lost, true]);
  writeFileSync(originalPath(folder, lost), 'in no backup');
  await vi.waitFor(() => {
    watch.look();
    expect(watch.report().missing).toEqual([]);
  }, 5_000);
  expect(told).toContainEqual([lost, false]);
  store.close();
});

test.each([
  ['other bytes of the same length', (path: string) => writeFileSync(path, 'X'.repeat(statSync(path).size))],
  ['half of it', (path: string) => writeFileSync(path, readFileSync(path).subarray(0, 3))],
  ['nothing', (path: string) => writeFileSync(path, '')],
])('an original overwritten with %s is noticed by its hash', async (_what, alter) => {
  const folder = temporaryFolder();
  const store = open(folder);
  const hash = add(folder, store, 'what was added');
  add(folder, store, 'another one');
  const { watch } = watchOf(folder, store);
  watch.look();
  await vi.waitFor(() => expect(watch.report()).toEqual({ total: 2, missing: [], altered: [] }));
  alter(originalPath(folder, hash));
  await vi.waitFor(() => {
    watch.look();
    expect(watch.report().altered).toEqual([hash]);
  }, 5_000);
  store.close();
});

test('repairs an altered original from a copy, as on a disk without links', async () => {
  const folder = temporaryFolder();
  const store = open(folder);
  const hash = add(folder, store, 'as it was added');
  const copy = join(folder, 'backups', 'originals', hash.slice(0, 2), hash);
  await store.backup('manual');
  rmSync(copy);
  writeFileSync(copy, 'as it was added');
  writeFileSync(originalPath(folder, hash), 'AS IT WAS ADDED');
  const { watch } = watchOf(folder, store);
  await vi.waitFor(() => {
    watch.look();
    expect(readFileSync(originalPath(folder, hash), 'utf8')).toBe('as it was added');
  }, 5_000);
  store.close();
});

test.skipIf(!canMount)('copies only while there is plenty of room where links do not work (needs Linux and root)', async () => {
  const [folder, disk] = [temporaryFolder(), smallDisk(8)];
  symlinkSync(disk.folder, join(folder, 'backups'));
  const store = open(folder);
  const hash = add(folder, store, 'as it was added');
  const backup = await store.backup('manual');
  expect(backup).toMatchObject({ state: 'sound', originals: 1 });
  expect(keptIn(folder)).toEqual([]);
  expect(readFileSync(originalPath(folder, hash), 'utf8')).toBe('as it was added');
  requestRestore(folder, backup.name);
  store.close();
  const again = open(folder);
  expect(listOriginals(again.db)).toHaveLength(1);
  again.close();
});

test('drops the kept originals and frees their room when the person wants that', async () => {
  const folder = temporaryFolder();
  const store = open(folder);
  const hash = add(folder, store, 'an original');
  expect(await store.backup('daily')).toMatchObject({ originals: 1, kept: 1 });
  writeSettingRows(store.db, [{ key: 'backups.originals', value: 'false' }]);
  expect(await store.backup('manual')).toMatchObject({ originals: 1, kept: 0 });
  await store.dailyBackup();
  expect(keptIn(folder)).toEqual([]);
  expect(readFileSync(originalPath(folder, hash), 'utf8')).toBe('an original');
  store.close();
});

test('deletes no original while a damaged set-aside database may name any', async () => {
  const folder = temporaryFolder();
  const store = open(folder);
  const { name } = await store.backup('daily');
  add(folder, store, 'added since');
  store.db.pragma('wal_checkpoint(TRUNCATE)');
  requestRestore(folder, name);
  store.close();
  const path = join(folder, 'emergence.db');
  const bytes = readFileSync(path);
  bytes.fill(0x5a, 4096);
  writeFileSync(path, bytes);
  const again = open(folder);
  await again.dailyBackup();
  expect(again.backups().filter(({ state }) => state === 'damaged')).toMatchObject([{ reason: 'restore' }]);
  expect(blobsInBackups(folder)).toBeNull();
  again.close();
});

test('requests the list of all originals no more often for many lost ones than for few', async () => {
  const folder = temporaryFolder();
  const store = open(folder);
  const asked = async (count: number): Promise<number> => {
    for (let at = 0; at < count; at += 1) add(folder, store, `original ${count} ${at}`);
    await store.backup('manual');
    for (const [hash] of listOriginals(store.db)) rmSync(originalPath(folder, hash));
    let lists = 0;
    const { watch } = watchOf(folder, store, () => {
      lists += 1;
    });
    watch.look();
    await vi.waitFor(() => expect(filesOf(join(folder, 'blobs'))).toHaveLength(listOriginals(store.db).length), 5_000);
    watch.close();
    return lists;
  };
  const few = await asked(3);
  expect(await asked(60)).toBe(few);
  store.close();
});
