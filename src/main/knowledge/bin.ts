import type { Helper } from '@main/processes/helper';
import type { SearchApi } from '@main/processes/search/api';
import { noteForgotten } from '@main/store/backupRetention';
import { condemnUnusedBlobs } from '@main/store/blobOwners';
import type { WritableDb } from '@main/store/database';
import { deleteDocument, documentById, forgettingDocuments, setDocumentDeleted, setForgetting } from '@main/store/documents';
import { listVersions, versionIdsOf } from '@main/store/documentVersions';
import { emptyLog } from '@main/store/emptyLog';
import { deleteUnreadable, unreadableDocument, unreadableDocuments } from '@main/store/unreadableDocuments';
import { EmergenceError, type LibraryDocument, type UnreadableDocument } from '@shared/model';
import { type LibraryContext, type LibraryContextDeps, need } from './libraryContext';
import type { Originals } from './originals';

const removalLimitMs = 60_000;

/** Deletes documents: moves them to the bin and back, or deletes them for good. */
export const createBin = ({
  db,
  dataFolder,
  originals,
  queue,
  search,
  context,
  now,
}: LibraryContextDeps & {
  dataFolder: string;
  originals: Pick<Originals, 'isMissing' | 'note' | 'removeCondemned'>;
  search: Pick<Helper<SearchApi>, 'call'>;
  context: LibraryContext;
  now: () => number;
}) => {
  /** Older versions of a document may still be in the queue besides its newest. */
  const stopReading = (id: string): Promise<void> =>
    queue.cancel(
      queue
        .jobs()
        .filter(({ documentId }) => documentId === id)
        .map((job) => job.id),
    );

  /** Deletes everything of a document. After a kill the next start finishes the deletion, because the request is stored. */
  const forget = async (id: string, take: (db: WritableDb, id: string) => string[] = deleteDocument): Promise<number | null> => {
    await stopReading(id);
    const versionIds = versionIdsOf(db, id);
    await search.call('removeVersions', { versionIds }, { timeLimitMs: removalLimitMs, timeoutCode: 'search.unavailable' });
    const backupsUntil = noteForgotten(dataFolder);
    db.transaction(() => condemnUnusedBlobs(db, take(db, id)))();
    originals.removeCondemned();
    // Freed pages are overwritten by secure_delete; the log may still hold the old ones until it is folded in.
    await emptyLog(db);
    context.published(id);
    return backupsUntil;
  };

  let unreadableCount = 0;
  const unreadable = (): UnreadableDocument[] => {
    const found = unreadableDocuments(db);
    unreadableCount = found.length;
    return found;
  };

  return {
    /** Hides a document from lists and search at once; `restore` brings it back. A running ingestion is cancelled. */
    remove: async (id: string): Promise<void> => {
      setDocumentDeleted(db, context.document(id).id, now());
      context.published(id);
      await stopReading(id);
    },
    restore: (id: string): LibraryDocument => {
      const { title } = need(documentById(db, id, { deleted: true }), { documentId: id });
      if (forgettingDocuments(db).includes(id)) throw new EmergenceError('not_found', { documentId: id });
      const latest = listVersions(db, id)[0];
      db.transaction(() => {
        setDocumentDeleted(db, id, null);
        if (latest && (latest.state === 'cancelled' || latest.state === 'pending')) context.readAgain(latest.id, id, title);
      })();
      queue.wake();
      context.published(id);
      return context.document(id);
    },
    /**
     * Deletes a document for good: index, database (quotes of it in citations included), originals. Returns the time until which
     * backups keep it. The index goes first: if the search process cannot delete it, nothing is reported as forgotten.
     */
    forget: async (id: string): Promise<{ backupsUntil: number | null }> => {
      need(documentById(db, id, { deleted: true }), { documentId: id });
      setForgetting(db, id, now());
      context.published(id);
      return { backupsUntil: await forget(id) };
    },
    /** Documents whose entry is damaged: no list shows them. */
    unreadable,
    /** Their number at the last count: counted at start, and whenever they are listed. */
    unreadableCount: () => unreadableCount,
    /** Deletes the rest of such a document for good. Throws `not_found` when the entry no longer exists or can be read. */
    forgetUnreadable: async (key: string): Promise<{ backupsUntil: number | null }> => {
      const { id } = need(unreadableDocument(db, key), { key });
      setForgetting(db, id, now());
      const backupsUntil = await forget(id, deleteUnreadable);
      unreadable();
      return { backupsUntil };
    },
    /** At start: finishes deletions that the end of the last run cut, and counts damaged entries. */
    finishForgetting: async (): Promise<void> => {
      originals.removeCondemned();
      for (const id of forgettingDocuments(db)) await forget(id, deleteUnreadable);
      for (const { key } of unreadable()) context.published(key);
    },
  };
};
