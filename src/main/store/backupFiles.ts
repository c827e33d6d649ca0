import {
  closeSync,
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
import { z } from 'zod';
import type { Inspection } from './inspectDatabase';
import { parseJson } from './json';
import { backupsFolder, listSetAside } from './setAsideFiles';

export const backupReasons = ['daily', 'weekly', 'migration', 'manual', 'restore'] as const;
export type BackupReason = (typeof backupReasons)[number];

/** The findings of a check of a backup, kept in a file beside it. */
const markerSchema = z.object({
  /** Absent until the first check. */
  check: z.enum(['sound', 'damaged']).optional(),
  checkedAt: z.number().default(0),
  /** Size of the backup when it was checked: a file of another size needs another check. */
  bytes: z.number().default(-1),
  /** Version of the program that made the backup, and of its tables. */
  app: z.string().nullable().default(null),
  schema: z.number().int().nonnegative().default(0),
  conversations: z.number().int().nonnegative().nullable().default(null),
  documents: z.number().int().nonnegative().nullable().default(null),
  content: z.string().nullable().default(null),
  originals: z.number().int().nonnegative().nullable().default(null),
  /** How many of the originals the backups keep a share of. */
  kept: z.number().int().nonnegative().nullable().default(null),
  /** Kept whatever its age: the last state before the person began anew. */
  pinned: z.boolean().default(false),
  /** When the next backup was made, where a wrong clock dated this one into the future. */
  followedAt: z.number().nullable().default(null),
});
type Marker = z.infer<typeof markerSchema>;

export interface BackupEntry {
  name: string;
  /** The clock's time when the backup was made. Clocks jump, so `order` gives the order of making. */
  at: number;
  order: number;
  bytes: number;
  reason: BackupReason;
  state: 'sound' | 'damaged' | 'unchecked';
  checkedAt: number;
  app: string | null;
  schema: number;
  conversations: number | null;
  documents: number | null;
  content: string | null;
  /** How many originals its documents need. */
  originals: number | null;
  kept: number | null;
  pinned: boolean;
  followedAt: number | null;
}

const markerOf = (path: string): string => `${path}.json`;
/** Hash and size of every original that a backup needs, a line each. */
const originalsOf = (path: string): string => `${path}.originals`;
const partSuffix = '.part';
const namePattern = /^emergence-(\d+)-([a-z]+)(?:_(\d+))?\.db$/;

const nameOf = (reason: BackupReason, at: number, order: number): string => `emergence-${Math.max(0, at)}-${reason}_${order}.db`;

const namesIn = (dataFolder: string): string[] => {
  const folder = backupsFolder(dataFolder);
  return existsSync(folder) ? readdirSync(folder) : [];
};

/** Above every number given so far, so that the order of making survives a clock that jumps. */
export const nextOrder = (dataFolder: string): number =>
  Math.max(
    0,
    ...namesIn(dataFolder).map((name) => Number(namePattern.exec(name.replace(partSuffix, ''))?.[3] ?? 0)),
    ...listSetAside(dataFolder).map(({ order }) => order),
  ) + 1;

const readMarker = (path: string): Marker => {
  const nothing = markerSchema.parse({});
  try {
    return markerSchema.catch(nothing).parse(parseJson(readFileSync(markerOf(path), 'utf8')));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return nothing;
    throw error;
  }
};

/** Whole or not at all. */
export const writeWhole = (path: string, text: string): void => {
  writeFileSync(path + partSuffix, text);
  renameSync(path + partSuffix, path);
};

const changeMarker = (path: string, change: Partial<Marker>): void =>
  writeWhole(markerOf(path), JSON.stringify({ ...readMarker(path), ...change }));

export const restoreRequestPath = (dataFolder: string): string => join(dataFolder, 'restore-request');

/** The backup that the next start puts in place; null when none was chosen. */
export const requestedBackup = (dataFolder: string): string | null => {
  const request = restoreRequestPath(dataFolder);
  // A folder of that name is not a request.
  return statSync(request, { throwIfNoEntry: false })?.isFile() ? readFileSync(request, 'utf8').trim() : null;
};

/** The backups in the order they were made, the newest first; other files of the folder are skipped. */
export const listBackups = (dataFolder: string): BackupEntry[] =>
  namesIn(dataFolder)
    .flatMap((name): BackupEntry[] => {
      const [, at, named, order] = namePattern.exec(name) ?? [];
      const reason = backupReasons.find((candidate) => candidate === named);
      if (!at || !reason) return [];
      const path = join(backupsFolder(dataFolder), name);
      const { size } = statSync(path, { throwIfNoEntry: false }) ?? {};
      if (size === undefined) return [];
      const { check, bytes, ...marker } = readMarker(path);
      const state = check && bytes === size ? check : 'unchecked';
      return [{ name, at: Number(at), order: Number(order ?? 0), bytes: size, reason, state, ...marker }];
    })
    .sort((a, b) => b.order - a.order || b.at - a.at);

/**
 * Reserves the place of a new backup. The copy is written to `part`, and `keep` renames it when it is whole and on the disk, so
 * that a copy cut by a crash or a full disk is never taken for a backup. `discard` deletes it.
 */
export const newBackup = (dataFolder: string, reason: BackupReason, at: number) => {
  const folder = backupsFolder(dataFolder);
  mkdirSync(folder, { recursive: true });
  const name = nameOf(reason, at, nextOrder(dataFolder));
  const part = join(folder, name + partSuffix);
  // The empty file takes the number now, so that a backup begun before this one is written gets another.
  writeFileSync(part, '', { flag: 'wx' });
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

/** The path at which the present database is kept as a backup, and its name. */
export const placeForPresent = (dataFolder: string, now: number): string => {
  mkdirSync(backupsFolder(dataFolder), { recursive: true });
  return join(backupsFolder(dataFolder), nameOf('restore', now, nextOrder(dataFolder)));
};

/** Writes the findings of a check into the marker beside the backup. */
export const markBackup = (
  dataFolder: string,
  name: string,
  found: Inspection,
  now: number,
  more: { app?: string; kept?: number } = {},
): void => {
  const path = join(backupsFolder(dataFolder), name);
  const bytes = statSync(path, { throwIfNoEntry: false })?.size;
  // The backup was rotated away or deleted by hand meanwhile.
  if (bytes === undefined) return;
  if (found.originals.length > 0) writeWhole(originalsOf(path), found.originals.map(([hash, size]) => `${hash} ${size}\n`).join(''));
  const { schema, conversations, documents, content } = found;
  const check = found.problems.length > 0 ? 'damaged' : 'sound';
  changeMarker(path, {
    check,
    checkedAt: now,
    bytes,
    schema,
    conversations,
    documents,
    content,
    originals: found.originals.length,
    ...more,
  });
};

export const pinBackup = (dataFolder: string, name: string): void => changeMarker(join(backupsFolder(dataFolder), name), { pinned: true });

export const noteFollowed = (dataFolder: string, name: string, followedAt: number): void =>
  changeMarker(join(backupsFolder(dataFolder), name), { followedAt });

/** Hash and size of the originals that a backup needs; null before its first check. */
export const originalsOfBackup = (dataFolder: string, name: string): [string, number][] | null => {
  try {
    return readFileSync(originalsOf(join(backupsFolder(dataFolder), name)), 'utf8')
      .split('\n')
      .filter((line) => /^[0-9a-f]{64} \d+$/.test(line))
      .map((line): [string, number] => [line.slice(0, 64), Number(line.slice(65))]);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
};

/** Deletes a backup with all files beside it. */
export const dropBackup = (dataFolder: string, name: string): void => {
  const path = join(backupsFolder(dataFolder), name);
  // The database goes last: files beside a missing database are cleared away at the next start.
  for (const file of [`${path}-wal`, `${path}-shm`, originalsOf(path), markerOf(path), path]) rmSync(file, { force: true });
};

/** A daily backup becomes a weekly one. */
export const renameBackup = (dataFolder: string, { name, at, order }: BackupEntry, reason: BackupReason): void => {
  const [from, to] = [name, order > 0 ? nameOf(reason, at, order) : `emergence-${at}-${reason}.db`].map((file) =>
    join(backupsFolder(dataFolder), file),
  ) as [string, string];
  for (const of of [markerOf, originalsOf]) if (existsSync(of(from))) renameSync(of(from), of(to));
  renameSync(from, to);
};

/** Deletes the unfinished backups of a run that was cut. To be called before the first backup of this run. */
export const removeCutBackups = (dataFolder: string): void => {
  const names = namesIn(dataFolder);
  const whole = new Set(names);
  for (const name of names) {
    const of = /^(emergence-.*\.db)\.(?:json|originals)$/.exec(name)?.[1];
    if ((of !== undefined && !whole.has(of)) || (name.startsWith('emergence-') && name.includes(partSuffix)))
      rmSync(join(backupsFolder(dataFolder), name), { force: true });
  }
};

export const syncFile = (path: string): void => {
  const file = openSync(path, 'r+');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
};
