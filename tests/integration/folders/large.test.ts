import { lstatSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { keyOfPath } from '@main/knowledge/sources';
import { noteTaken } from '@main/store/watchedFiles';
import { insertFolder } from '@main/store/watchedFolders';
import { newId } from '@shared/model';
import { beforeAll, expect, test } from 'vitest';
import { temporaryFolder } from '../../support/temporaryFolder';
import { again, buildSearch, documents, type OpenFolders, openFolders, openForTest, put, watch } from './foldersFixture';

beforeAll(() => buildSearch('large-folder'), 120_000);

const files = 5_000;

/** Writes the entries that a first look would leave, without its 5,000 copies. */
const asTakenIn = ({ house }: OpenFolders, root: string, paths: readonly string[]): string => {
  const id = newId();
  const own = lstatSync(root, { bigint: true });
  house.db.transaction(() => {
    insertFolder(house.db, { id, path: root, collectionId: null, root: `${own.dev}:${own.ino}` }, 1);
    for (const path of paths) {
      const { size, mtimeNs, dev, ino } = lstatSync(join(root, path), { bigint: true });
      noteTaken(house.db, {
        ...{ folderId: id, key: path, dir: dirname(path), path, place: keyOfPath(join(root, path)), hash: 'h', own: true },
        ...{ size: Number(size), changedUs: Number(mtimeNs / 1000n), inode: `${dev}:${ino}` },
      });
    }
  })();
  return id;
};

test('of 5,000 unchanged files none is read again, and the look never holds the thread', async () => {
  const root = temporaryFolder();
  const paths = Array.from({ length: files }, (_, n) => `${n % 50}/note ${n}.md`);
  for (const path of paths) put(root, path, path);
  const open = openForTest();
  const id = asTakenIn(open, root, paths);
  let copied = 0;
  const { writeFile } = open.house.blobs;
  open.house.blobs.writeFile = (...given) => {
    copied += 1;
    return writeFile(...given);
  };
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  const cpu = process.cpuUsage();
  const folder = await again(open, id);
  const { user, system } = process.cpuUsage(cpu);
  delay.disable();
  console.info(
    `5,000 files: ${folder.lookedMs} ms, CPU ${Math.round((user + system) / 1000)} ms, longest ${Math.round(delay.max / 1e6)} ms`,
  );
  expect(folder).toMatchObject({ state: 'in_step', documents: files, seen: files, toTake: 0, gone: 0 });
  expect(copied).toBe(0);
}, 120_000);

test('a kill while files are taken in loses none and takes none twice', async () => {
  const [root, dataFolder] = [temporaryFolder(), temporaryFolder()];
  for (let n = 0; n < 60; n += 1) put(root, `note ${n}.md`, `note ${n}`);
  const first = openFolders({ dataFolder });
  const { id } = await first.folders.add('01890000-0000-7000-8000-000000000001', root);
  await expect.poll(() => Object.keys(documents(first.house)).length, { timeout: 60_000, interval: 1 }).toBeGreaterThan(5);
  await first.part.stop();
  first.house.crash();
  rmSync(`${root}/note 59.md`, { force: true });

  const second = openForTest({ dataFolder });
  second.part.startLater();
  await second.idle();
  expect(second.folders.list()).toMatchObject([{ id, documents: 59 }]);
  expect(Object.values(documents(second.house)).every(({ versions }) => versions === 1)).toBe(true);
  expect(second.house.db.prepare(`SELECT count(*) FROM jobs WHERE state IN ('queued', 'running')`).pluck().get()).toBe(59);
}, 120_000);

test('a start deletes for good the document of a file that vanished 30 days ago', async () => {
  const [root, dataFolder] = [temporaryFolder(), temporaryFolder()];
  put(root, 'a.md', 'one');
  const first = openFolders({ dataFolder });
  const { id } = await watch(first, root);
  rmSync(`${root}/a.md`);
  await again(first, id);
  expect(first.folders.files(id, 'gone', 1).total).toBe(1);
  await first.part.stop();
  await first.house.close();

  const later = openForTest({ dataFolder, now: () => Date.now() + 31 * 86_400_000 });
  later.part.startLater();
  await later.idle();
  await later.part.stop();
  expect(later.folders.files(id, 'gone', 1).total).toBe(0);
});
