import {
  constants,
  copyFileSync,
  existsSync,
  globSync,
  linkSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statfsSync,
  statSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { setImmediate as letOthersGo } from 'node:timers/promises';
import { listBackups, originalsOfBackup } from './backupFiles';
import { asidePrefix, backupsFolder } from './setAsideFiles';

/** Hash and size of an original. */
export type Original = readonly [hash: string, size: number];

/** Where links do not work, originals are copied as long as this much stays free. */
const roomLeftBytes = 2 * 1024 ** 3;

const hashPattern = /^[0-9a-f]{64}$/;
const placeIn = (folder: string, hash: string): string => join(folder, hash.slice(0, 2), hash);
const originalsFolder = (dataFolder: string): string => join(dataFolder, 'blobs');
export const originalPath = (dataFolder: string, hash: string): string => placeIn(originalsFolder(dataFolder), hash);
/**
 * The backups' own share of the originals: links to the same bytes, which take no room and stay when the library deletes its name
 * for them.
 */
const keptFolder = (dataFolder: string): string => join(backupsFolder(dataFolder), 'originals');

const isWhole = (path: string, size: number): boolean => statSync(path, { throwIfNoEntry: false })?.size === size;

/** Links `to` to the bytes of `from`, or copies them; false where there is no room for a copy. */
export const share = (from: string, to: string, size: number): boolean => {
  mkdirSync(dirname(to), { recursive: true });
  rmSync(to, { force: true });
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    // `to` is on another disk, or on one without links.
    if (!/^(EXDEV|EPERM|ENOTSUP|EOPNOTSUPP|ENOSYS|EMLINK|EACCES|EINVAL)$/.test((error as NodeJS.ErrnoException).code ?? '')) throw error;
  }
  const { bavail, bsize } = statfsSync(dirname(to));
  if (bavail * bsize - size < roomLeftBytes) return false;
  copyFileSync(from, `${to}.part`, constants.COPYFILE_FICLONE);
  renameSync(`${to}.part`, to);
  return true;
};

const keepOne = (dataFolder: string, [hash, size]: Original): boolean => {
  const [from, to] = [placeIn(originalsFolder(dataFolder), hash), placeIn(keptFolder(dataFolder), hash)];
  if (isWhole(to, size)) return true;
  return isWhole(from, size) && share(from, to, size);
};

/**
 * Adds these originals to the backups' share, so that the backups keep them when the library forgets or loses one. Returns how many
 * are kept.
 */
export const keepOriginals = (dataFolder: string, originals: readonly Original[]): number =>
  originals.filter((original) => hashPattern.test(original[0]) && keepOne(dataFolder, original)).length;

/** Adds originals that lie in another folder and nowhere else to the backups' share; false where there was no room for one. */
export const keepOriginalsOf = (dataFolder: string, folder: string, originals: readonly Original[]): boolean =>
  originals
    .filter(([hash]) => hashPattern.test(hash))
    .every(([hash, size]) => {
      const [from, to] = [placeIn(folder, hash), placeIn(keptFolder(dataFolder), hash)];
      const isElsewhere = isWhole(to, size) || isWhole(originalPath(dataFolder, hash), size);
      return isElsewhere || !isWhole(from, size) || share(from, to, size);
    });

/** True when the backups have a complete share of an original of the library. */
export const isKept = (dataFolder: string, hash: string): boolean => {
  const size = statSync(originalPath(dataFolder, hash), { throwIfNoEntry: false })?.size;
  return size !== undefined && isWhole(placeIn(keptFolder(dataFolder), hash), size);
};

const atOnce = 50;

/** Does the same as `keepOriginals` while the program runs, a few at a time. */
export const keepOriginalsGently = async (dataFolder: string, originals: readonly Original[]): Promise<number> => {
  let kept = 0;
  for (let from = 0; from < originals.length; from += atOnce) {
    kept += keepOriginals(dataFolder, originals.slice(from, from + atOnce));
    await letOthersGo();
  }
  return kept;
};

/** Where the bytes of originals exist besides the library, by their hash. */
export const elsewhere = (dataFolder: string): ((hash: string) => string[]) => {
  const aside = globSync(`${asidePrefix}*/blobs`, { cwd: dataFolder }).map((folder) => join(dataFolder, folder));
  const folders = [keptFolder(dataFolder), ...aside];
  return (hash) => folders.map((folder) => placeIn(folder, hash));
};

/** Restores the originals that the library lacks; returns those that exist nowhere. */
export const bringBackOriginals = (dataFolder: string, originals: readonly Original[]): Original[] => {
  const others = elsewhere(dataFolder);
  return originals.filter(([hash, size]) => {
    if (!hashPattern.test(hash)) return false;
    const to = originalPath(dataFolder, hash);
    if (isWhole(to, size)) return false;
    const from = others(hash).find((path) => isWhole(path, size));
    return from === undefined || !share(from, to, size);
  });
};

/** The originals of a backup that neither the library nor the backups have. */
export const missingOriginals = (dataFolder: string, originals: readonly Original[]): Original[] => {
  const others = elsewhere(dataFolder);
  return originals.filter(([hash, size]) => ![originalPath(dataFolder, hash), ...others(hash)].some((path) => isWhole(path, size)));
};

/** Deletes the backups' share of the originals. */
export const dropKeptOriginals = (dataFolder: string): void => rmSync(keptFolder(dataFolder), { recursive: true, force: true });

/** Deletes from the backups' share the originals that no backup needs. Deletes none while a backup is not checked. */
export const sweepKeptOriginals = (dataFolder: string): void => {
  const folder = keptFolder(dataFolder);
  if (!existsSync(folder)) return;
  const needed = new Set<string>();
  for (const { name, state, originals } of listBackups(dataFolder)) {
    const lists = originalsOfBackup(dataFolder, name);
    if (state !== 'damaged' && lists === null && originals !== 0) return;
    for (const [hash] of lists ?? []) needed.add(hash);
  }
  for (const start of readdirSync(folder))
    for (const name of readdirSync(join(folder, start))) if (!needed.has(name)) rmSync(join(folder, start, name), { force: true });
};
