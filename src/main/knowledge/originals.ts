import { blobsInBackups } from '@main/store/backupBlobs';
import { condemnedBlobs, isNeeded, listBlobs, mendVersionOwners, unCondemn } from '@main/store/blobOwners';
import type { ChangeBus } from '@main/store/changes';
import type { WritableDb } from '@main/store/database';
import { isKept } from '@main/store/originals';
import type { Logger } from '@main/telemetry/telemetry';
import type { Blobs } from './blobs';

/** The stored originals of documents: which are missing, and which must be deleted. */
export interface Originals {
  isMissing(hash: string): boolean;
  missing(): string[];
  /** How many files of originals nothing names. */
  unnamed(): Promise<number>;
  /** Notes that an original is missing, or that it was restored. */
  note(hash: string, missing: boolean): void;
  /** Deletes the files of originals that nothing owns any more. */
  removeCondemned(): void;
  /**
   * At start: finishes deletions that a crash cut short, checks for missing originals, and deletes originals that nothing names.
   */
  putInOrder(): Promise<void>;
}

export const createOriginals = ({
  db,
  dataFolder,
  blobs,
  changes,
  log,
}: {
  db: WritableDb;
  dataFolder: string;
  blobs: Blobs;
  changes: ChangeBus;
  log: Pick<Logger, 'warn' | 'info'>;
}): Originals => {
  let gone = new Set<string>();
  const changed = (): void => {
    changes.publish('document');
    changes.publish('health');
  };

  const removeCondemned = (): void => {
    for (const hash of condemnedBlobs(db)) {
      // The same bytes may have come in again meanwhile.
      if (!isNeeded(db, hash)) blobs.remove(hash);
      unCondemn(db, hash);
    }
  };

  /**
   * The test for originals that stay. A backup may be restored, so those that it names stay here unless the backups have a share of them. A
   * backup that cannot be read may name any original.
   */
  const namedNow = (): ((hash: string) => boolean) => {
    const backedUp = blobsInBackups(dataFolder);
    const maybeRestored = (hash: string): boolean => backedUp === null || (backedUp.has(hash) && !isKept(dataFolder, hash));
    return (hash) => isNeeded(db, hash) || maybeRestored(hash);
  };

  return {
    unnamed: () => blobs.unnamed(namedNow()),
    isMissing: (hash) => gone.has(hash),
    missing: () => [...gone],
    note: (hash, missing) => {
      if (missing === gone.has(hash)) return;
      if (missing) gone.add(hash);
      else gone.delete(hash);
      changed();
    },
    removeCondemned,
    putInOrder: async () => {
      // Where this fails nothing is swept.
      mendVersionOwners(db);
      const found = await blobs.missing(listBlobs(db).filter(({ hash }) => isNeeded(db, hash)));
      // Originals that came in during the check are not missing.
      gone = new Set(found.filter((hash) => !blobs.has(hash)));
      if (gone.size > 0) {
        log.warn({ originals: gone.size }, 'originals are missing');
        changed();
      }
      const removed = await blobs.sweep(namedNow());
      if (removed > 0) log.info({ originals: removed }, 'originals that nothing names were removed');
    },
  };
};
