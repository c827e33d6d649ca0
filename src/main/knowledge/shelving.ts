import type { ChangeBus } from '@main/store/changes';
import type { WritableDb } from '@main/store/database';
import { type DocumentEdit, editDocument, factsRead, resetTitle } from '@main/store/documentEdits';
import { documentFacets } from '@main/store/documentFacets';
import { renameDocument } from '@main/store/documentNames';
import { setPins } from '@main/store/documentPins';
import { emptyLog } from '@main/store/emptyLog';
import { type GoneTag, listTags, removeTag, renameTag, restoreTag, tagById, tagDocuments } from '@main/store/tags';
import { type DocumentPins, EmergenceError, type LibraryDocument, type Tag } from '@shared/model';
import { LRUCache } from 'lru-cache';
import type { IngestQueue } from './ingestQueue';
import type { LibraryContext } from './libraryContext';
import { cleanName } from './sources';

/** Removed and merged tags that can be restored; they are in no file, so that a deleted name leaves none behind. */
const mostRestorable = 50;

/** The tags of documents, the facts that the person writes about them, and the places in which they are used. */
export const createShelving = ({
  db,
  changes,
  context,
  queue,
  now,
}: {
  db: WritableDb;
  changes: ChangeBus;
  context: LibraryContext;
  queue: Pick<IngestQueue, 'reconcile'>;
  now: () => number;
}) => {
  const gone = new LRUCache<string, GoneTag>({ max: mostRestorable });
  const documentsChanged = (): void => changes.publish('document');
  const need = <T>(found: T | null, tagId: string): T => {
    if (found === null) throw new EmergenceError('not_found', { tagId });
    return found;
  };
  const rename = (id: string, title: string): void => {
    if (!renameDocument(db, id, cleanName(title).trim() || title, now())) throw new EmergenceError('not_found', { documentId: id });
    context.published(id);
    // Passages are also found by the title of their document.
    queue.reconcile();
  };
  return {
    tags: (): Tag[] => listTags(db),
    /** Adds tags to documents and takes others off. Throws `not_found` where a document does not exist. */
    tag: (ids: readonly string[], change: { add: readonly string[]; remove: readonly string[] }): void => {
      for (const id of ids) context.document(id);
      tagDocuments(db, ids, change, now());
      changes.publish('document', ...ids);
    },
    /** Renames a tag everywhere; a name that another tag has makes the two one. Every file loses the old name at once. */
    renameTag: async (id: string, name: string): Promise<Tag> => {
      const renamed = need(renameTag(db, id, name), id);
      if (renamed.gone) gone.set(id, renamed.gone);
      documentsChanged();
      await emptyLog(db);
      return need(tagById(db, renamed.id), id);
    },
    /** Takes a tag off all documents; every file loses its name at once. */
    removeTag: async (id: string): Promise<void> => {
      gone.set(id, need(removeTag(db, id), id));
      documentsChanged();
      await emptyLog(db);
    },
    /** Brings back a tag that was removed or merged since the program started; else throws `not_found`. */
    restoreTag: (id: string): void => {
      restoreTag(db, need(gone.get(id) ?? null, id), now());
      gone.delete(id);
      documentsChanged();
    },
    facets: () => documentFacets(db),
    rename: (id: string, title: string): LibraryDocument => {
      rename(id, title);
      return context.document(id);
    },
    /** Writes facts about a document in place of those that were read: null takes back what was written. */
    edit: (id: string, { title, ...facts }: DocumentEdit & { title?: string | null | undefined }): LibraryDocument => {
      const before = context.document(id);
      editDocument(db, id, facts, now());
      if (title === null) {
        if (resetTitle(db, id)) queue.reconcile();
      } else if (title !== undefined && title !== before.title) rename(id, title);
      context.published(id);
      return context.document(id);
    },
    /** The same facts as the file has them. */
    factsRead: (id: string) => factsRead(db, context.document(id).id),
    /** Sets the only places in which documents are used; null: everywhere. */
    pin: (ids: readonly string[], pins: DocumentPins | null): void => {
      for (const id of ids) context.document(id);
      db.transaction(() => {
        for (const id of ids) setPins(db, id, pins);
      })();
      changes.publish('document', ...ids);
    },
  };
};
