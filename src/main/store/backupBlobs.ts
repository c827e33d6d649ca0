import { listBackups, originalsOfBackup } from './backupFiles';

/** The hashes of all originals that a backup names; null while one of the backups was not looked into, or cannot be read. */
export const blobsInBackups = (dataFolder: string): Set<string> | null => {
  const hashes = new Set<string>();
  for (const { name, originals } of listBackups(dataFolder)) {
    const list = originalsOfBackup(dataFolder, name);
    if (!list && originals !== 0) return null;
    for (const [hash] of list ?? []) hashes.add(hash);
  }
  return hashes;
};
