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
import { EmergenceError } from '@shared/model';
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
 * that one cut by a crash or a full disk is never taken for a backup.
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

/** Drops what is past retention; the oldest daily that is a week past the last weekly becomes the next weekly. */
export const pruneBackups = (dataFolder: string): void => {
  const folder = join(dataFolder, 'backups');
  const all = listBackups(dataFolder);
  const lastWeekly = all.find((entry) => entry.reason === 'weekly')?.at ?? Number.NEGATIVE_INFINITY;
  const promoted = all
    .filter((entry) => entry.reason === 'daily')
    .slice(keep.daily)
    .findLast((entry) => entry.at - lastWeekly >= weekMs);
  if (promoted) renameSync(join(folder, promoted.name), join(folder, backupName('weekly', promoted.at)));
  for (const reason of reasons)
    for (const entry of listBackups(dataFolder)
      .filter((candidate) => candidate.reason === reason)
      .slice(keep[reason]))
      rmSync(join(folder, entry.name), { force: true });
  const left = listBackups(dataFolder);
  for (const entry of left.slice(youngerOnes))
    if ((left[0]?.at ?? 0) - entry.at > longestAgeMs) rmSync(join(folder, entry.name), { force: true });
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
  const request = join(dataFolder, restoreRequest);
  if (!existsSync(request)) return;
  const name = readFileSync(request, 'utf8').trim();
  const entry = listBackups(dataFolder).find((candidate) => candidate.name === name);
  if (entry) {
    const incoming = `${databasePath}.incoming`;
    copyFileSync(join(dataFolder, 'backups', entry.name), incoming);
    syncFile(incoming);
    if (existsSync(databasePath)) foldLogIn(databasePath);
    if (existsSync(databasePath)) renameSync(databasePath, join(dataFolder, 'backups', backupName('restore', now)));
    // The log belongs to the database that was moved away; it must not be replayed into the other one.
    for (const suffix of ['-wal', '-shm']) rmSync(databasePath + suffix, { force: true });
    renameSync(incoming, databasePath);
  }
  rmSync(request);
};

/** After a crash the newest commits stand in the write-ahead log only; they belong into the file that is kept. */
const foldLogIn = (databasePath: string): void => {
  try {
    const db = new Database(databasePath);
    db.pragma('wal_checkpoint(TRUNCATE)');
    db.close();
  } catch (error) {
    const code = (error as { code?: string }).code ?? '';
    // A damaged database is what restoring is for: it is kept as it is.
    if (!code.startsWith('SQLITE_')) throw error;
  }
};
