import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type BackupEntry,
  type BackupReason,
  dropBackup,
  listBackups,
  noteFollowed,
  renameBackup,
  requestedBackup,
  writeWhole,
} from './backupFiles';
import { sweepKeptOriginals } from './originals';
import { backupsFolder, listSetAside, type SetAside } from './setAsideFiles';

/** How many sound backups are kept of each kind: one a day for a week, one a week for a month, and the newest of the others. */
const keep: Record<BackupReason, number> = { daily: 7, weekly: 4, migration: 3, manual: 5, restore: 20 };
/** Damaged backups are counted apart: they may hold the only copy of the last days, and must push no sound backup out. */
const damagedKept = 3;
const dayMs = 86_400_000;
const weekMs = 7 * dayMs;
/** A backup older than this is dropped, whatever its kind, so that forgotten text disappears from the disk in the end. */
const longestAgeMs = (keep.weekly + 1) * weekMs;
/** Age alone drops a backup only where this many younger ones exist: a program opened once a season keeps its backups. */
const youngerOnes = 3;
/**
 * The time from which ages are counted: the time of the newest backup, unless the newest days on which one was made lie so far apart
 * that the clock may have jumped. A jump is believed once `youngerOnes` days agree on it: one session with a wrong clock can make
 * many backups.
 */
const believedTime = (list: readonly BackupEntry[]): { now: number; agreed: boolean } => {
  const days = new Map<number, number>();
  for (const { at } of list) {
    const dayOf = Math.floor(at / dayMs);
    if (days.size < youngerOnes && !days.has(dayOf)) days.set(dayOf, at);
  }
  const times = [...days.values()];
  const agreed = Math.max(...times, 0) - Math.min(...times) <= longestAgeMs;
  return { now: agreed ? (times[0] ?? 0) : Math.min(...times), agreed };
};

/** When a backup was made, for its age. */
const madeAt = ({ at, followedAt }: BackupEntry): number => Math.min(at, followedAt ?? at);

/**
 * Writes into the marker of a backup that a wrong clock dated into the future when the next one was made. Its age is counted from
 * that time, and the next one may be rotated away before it.
 */
const dateFutureOnes = (dataFolder: string, list: readonly BackupEntry[]): void => {
  const { now, agreed } = believedTime(list);
  if (!agreed) return;
  for (const { name, at, order, followedAt } of list) {
    const next = list.findLast((later) => later.order > order && later.at <= now);
    if (at > now && followedAt === null && next) noteFollowed(dataFolder, name, next.at);
  }
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
  if (younger.length < youngerOnes || believedTime(usable).now - at <= longestAgeMs) return false;
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
  dateFutureOnes(dataFolder, usable);
  const lastState = all.find(({ reason }) => reason === 'restore');
  const always = new Set([requested, lastState?.name, ...sound.slice(0, youngerOnes).map(({ name }) => name)]);
  const dropped = new Set<string>();
  const drop = ({ name }: BackupEntry): void => {
    if (!always.has(name)) dropped.add(name);
  };

  damaged.slice(damagedKept).forEach(drop);
  // Two states before a restore with the same content are one state. A backup of another kind is no twin: its own number may
  // rotate it away.
  const setAside = sound.filter(({ reason }) => reason === 'restore');
  for (const [index, entry] of setAside.entries())
    if (entry.content !== null && setAside.slice(0, index).some(({ content }) => content === entry.content)) drop(entry);
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
  const { now } = believedTime(usable);
  const forgotten = forgottenUpTo(dataFolder);
  for (const entry of all) {
    const younger = sound.filter(
      ({ order, at, name }) => !dropped.has(name) && (order > entry.order || (order === entry.order && at > entry.at)),
    );
    if (younger.length < youngerOnes || now - madeAt(entry) <= longestAgeMs) continue;
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
      at < start + dayMs &&
      // A damaged backup counts until the database it was made from has been replaced.
      (state !== 'damaged' || lastRestore === -1 || index < lastRestore),
  );
};
