import { copyFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { EmergenceError, toEmergenceError } from '@shared/model';
import Database from 'better-sqlite3';
import {
  type BackupEntry,
  listBackups,
  markBackup,
  nextOrder,
  pinBackup,
  placeForPresent,
  requestedBackup,
  restoreRequestPath,
  syncFile,
} from './backupFiles';
import { inspectDatabase, inspectDatabaseNow } from './inspectDatabase';
import { latestVersion } from './migrate';
import { bringBackOriginals, keepOriginals, keepOriginalsGently } from './originals';
import { backupsFolder, putIntoFolder } from './setAsideFiles';

/** A sound backup is checked again after this long, since disks lose data. */
const checkAgainMs = 7 * 86_400_000;

const canBeRestored = ({ state, schema }: BackupEntry): boolean => state === 'sound' && schema <= latestVersion;

/** The newest sound backup that this version can open, as its marker says; null when there is none. */
export const advisedBackup = (list: readonly BackupEntry[]): BackupEntry | null => list.find(canBeRestored) ?? null;

/** Checks a backup and marks it. Returns the backup as it is now, null when it no longer exists. */
export const checkBackup = async (dataFolder: string, name: string, now: number, keepsOriginals: boolean): Promise<BackupEntry | null> => {
  const path = join(backupsFolder(dataFolder), name);
  const before = statSync(path, { throwIfNoEntry: false });
  if (!before) return null;
  const found = await inspectDatabase(path);
  const kept = keepsOriginals ? await keepOriginalsGently(dataFolder, found.originals) : 0;
  markBackup(dataFolder, name, found, now, { kept });
  return listBackups(dataFolder).find((entry) => entry.name === name) ?? null;
};

/** The newest backup that a check made now finds sound; null when there is none. Nothing else may use the backups meanwhile. */
export const findSoundBackup = (dataFolder: string, now: number): BackupEntry | null => {
  for (const { name, state } of listBackups(dataFolder)) {
    if (state === 'damaged') continue;
    markBackup(dataFolder, name, inspectDatabaseNow(join(backupsFolder(dataFolder), name)), now);
    const checked = listBackups(dataFolder).find((entry) => entry.name === name);
    if (checked && canBeRestored(checked)) return checked;
  }
  return null;
};

/** Checks the backups that were never checked, and one whose check is long ago. */
export const checkBackups = async (dataFolder: string, now: number, keepsOriginals: boolean): Promise<void> => {
  const all = listBackups(dataFolder);
  const stale = all.filter(({ state, checkedAt }) => state === 'sound' && Math.abs(now - checkedAt) > checkAgainMs);
  const oldest = stale.sort((a, b) => a.checkedAt - b.checkedAt).slice(0, 1);
  for (const { name } of [...all.filter(({ state }) => state === 'unchecked'), ...oldest])
    await checkBackup(dataFolder, name, now, keepsOriginals);
};

const refuseRestore = (entry: BackupEntry | undefined, name: string): void => {
  if (!entry) throw new EmergenceError('not_found', { backup: name });
  if (entry.state === 'damaged') throw new EmergenceError('storage.backup_damaged', { backup: name });
  if (entry.schema > latestVersion) throw new EmergenceError('storage.newer', { backup: name, found: entry.schema, known: latestVersion });
};

/**
 * Requests that the next start puts backup `name` in place. Throws when the backup does not exist, is damaged, or is of a later
 * version.
 */
export const requestRestore = (dataFolder: string, name: string): void => {
  refuseRestore(
    listBackups(dataFolder).find((entry) => entry.name === name),
    name,
  );
  writeFileSync(restoreRequestPath(dataFolder), name);
};

/** Checks the backup first, then does the same as `requestRestore`, for a program that runs. */
export const planRestore = async (dataFolder: string, name: string, now: number): Promise<void> => {
  if (listBackups(dataFolder).some((entry) => entry.name === name)) await checkBackup(dataFolder, name, now, false);
  requestRestore(dataFolder, name);
};

/**
 * Puts a requested backup in place before the database is opened, after a check of the backup. Keeps the present database as a
 * backup of reason `restore` and brings back the originals that were deleted since. Throws where the backup cannot be restored: the
 * request is then deleted and the present database unchanged.
 */
export const applyPendingRestore = (dataFolder: string, databasePath: string, now: number): void => {
  const name = requestedBackup(dataFolder);
  if (name === null) {
    // Left by a restore that was cut and is no longer requested.
    rmSync(`${databasePath}.incoming`, { force: true });
    return;
  }
  const request = restoreRequestPath(dataFolder);
  const find = (): BackupEntry | undefined => listBackups(dataFolder).find((candidate) => candidate.name === name);
  const path = join(backupsFolder(dataFolder), name);
  const found = find() ? inspectDatabaseNow(path) : null;
  if (found) markBackup(dataFolder, name, found, now);
  try {
    refuseRestore(find(), name);
  } catch (error) {
    rmSync(request, { force: true });
    throw error;
  }
  const incoming = `${databasePath}.incoming`;
  const present = sizeOf(databasePath) > 0;
  try {
    copyFileSync(path, incoming);
    syncFile(incoming);
    if (present) foldLogIn(databasePath);
  } catch (error) {
    // The present database is unchanged, and the request stays.
    rmSync(incoming, { force: true });
    throw error;
  }
  if (present) {
    keepOriginals(dataFolder, originalsOfPresent(databasePath));
    const aside = placeForPresent(dataFolder, now);
    // A log that could not be folded in belongs to the damaged database and is kept beside it.
    if (sizeOf(`${databasePath}-wal`) > 0) copyFileSync(`${databasePath}-wal`, `${aside}-wal`);
    moveFile(databasePath, aside);
  }
  // A log without its database is the only data left: keep it.
  else if (sizeOf(`${databasePath}-wal`) > 0)
    putIntoFolder(dataFolder, [basename(`${databasePath}-wal`)], { at: now, order: nextOrder(dataFolder) });
  // SQLite must not replay the old log into the restored database.
  for (const suffix of ['-wal', '-shm']) rmSync(databasePath + suffix, { force: true });
  renameSync(incoming, databasePath);
  bringBackOriginals(dataFolder, found?.originals ?? []);
  rmSync(request, { force: true });
};

const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;

/** Copies where the backups lie on another disk. */
const moveFile = (from: string, to: string): void => {
  try {
    renameSync(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error;
    copyFileSync(from, `${to}.part`);
    syncFile(`${to}.part`);
    renameSync(`${to}.part`, to);
    rmSync(from);
  }
};

/** After a crash the newest commits are only in the write-ahead log; they belong in the file that is kept. */
const foldLogIn = (databasePath: string): void => {
  const db = new Database(databasePath);
  try {
    db.pragma('wal_checkpoint(TRUNCATE)');
  } catch (error) {
    // Restoring is meant for a damaged database: it is kept as it is, with its log. A full disk must not cost the log.
    if (['storage.full', 'storage.denied', 'storage.busy'].includes(toEmergenceError(error).code)) throw error;
  } finally {
    db.close();
  }
};

const originalsOfPresent = (databasePath: string): [string, number][] => {
  const db = new Database(databasePath);
  try {
    return db.prepare('SELECT hash, size FROM blobs').raw().all() as [string, number][];
  } catch {
    // The database is damaged and cannot name its originals: they stay in their folder.
    return [];
  } finally {
    db.close();
  }
};

/** Keeps the best backup for good: it holds the state before the person began anew. */
export const keepBestBackup = (dataFolder: string): void => {
  const best = advisedBackup(listBackups(dataFolder)) ?? listBackups(dataFolder)[0];
  if (best) pinBackup(dataFolder, best.name);
};
