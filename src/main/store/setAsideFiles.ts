import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { parseJson } from './json';

export const backupsFolder = (dataFolder: string): string => join(dataFolder, 'backups');
/** Folders with the data that was there before its database was lost. */
export const asidePrefix = 'before-';

/** The remains of a lost database: a folder `before-N`, or a log in the backups' folder without its database. */
export interface SetAside {
  path: string;
  /** The clock's time when it was set aside, and its place in the order of backups; 0 where an earlier version did not note it. */
  at: number;
  order: number;
}

const noteName = 'set-aside.json';
const noteSchema = z.object({ at: z.number(), order: z.number().int().nonnegative() });
const logPattern = /^(emergence-(\d+)(?:-[a-z]+(?:_(\d+))?)?\.db)-(?:wal|shm)$/;

const namesIn = (folder: string): string[] => (existsSync(folder) ? readdirSync(folder) : []);

const foldersIn = (dataFolder: string): SetAside[] =>
  namesIn(dataFolder).flatMap((name): SetAside[] => {
    const path = join(dataFolder, name);
    const found = /^before-\d+$/.test(name) ? statSync(path, { throwIfNoEntry: false }) : undefined;
    if (!found?.isDirectory()) return [];
    const note = join(path, noteName);
    const read = noteSchema.safeParse(existsSync(note) ? parseJson(readFileSync(note, 'utf8')) : null);
    return [{ path, ...(read.success ? read.data : { at: Math.round(found.mtimeMs), order: 0 }) }];
  });

const logsIn = (dataFolder: string): SetAside[] => {
  const names = namesIn(backupsFolder(dataFolder));
  const whole = new Set(names);
  return names.flatMap((name): SetAside[] => {
    const [, database, at, order] = logPattern.exec(name) ?? [];
    if (!database || whole.has(database)) return [];
    return [{ path: join(backupsFolder(dataFolder), name), at: Number(at), order: Number(order ?? 0) }];
  });
};

/** The newest first. */
export const listSetAside = (dataFolder: string): SetAside[] =>
  [...foldersIn(dataFolder), ...logsIn(dataFolder)].sort((a, b) => b.order - a.order || b.at - a.at);

/** Moves files and folders of the data into a folder of their own; missing ones are skipped. */
export const putIntoFolder = (dataFolder: string, names: readonly string[], note: Pick<SetAside, 'at' | 'order'>): void => {
  const taken = readdirSync(dataFolder).map((name) => (name.startsWith(asidePrefix) && Number(name.slice(asidePrefix.length))) || 0);
  const folder = join(dataFolder, `${asidePrefix}${Math.max(...taken) + 1}`);
  mkdirSync(folder, { mode: 0o700 });
  writeFileSync(join(folder, noteName), JSON.stringify(note));
  for (const name of names)
    if (statSync(join(dataFolder, name), { throwIfNoEntry: false })) renameSync(join(dataFolder, name), join(folder, name));
};

/** The parts of a set-aside folder, its note last, so that a deletion that is cut half-way can be recognised. */
export const partsOf = ({ path }: SetAside): string[] =>
  statSync(path).isDirectory() ? [...readdirSync(path).filter((name) => name !== noteName), noteName].map((name) => join(path, name)) : [];
