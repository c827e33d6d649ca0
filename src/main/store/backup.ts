import {
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { EmergenceError, toEmergenceError } from '@shared/model';
import Database from 'better-sqlite3';

const reasons = ['daily', 'weekly', 'migration', 'manual', 'restore'] as const;
export interface BackupEntry {
  name: string;
  at: number;
  bytes: number;
  reason: (typeof reasons)[number];
}

/** How many are kept: one a day for a week, one a week for a month, and the last of the others. */
const keep = { daily: 7, weekly: 4, migration: 3, manual: 5, restore: 2 } as const;
const restoreRequest = 'restore-request';
const weekMs = 7 * 86_400_000;
/** Past this age a backup goes, whatever made it, so that forgotten text has an end. */
const longestAgeMs = (keep.weekly + 1) * weekMs;
/** So many younger ones must be there before age alone takes one away: a program opened once a season keeps its backups. */
const youngerOnes = 3;

const backupName = (reason: BackupEntry['reason'], at: number): string => `emergence-${at}-${reason}.db`;

const partSuffix = '.part';

/**
 * A place for a new backup: its copy is written to `part` and put in place by `keep` when it is whole and on the disk, so
 * that one cut by a crash or a full disk is never taken for a backup. `discard` gives its room back.
 */
export const newBackup = (dataFolder: string, reason: BackupEntry['reason'], at: number) => {
  const folder = join(dataFolder, 'backups');
  mkdirSync(folder, { recursive: true });
  const name = backupName(reason, at);
  const part = join(folder, name + partSuffix);
  return {
    name,
    part,
    keep: (): void => {
      syncFile(part);
      renameSync(part, join(folder, name));
    },
    discard: (): void => rmSync(part, { force: true }),
  };
};

/** Clears away what a run that was cut left of its backups; before the first one of this run. */
export const removeCutBackups = (dataFolder: string): void => {
  const folder = join(dataFolder, 'backups');
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) if (name.includes(`.db${partSuffix}`)) rmSync(join(folder, name), { force: true });
};

const syncFile = (path: string): void => {
  const file = openSync(path, 'r+');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
};

/** Newest first. */
export const listBackups = (dataFolder: string): BackupEntry[] => {
  const folder = join(dataFolder, 'backups');
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .flatMap((name): BackupEntry[] => {
      const match = /^emergence-(\d+)-(\w+)\.db$/.exec(name);
      const reason = reasons.find((candidate) => candidate === match?.[2]);
      return match?.[1] && reason ? [{ name, at: Number(match[1]), bytes: statSync(join(folder, name)).size, reason }] : [];
    })
    .sort((a, b) => b.at - a.at);
};

/** The backup that the next start puts in place; null when none was chosen. */
const requestedBackup = (dataFolder: string): string | null => {
  const request = join(dataFolder, restoreRequest);
  return existsSync(request) ? readFileSync(request, 'utf8').trim() : null;
};

/**
 * Drops what is past retention, but never a backup that was chosen to be restored; the oldest daily that is a week past the
 * last weekly becomes the next weekly.
 */
export const pruneBackups = (dataFolder: string): void => {
  const folder = join(dataFolder, 'backups');
  const requested = requestedBackup(dataFolder);
  const drop = ({ name }: BackupEntry): void => void (name !== requested && rmSync(join(folder, name), { force: true }));
  const all = listBackups(dataFolder);
  const lastWeekly = all.find((entry) => entry.reason === 'weekly')?.at ?? Number.NEGATIVE_INFINITY;
  const promoted = all
    .filter((entry) => entry.reason === 'daily')
    .slice(keep.daily)
    .findLast((entry) => entry.at - lastWeekly >= weekMs && entry.name !== requested);
  if (promoted) renameSync(join(folder, promoted.name), join(folder, backupName('weekly', promoted.at)));
  for (const reason of reasons)
    listBackups(dataFolder)
      .filter((candidate) => candidate.reason === reason)
      .slice(keep[reason])
      .forEach(drop);
  const left = listBackups(dataFolder);
  left
    .slice(youngerOnes)
    .filter(({ at }) => (left[0]?.at ?? 0) - at > longestAgeMs)
    .forEach(drop);
};

/** When text forgotten today is gone from the last backup that still holds it; null without backups. */
export const backupsHoldUntil = (dataFolder: string): number | null => {
  const newest = listBackups(dataFolder)[0];
  return newest ? newest.at + longestAgeMs : null;
};

/** Asks for `name` to be put in place at the next start. */
export const requestRestore = (dataFolder: string, name: string): void => {
  if (!listBackups(dataFolder).some((entry) => entry.name === name)) throw new EmergenceError('not_found', { backup: name });
  writeFileSync(join(dataFolder, restoreRequest), name);
};

/** Puts a requested backup in place before the database is opened; the present database is kept as a backup of reason `restore`. */
export const applyPendingRestore = (dataFolder: string, databasePath: string, now: number): void => {
  const name = requestedBackup(dataFolder);
  if (name === null) return;
  const entry = listBackups(dataFolder).find((candidate) => candidate.name === name);
  if (entry) {
    const incoming = `${databasePath}.incoming`;
    try {
      copyFileSync(join(dataFolder, 'backups', entry.name), incoming);
      syncFile(incoming);
      if (existsSync(databasePath)) foldLogIn(databasePath);
    } catch (error) {
      // The present database is as it was, and the request stands.
      rmSync(incoming, { force: true });
      throw error;
    }
    if (existsSync(databasePath)) renameSync(databasePath, join(dataFolder, 'backups', backupName('restore', now)));
    // The log belongs to the database that was moved away; it must not be replayed into the other one.
    for (const suffix of ['-wal', '-shm']) rmSync(databasePath + suffix, { force: true });
    renameSync(incoming, databasePath);
  }
  rmSync(join(dataFolder, restoreRequest));
};

/** After a crash the newest commits stand in the write-ahead log only; they belong into the file that is kept. */
const foldLogIn = (databasePath: string): void => {
  const db = new Database(databasePath);
  try {
    db.pragma('wal_checkpoint(TRUNCATE)');
  } catch (error) {
    // A damaged database is what restoring is for: it is kept as it is. A full disk must not cost the log.
    if (toEmergenceError(error).code !== 'storage.damaged') throw error;
  } finally {
    db.close();
  }
};
