import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { mayGo } from './backup';
import { listBackups, originalsOfBackup } from './backupFiles';
import { keepOriginalsOf } from './originals';
import { listSetAside, partsOf, type SetAside } from './setAsideFiles';

/** So many stay whatever their age, until something is forgotten: they may be all there is of a lost database. */
const kept = 3;

/** Hands the originals that only a folder about to go has to the backups that need them; false where there is no room. */
const handOver = (dataFolder: string, { path }: SetAside): boolean => {
  const blobs = join(path, 'blobs');
  if (!existsSync(blobs)) return true;
  return listBackups(dataFolder).every(({ name }) => keepOriginalsOf(dataFolder, blobs, originalsOfBackup(dataFolder, name) ?? []));
};

/**
 * Takes out what was set aside and is past its time, as backups are: by age once three younger backups are sound, and by count. One of
 * the newest stays whatever its age until something is forgotten, which it may hold.
 */
export const pruneSetAside = async (dataFolder: string): Promise<void> => {
  for (const [index, aside] of listSetAside(dataFolder).entries()) {
    if (!mayGo(dataFolder, aside, { stays: index < kept }) || !handOver(dataFolder, aside)) continue;
    for (const part of partsOf(aside)) await rm(part, { recursive: true, force: true });
    await rm(aside.path, { recursive: true, force: true });
  }
};
