import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { listBackups, originalsOfBackup } from './backupFiles';
import { mayGo } from './backupRetention';
import { keepOriginalsOf } from './originals';
import { listSetAside, partsOf, type SetAside } from './setAsideFiles';

/** This many folders stay whatever their age, until something is forgotten: they may be all that is left of a lost database. */
const kept = 3;

/**
 * Gives the originals that exist only in a folder about to be deleted to the backups that need them; false where there is no room.
 */
const handOver = (dataFolder: string, { path }: SetAside): boolean => {
  const blobs = join(path, 'blobs');
  if (!existsSync(blobs)) return true;
  return listBackups(dataFolder).every(({ name }) => keepOriginalsOf(dataFolder, blobs, originalsOfBackup(dataFolder, name) ?? []));
};

/**
 * Deletes set-aside folders past their time, by the rules of backups: by age once three younger backups are sound, and by count.
 * One of the newest stays whatever its age, until something is forgotten that it may hold.
 */
export const pruneSetAside = async (dataFolder: string): Promise<void> => {
  for (const [index, aside] of listSetAside(dataFolder).entries()) {
    if (!mayGo(dataFolder, aside, { stays: index < kept }) || !handOver(dataFolder, aside)) continue;
    for (const part of partsOf(aside)) await rm(part, { recursive: true, force: true });
    await rm(aside.path, { recursive: true, force: true });
  }
};
