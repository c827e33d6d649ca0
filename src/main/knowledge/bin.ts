import type { Helper } from '@main/processes/caller';
import type { SearchApi } from '@main/processes/search/api';
import { backupsHoldUntil } from '@main/store/backup';
import { blobByHash, deleteUnusedBlobs } from '@main/store/blobs';
import { deleteDocument, documentById, setDocumentDeleted } from '@main/store/documents';
import { listVersions } from '@main/store/documentVersions';
import { emptyLog } from '@main/store/emptyLog';
import type { LibraryDocument } from '@shared/model';
import type { Blobs } from './blobs';
import { need, type Shelf, type ShelfDeps } from './shelf';

const removalLimitMs = 60_000;

/** Documents that go: into the bin and back, or for good. */
export const createBin = ({
  db,
  dataFolder,
  blobs,
  queue,
  search,
  shelf,
  now,
}: ShelfDeps & {
  dataFolder: string;
  blobs: Blobs;
  search: Pick<Helper<SearchApi>, 'call'>;
  shelf: Shelf;
  now: () => number;
}) => {
  /** Older versions of a document may still be at work besides its newest. */
  const stopReading = (id: string): Promise<void> =>
    queue.cancel(
      queue
        .jobs()
        .filter(({ documentId }) => documentId === id)
        .map((job) => job.id),
    );

  return {
    /** Out of sight and search at once; `restore` brings it back. A running reading of it is cancelled. */
    remove: async (id: string): Promise<void> => {
      setDocumentDeleted(db, shelf.document(id).id, now());
      shelf.published(id);
      await stopReading(id);
    },
    restore: (id: string): LibraryDocument => {
      const { title } = need(documentById(db, id, { deleted: true }), { documentId: id });
      const latest = listVersions(db, id)[0];
      db.transaction(() => {
        setDocumentDeleted(db, id, null);
        if (latest && (latest.state === 'cancelled' || latest.state === 'pending')) shelf.readAgain(latest.id, id, title);
      })();
      queue.wake();
      shelf.published(id);
      return shelf.document(id);
    },
    /**
     * Deletes a document for good: index, database (quotes of it in citations included), originals. Returns until when
     * backups keep it. The index goes first: if the search process cannot do it, nothing is reported as forgotten.
     */
    forget: async (id: string): Promise<{ backupsUntil: number | null }> => {
      need(documentById(db, id, { deleted: true }), { documentId: id });
      setDocumentDeleted(db, id, now());
      shelf.published(id);
      await stopReading(id);
      const versionIds = listVersions(db, id).map((version) => version.id);
      await search.call('removeVersions', { versionIds }, { timeLimitMs: removalLimitMs, timeoutCode: 'search.unavailable' });
      const unused = db.transaction(() => deleteUnusedBlobs(db, deleteDocument(db, id)))();
      // The same bytes may have been dropped again since the first of them was removed.
      for (const hash of unused) if (!blobByHash(db, hash)) blobs.remove(hash);
      // Freed pages are overwritten by secure_delete; the log may still hold the old ones until it is folded in.
      await emptyLog(db);
      shelf.published(id);
      return { backupsUntil: backupsHoldUntil(dataFolder) };
    },
  };
};
