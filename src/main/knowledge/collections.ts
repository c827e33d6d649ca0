import type { ChangeBus } from '@main/store/changes';
import { deleteCollection, insertCollection, listCollections, renameCollection, setCollections } from '@main/store/collections';
import type { WritableDb } from '@main/store/database';
import { emptyLog } from '@main/store/emptyLog';
import { type Collection, EmergenceError } from '@shared/model';
import type { LibraryContext } from './libraryContext';

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
}) => ({
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
    if (!deleteCollection(db, id)) throw new EmergenceError('not_found', { collectionId: id });
    changes.publish('collection', id);
    changes.publish('document');
    await emptyLog(db);
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
});
