import type { Helper } from '@main/processes/helper';
import type { SearchApi } from '@main/processes/search/api';
import { noteForgotten } from '@main/store/backupRetention';
import { condemnUnusedBlobs } from '@main/store/blobOwners';
import type { WritableDb } from '@main/store/database';
import { membersOnlyIn, wentWithContainer } from '@main/store/documentMembers';
import { deleteDocument, deletedAt, documentById, forgettingDocuments, setDocumentDeleted, setForgetting } from '@main/store/documents';
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
  recognition,
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
  const stopReading = async (id: string): Promise<void> => {
    const jobIds = (): string[] =>
      queue
        .jobs()
        .filter(({ documentId }) => documentId === id)
        .map((job) => job.id);
    await recognition.cancel(jobIds());
    // A version of which some pages are recognised was queued to be read.
    await queue.cancel(jobIds());
  };

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
    /**
     * Hides a document from lists and search at once, with the documents that stand within it alone; `restore` brings them back. A
     * running ingestion is cancelled. Returns how many stood within it.
     */
    remove: async (id: string): Promise<{ members: number }> => {
      // Chosen beside its container, which took it along.
      if (wentWithContainer(db, id)) return { members: 0 };
      const all = [context.document(id).id, ...membersOnlyIn(db, id).filter((member) => documentById(db, member) !== null)];
      const at = now();
      db.transaction(() => {
        for (const one of all) setDocumentDeleted(db, one, at);
      })();
      for (const one of all) context.published(one);
      for (const one of all) await stopReading(one);
      return { members: all.length - 1 };
    },
    restore: (id: string): LibraryDocument => {
      need(documentById(db, id, { deleted: true }), { documentId: id });
      const forgetting = new Set(forgettingDocuments(db));
      if (forgetting.has(id)) throw new EmergenceError('not_found', { documentId: id });
      const at = deletedAt(db, id);
      // Members that were deleted by themselves stay so.
      const members = membersOnlyIn(db, id).filter((member) => at !== null && deletedAt(db, member) === at && !forgetting.has(member));
      const all = [id, ...members];
      db.transaction(() => {
        for (const one of all) {
          const latest = listVersions(db, one)[0];
          const title = documentById(db, one, { deleted: true })?.title ?? '';
          setDocumentDeleted(db, one, null);
          if (latest && (latest.state === 'cancelled' || latest.state === 'pending')) context.readAgain(latest.id, one, title);
        }
      })();
      queue.wake();
      for (const one of all) context.published(one);
      return context.document(id);
    },
    /**
     * Deletes a document for good, with those that stand within it alone: index, database (quotes of it in citations included),
     * originals. Returns the time until which backups keep it. The index goes first: if the search process cannot delete it, nothing is
     * reported as forgotten.
     */
    forget: async (id: string): Promise<{ backupsUntil: number | null }> => {
      need(documentById(db, id, { deleted: true }), { documentId: id });
      const all = [...membersOnlyIn(db, id), id];
      const at = now();
      db.transaction(() => {
        for (const one of all) setForgetting(db, one, at);
      })();
      for (const one of all) context.published(one);
      let backupsUntil: number | null = null;
      for (const one of all) backupsUntil = await forget(one);
      return { backupsUntil };
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
