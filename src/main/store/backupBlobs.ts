import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';

/** The hashes of all originals that a backup names; null where one of the backups cannot be read. */
export const blobsInBackups = (dataFolder: string): Set<string> | null => {
  const folder = join(dataFolder, 'backups');
  const hashes = new Set<string>();
  if (!existsSync(folder)) return hashes;
  for (const name of readdirSync(folder).filter((entry) => entry.endsWith('.db'))) {
    try {
      const backup = new Database(join(folder, name), { readonly: true, fileMustExist: true });
      try {
        for (const hash of backup.prepare<[], string>('SELECT blob_hash FROM document_versions').pluck().iterate()) hashes.add(hash);
      } finally {
        backup.close();
      }
    } catch {
      return null;
    }
  }
  return hashes;
};
