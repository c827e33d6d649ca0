import { listBackups, originalsOfBackup } from './backupFiles';

/**
 * The hashes of all originals that a backup names; null while a backup was not looked into, or is so damaged that it does not say
 * which it needs.
 */
export const blobsInBackups = (dataFolder: string): Set<string> | null => {
  const hashes = new Set<string>();
  for (const { name, state, originals } of listBackups(dataFolder)) {
    const list = originalsOfBackup(dataFolder, name);
    if (!list && (state !== 'sound' || originals !== 0)) return null;
    for (const [hash] of list ?? []) hashes.add(hash);
  }
  return hashes;
};
