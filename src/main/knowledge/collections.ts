import type { ChangeBus } from '@main/store/changes';
import {
  addAllToCollection,
  deleteCollection,
  documentIdsIn,
  insertCollection,
  listCollections,
  renameCollection,
  setCollections,
} from '@main/store/collections';
import type { WritableDb } from '@main/store/database';
import { emptyLog } from '@main/store/emptyLog';
import { type Collection, EmergenceError } from '@shared/model';
import { LRUCache } from 'lru-cache';
import type { LibraryContext } from './libraryContext';

/** Deleted collections that can be restored; they are in no file, so that a deleted name leaves none behind. */
const mostRestorable = 50;

/** Collections, and the documents in them. */
export const createCollections = ({
  db,
  changes,
  context,
  now,
}: {
  db: WritableDb;
  changes: ChangeBus;
  context: LibraryContext;
  now: () => number;
}) => {
  const removed = new LRUCache<string, { collection: Collection; documentIds: readonly string[] }>({ max: mostRestorable });
  return {
    collections: (): Collection[] => listCollections(db),
    createCollection: ({ id, name, origin = 'person' }: { id: string; name: string; origin?: Collection['origin'] }): Collection => {
      insertCollection(db, { id, name, origin }, now());
      changes.publish('collection', id);
      return context.collection(id);
    },
    /** Every file loses the old name of the collection at once. */
    renameCollection: async (id: string, name: string): Promise<Collection> => {
      renameCollection(db, id, name);
      changes.publish('collection', id);
      await emptyLog(db);
      return context.collection(id);
    },
    /** The documents stay; every file loses the name of the collection at once. */
    removeCollection: async (id: string): Promise<void> => {
      const gone = { collection: context.collection(id), documentIds: documentIdsIn(db, id) };
      deleteCollection(db, id);
      removed.set(id, gone);
      changes.publish('collection', id);
      changes.publish('document');
      await emptyLog(db);
    },
    /** Throws `not_found` for a collection that was not deleted since the program started. */
    restoreCollection: (id: string): Collection => {
      const gone = removed.get(id);
      if (!gone) throw new EmergenceError('not_found', { collectionId: id });
      db.transaction(() => {
        insertCollection(db, gone.collection, gone.collection.createdAt);
        addAllToCollection(db, id, gone.documentIds);
      })();
      removed.delete(id);
      changes.publish('collection', id);
      changes.publish('document');
      return context.collection(id);
    },
    /** Puts documents into exactly these collections. */
    assign: (ids: readonly string[], collectionIds: readonly string[]): void => {
      db.transaction(() => {
        for (const id of collectionIds) context.collection(id);
        for (const id of ids) setCollections(db, context.document(id).id, collectionIds);
      })();
      changes.publish('document', ...ids);
      changes.publish('collection');
    },
  };
};
