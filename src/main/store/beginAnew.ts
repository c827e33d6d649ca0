import { globSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { keepBestBackup } from './backup';
import { listBackups, nextOrder } from './backupFiles';
import { putIntoFolder } from './setAsideFiles';

const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;
const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;

/** The files that belong to a database. An empty database would treat them as leftovers and delete them. */
const belongings = ['emergence.db', 'emergence.db-wal', 'emergence.db-shm', 'index.db', 'index.db-wal', 'index.db-shm', 'blobs'];

/**
 * True where a folder without a database shows that there was one: it has backups, originals, an index, or a log without its
 * database. A first start leaves none of them before it has made its database.
 */
export const hasOtherData = (dataFolder: string): boolean =>
  listBackups(dataFolder).length > 0 ||
  sizeOf(join(dataFolder, 'index.db')) > 0 ||
  sizeOf(join(dataFolder, 'emergence.db-wal')) > 0 ||
  (isFolder(join(dataFolder, 'blobs')) && globSync('blobs/??/*', { cwd: dataFolder }).length > 0);

/** Moves the files that belonged to the lost database into a folder of their own; the backups stay, the best of them for good. */
export const putAside = (dataFolder: string, now: number): void => {
  keepBestBackup(dataFolder);
  putIntoFolder(dataFolder, belongings, { at: now, order: nextOrder(dataFolder) });
};
