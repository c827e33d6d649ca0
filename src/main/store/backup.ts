import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { EmergenceError, toEmergenceError } from '@shared/model';
import Database from 'better-sqlite3';
import {
  type BackupEntry,
  type BackupReason,
  dropBackup,
  listBackups,
  markBackup,
  nextOrder,
  pinBackup,
  placeForPresent,
  renameBackup,
  syncFile,
  writeWhole,
} from './backupFiles';
import { inspectDatabase, inspectDatabaseNow } from './inspectDatabase';
import { latestVersion } from './migrate';
import { bringBackOriginals, keepOriginals, keepOriginalsGently, sweepKeptOriginals } from './originals';
import { backupsFolder, listSetAside, putIntoFolder, type SetAside } from './setAsideFiles';

/** How many sound backups are kept of each kind: one a day for a week, one a week for a month, and the newest of the others. */
const keep: Record<BackupReason, number> = { daily: 7, weekly: 4, migration: 3, manual: 5, restore: 20 };
/** Damaged backups are counted apart: they may hold the only copy of the last days, and must push no sound backup out. */
const damagedKept = 3;
const restoreRequest = 'restore-request';
const weekMs = 7 * 86_400_000;
/** A backup older than this is dropped, whatever its kind, so that forgotten text disappears from the disk in the end. */
const longestAgeMs = (keep.weekly + 1) * weekMs;
/** Age alone drops a backup only where this many younger ones exist: a program opened once a season keeps its backups. */
const youngerOnes = 3;
/** A sound backup is checked again after this long, since disks lose data. */
const checkAgainMs = weekMs;

/** The backup that the next start puts in place; null when none was chosen. */
export const requestedBackup = (dataFolder: string): string | null => {
  const request = join(dataFolder, restoreRequest);
  // A folder of that name is not a request.
  return statSync(request, { throwIfNoEntry: false })?.isFile() ? readFileSync(request, 'utf8').trim() : null;
};

/**
 * The time from which ages are counted: the time of the newest backup, unless the newest ones lie so far apart that the clock may
 * have jumped. A jump is believed once `youngerOnes` backups agree on it.
 */
const believedTime = (list: readonly BackupEntry[]): number => {
  const times = list.slice(0, youngerOnes).map(({ at }) => at);
  const [newest = 0] = times;
  return Math.max(...times, 0) - Math.min(...times) > longestAgeMs ? Math.min(...times) : newest;
};

const forgottenNote = 'forgotten';
/** The order up to which copies may hold text that was forgotten since they were made. */
const forgottenUpTo = (dataFolder: string): number => {
  const note = join(backupsFolder(dataFolder), forgottenNote);
  return existsSync(note) ? Number.parseInt(readFileSync(note, 'utf8'), 10) || 0 : -1;
};

/**
 * Notes that something is about to be forgotten for good, right before it is deleted. Returns the time that no backup and no folder
 * set aside with a copy of it outlives, not even one kept whatever its age; null where there is neither.
 */
export const noteForgotten = (dataFolder: string): number | null => {
  const copies = [...listBackups(dataFolder).slice(0, 1), ...listSetAside(dataFolder)];
  if (copies.length === 0) return null;
  mkdirSync(backupsFolder(dataFolder), { recursive: true });
  writeWhole(join(backupsFolder(dataFolder), forgottenNote), String(Math.max(...copies.map(({ order }) => order))));
  return Math.max(...copies.map(({ at }) => at)) + longestAgeMs;
};

/**
 * True when a backup or a folder set aside is past its age and enough younger sound backups exist. With `stays` it must also be
 * old enough that it may hold something forgotten.
 */
export const mayGo = (dataFolder: string, { at, order }: Pick<SetAside, 'at' | 'order'>, { stays }: { stays: boolean }): boolean => {
  const usable = listBackups(dataFolder).filter(({ state }) => state !== 'damaged');
  const younger = usable.filter((backup) => backup.state === 'sound' && backup.order > order);
  if (younger.length < youngerOnes || believedTime(usable) - at <= longestAgeMs) return false;
  return !stays || order <= forgottenUpTo(dataFolder);
};

/** Turns surplus daily backups into weekly ones, a week apart by the clock, whichever way the clock jumped. */
const promoteDailies = (dataFolder: string, requested: string | null): void => {
  const sound = listBackups(dataFolder).filter(({ state }) => state !== 'damaged');
  const lastWeekly = sound.find(({ reason }) => reason === 'weekly');
  const promoted = sound
    .filter(({ reason, pinned }) => reason === 'daily' && !pinned)
    .slice(keep.daily)
    .findLast((entry) => entry.name !== requested && (!lastWeekly || Math.abs(entry.at - lastWeekly.at) >= weekMs));
  if (promoted) renameBackup(dataFolder, promoted, 'weekly');
};

/**
 * Drops the backups past retention, by count and by the order in which they were made; damaged ones never count among the sound
 * ones. The newest sound backups, a backup chosen for a restore and the last state before a restore stay.
 */
export const pruneBackups = (dataFolder: string): void => {
  const requested = requestedBackup(dataFolder);
  promoteDailies(dataFolder, requested);
  const all = listBackups(dataFolder);
  const damaged = all.filter(({ state }) => state === 'damaged');
  const sound = all.filter(({ state }) => state === 'sound');
  const usable = all.filter(({ state }) => state !== 'damaged');
  const lastState = all.find(({ reason }) => reason === 'restore');
  const always = new Set([requested, lastState?.name, ...sound.slice(0, youngerOnes).map(({ name }) => name)]);
  const dropped = new Set<string>();
  const drop = ({ name }: BackupEntry): void => {
    if (!always.has(name)) dropped.add(name);
  };

  damaged.slice(damagedKept).forEach(drop);
  // The state before a restore, if nothing was changed in it, is stored twice: the backup that had been restored holds it too.
  for (const entry of sound)
    if (
      entry.reason === 'restore' &&
      sound.some((twin) => twin.name !== entry.name && !dropped.has(twin.name) && twin.content !== null && twin.content === entry.content)
    )
      drop(entry);
  for (const reason of Object.keys(keep) as BackupReason[]) {
    // A backup that is not checked yet may be damaged, so it does not count against the sound ones.
    const ofKind = usable.filter((entry) => entry.reason === reason && !entry.pinned && !dropped.has(entry.name));
    ofKind
      .filter(({ state }) => state === 'sound')
      .slice(keep[reason])
      .forEach(drop);
    ofKind
      .slice(keep[reason])
      .filter(({ state }) => state === 'unchecked')
      .forEach(drop);
  }
  const now = believedTime(usable);
  const forgotten = forgottenUpTo(dataFolder);
  for (const entry of all) {
    const younger = sound.filter(
      ({ order, at, name }) => !dropped.has(name) && (order > entry.order || (order === entry.order && at > entry.at)),
    );
    if (younger.length < youngerOnes || now - entry.at <= longestAgeMs) continue;
    const stays = entry.name === requested || ((entry.name === lastState?.name || entry.pinned) && entry.order > forgotten);
    if (!stays) dropped.add(entry.name);
  }
  for (const name of dropped) dropBackup(dataFolder, name);
  sweepKeptOriginals(dataFolder);
};

/** True when a backup was made today. A clock that jumped into the next year and back must not prevent a new one. */
export const hasBackupOfDay = (dataFolder: string, now: number): boolean => {
  const start = new Date(now).setHours(0, 0, 0, 0);
  const all = listBackups(dataFolder);
  const lastRestore = all.findIndex(({ reason }) => reason === 'restore');
  return all.some(
    ({ reason, at, state }, index) =>
      reason === 'daily' &&
      at >= start &&
      at < start + 86_400_000 &&
      // A damaged backup counts until the database it was made from has been replaced.
      (state !== 'damaged' || lastRestore === -1 || index < lastRestore),
  );
};

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
  writeFileSync(join(dataFolder, restoreRequest), name);
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
  const request = join(dataFolder, restoreRequest);
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
