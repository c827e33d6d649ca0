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

/** How many sound ones are kept of each kind: one a day for a week, one a week for a month, and the last of the others. */
const keep: Record<BackupReason, number> = { daily: 7, weekly: 4, migration: 3, manual: 5, restore: 20 };
/** Damaged ones are counted apart: they may be all there is of the last days, and push no sound one out. */
const damagedKept = 3;
const restoreRequest = 'restore-request';
const weekMs = 7 * 86_400_000;
/** Past this age a backup goes, whatever made it, so that forgotten text has an end. */
const longestAgeMs = (keep.weekly + 1) * weekMs;
/** So many younger sound ones must be there before age alone takes one away: a program opened once a season keeps its backups. */
const youngerOnes = 3;
/** After this long a sound backup is looked into again, since disks forget. */
const checkAgainMs = weekMs;

/** The backup that the next start puts in place; null when none was chosen. */
export const requestedBackup = (dataFolder: string): string | null => {
  const request = join(dataFolder, restoreRequest);
  // A folder in its place asks for nothing.
  return statSync(request, { throwIfNoEntry: false })?.isFile() ? readFileSync(request, 'utf8').trim() : null;
};

/**
 * The time that ages are counted to: that of the newest backup, unless the last ones lie so far apart that the clock may have
 * jumped. A jump is believed once as many backups as always stay say the same.
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
 * Notes that something is forgotten for good, right before it goes: no backup that may hold it outlives the time returned, not even one that is
 * kept whatever its age, nor does what was set aside. Null where there is neither.
 */
export const noteForgotten = (dataFolder: string): number | null => {
  const copies = [...listBackups(dataFolder).slice(0, 1), ...listSetAside(dataFolder)];
  if (copies.length === 0) return null;
  mkdirSync(backupsFolder(dataFolder), { recursive: true });
  writeWhole(join(backupsFolder(dataFolder), forgottenNote), String(Math.max(...copies.map(({ order }) => order))));
  return Math.max(...copies.map(({ at }) => at)) + longestAgeMs;
};

/** Past its age, with as many younger sound backups as always stay; one that `stays` whatever its age may hold something forgotten. */
export const mayGo = (dataFolder: string, { at, order }: Pick<SetAside, 'at' | 'order'>, { stays }: { stays: boolean }): boolean => {
  const usable = listBackups(dataFolder).filter(({ state }) => state !== 'damaged');
  const younger = usable.filter((backup) => backup.state === 'sound' && backup.order > order);
  if (younger.length < youngerOnes || believedTime(usable) - at <= longestAgeMs) return false;
  return !stays || order <= forgottenUpTo(dataFolder);
};

/** Puts dailies past their number into the weekly ones, a week apart by the clock whichever way it jumped. */
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
 * Drops what is past retention, by count and by the order of making: damaged ones never count among the sound ones. The newest
 * sound ones, a backup that was chosen to be restored and the last state before a restore stay.
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
  // A state before a restore in which nothing was changed is there twice: in the backup that had been restored.
  for (const entry of sound)
    if (
      entry.reason === 'restore' &&
      sound.some((twin) => twin.name !== entry.name && !dropped.has(twin.name) && twin.content !== null && twin.content === entry.content)
    )
      drop(entry);
  for (const reason of Object.keys(keep) as BackupReason[]) {
    // One that was not looked into yet may turn out to be damaged: it does not count against the sound ones.
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

/** True where a backup of the day was made; a clock that jumped into the next year and back keeps nobody from making one. */
export const hasBackupOfDay = (dataFolder: string, now: number): boolean => {
  const start = new Date(now).setHours(0, 0, 0, 0);
  const all = listBackups(dataFolder);
  const lastRestore = all.findIndex(({ reason }) => reason === 'restore');
  return all.some(
    ({ reason, at, state }, index) =>
      reason === 'daily' &&
      at >= start &&
      at < start + 86_400_000 &&
      // A damaged one counts until the database it was made of has been replaced.
      (state !== 'damaged' || lastRestore === -1 || index < lastRestore),
  );
};

const canBeRestored = ({ state, schema }: BackupEntry): boolean => state === 'sound' && schema <= latestVersion;

/** The newest sound backup that this version can open, as it is marked; null when there is none. */
export const advisedBackup = (list: readonly BackupEntry[]): BackupEntry | null => list.find(canBeRestored) ?? null;

/** Looks into a backup and marks it; returns it as it is now, null where it has gone. */
export const checkBackup = async (dataFolder: string, name: string, now: number, keepsOriginals: boolean): Promise<BackupEntry | null> => {
  const path = join(backupsFolder(dataFolder), name);
  const before = statSync(path, { throwIfNoEntry: false });
  if (!before) return null;
  const found = await inspectDatabase(path);
  const kept = keepsOriginals ? await keepOriginalsGently(dataFolder, found.originals) : 0;
  markBackup(dataFolder, name, found, now, { kept });
  return listBackups(dataFolder).find((entry) => entry.name === name) ?? null;
};

/** The newest backup that proves sound when it is looked into now; null when there is none. Nothing may use the backups meanwhile. */
export const findSoundBackup = (dataFolder: string, now: number): BackupEntry | null => {
  for (const { name, state } of listBackups(dataFolder)) {
    if (state === 'damaged') continue;
    markBackup(dataFolder, name, inspectDatabaseNow(join(backupsFolder(dataFolder), name)), now);
    const checked = listBackups(dataFolder).find((entry) => entry.name === name);
    if (checked && canBeRestored(checked)) return checked;
  }
  return null;
};

/** Looks into the backups that nobody looked into yet, and into one that was looked into long ago. */
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

/** Asks for `name` to be put in place at the next start. Throws where it is not there, damaged, or of a later version. */
export const requestRestore = (dataFolder: string, name: string): void => {
  refuseRestore(
    listBackups(dataFolder).find((entry) => entry.name === name),
    name,
  );
  writeFileSync(join(dataFolder, restoreRequest), name);
};

/** The same after a look into the backup, for a program that runs. */
export const planRestore = async (dataFolder: string, name: string, now: number): Promise<void> => {
  if (listBackups(dataFolder).some((entry) => entry.name === name)) await checkBackup(dataFolder, name, now, false);
  requestRestore(dataFolder, name);
};

/**
 * Puts a requested backup in place before the database is opened, after a look into it; the present database is kept as a
 * backup of reason `restore`, and originals that were taken out since come back. Throws where the backup cannot be restored:
 * the request is gone then and the present database as it was.
 */
export const applyPendingRestore = (dataFolder: string, databasePath: string, now: number): void => {
  const name = requestedBackup(dataFolder);
  if (name === null) {
    // A restore that was cut and is not wanted any more.
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
    // The present database is as it was, and the request stands.
    rmSync(incoming, { force: true });
    throw error;
  }
  if (present) {
    keepOriginals(dataFolder, originalsOfPresent(databasePath));
    const aside = placeForPresent(dataFolder, now);
    // A log that could not be folded in belongs to the damaged database and stays beside it.
    if (sizeOf(`${databasePath}-wal`) > 0) copyFileSync(`${databasePath}-wal`, `${aside}-wal`);
    moveFile(databasePath, aside);
  }
  // A log whose database is gone is all there is of it.
  else if (sizeOf(`${databasePath}-wal`) > 0)
    putIntoFolder(dataFolder, [basename(`${databasePath}-wal`)], { at: now, order: nextOrder(dataFolder) });
  // It must not be replayed into the other one.
  for (const suffix of ['-wal', '-shm']) rmSync(databasePath + suffix, { force: true });
  renameSync(incoming, databasePath);
  bringBackOriginals(dataFolder, found?.originals ?? []);
  rmSync(request, { force: true });
};

const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;

/** Also onto another disk, where the backups may lie. */
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

/** After a crash the newest commits stand in the write-ahead log only; they belong into the file that is kept. */
const foldLogIn = (databasePath: string): void => {
  const db = new Database(databasePath);
  try {
    db.pragma('wal_checkpoint(TRUNCATE)');
  } catch (error) {
    // A damaged database is what restoring is for: it is kept as it is, with its log. A full disk must not cost the log.
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
    // Damaged: its originals lie where they are, and nothing can say which they were.
    return [];
  } finally {
    db.close();
  }
};

/** The file that stands for the state before the person began anew. */
export const keepBestBackup = (dataFolder: string): void => {
  const best = advisedBackup(listBackups(dataFolder)) ?? listBackups(dataFolder)[0];
  if (best) pinBackup(dataFolder, best.name);
};
