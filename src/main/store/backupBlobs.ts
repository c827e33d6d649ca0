import { listBackups, originalsOfBackup } from './backupFiles';

/**
 * The hashes of all originals that the backups need; null while a backup is not checked, or is too damaged to list its originals.
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
