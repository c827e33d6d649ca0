import type { ChangeBus } from '@main/store/changes';
import { type CollectionMerge, mergeCollections, unmergeCollections } from '@main/store/collectionMerge';
import {
  addAllToCollection,
  childIds,
  colourCollection,
  deleteCollection,
  documentIdsIn,
  insertCollection,
  listCollections,
  moveCollection,
  type NewCollection,
  renameCollection,
  setCollections,
} from '@main/store/collections';
import type { WritableDb } from '@main/store/database';
import { pinnedTo, pinToCollection } from '@main/store/documentPins';
import { emptyLog } from '@main/store/emptyLog';
import { type Collection, type CollectionColour, EmergenceError } from '@shared/model';
import { LRUCache } from 'lru-cache';
import type { LibraryContext } from './libraryContext';

/** Deleted and merged collections that can be restored; they are in no file, so that a deleted name leaves none behind. */
const mostRestorable = 50;

/** A collection that was deleted with what it held, or merged. */
type Gone =
  | { by: 'removal'; collection: Collection; documentIds: readonly string[]; childIds: readonly string[]; pinnedIds: readonly string[] }
  | { by: 'merge'; merge: CollectionMerge };

/** The rules of the tree of collections, which the database holds, as an error of the request. */
const inTree = <T>(change: () => T): T => {
  try {
    return change();
  } catch (error) {
    const [, reason] = /^collection\.(parent|circle|depth)$/.exec(error instanceof Error ? error.message : '') ?? [];
    throw reason ? new EmergenceError('input.invalid', { reason: `collection_${reason}` }, { cause: error }) : error;
  }
};

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
  const gone = new LRUCache<string, Gone>({ max: mostRestorable });
  const changed = (id: string): Collection => {
    changes.publish('collection', id);
    return context.collection(id);
  };
  const restored = (id: string, restore: () => void): Collection => {
    inTree(() => db.transaction(restore)());
    gone.delete(id);
    changes.publish('document');
    return changed(id);
  };
  return {
    collections: (): Collection[] => listCollections(db),
    /** Throws `input.invalid` where the parent does not exist or lies too deep. */
    createCollection: ({
      origin = 'person',
      ...made
    }: Omit<NewCollection, 'origin'> & Partial<Pick<NewCollection, 'origin'>>): Collection => {
      inTree(() => insertCollection(db, { ...made, origin }, now()));
      return changed(made.id);
    },
    /** Every file loses the old name of the collection at once. */
    renameCollection: async (id: string, name: string): Promise<Collection> => {
      renameCollection(db, id, name);
      changes.publish('collection', id);
      await emptyLog(db);
      return context.collection(id);
    },
    colourCollection: (id: string, colour: CollectionColour | null): Collection => {
      colourCollection(db, id, colour);
      return changed(id);
    },
    /** Puts a collection into another one, or at the top. Throws `input.invalid` for a circle, and where it would lie too deep. */
    moveCollection: (id: string, parentId: string | null): Collection => {
      inTree(() => moveCollection(db, id, parentId));
      return changed(id);
    },
    /**
     * Puts all that a collection holds into another one and deletes it; a document in both is there once. No document is joined with
     * another. `restoreCollection` takes it back.
     */
    mergeCollections: async (id: string, intoId: string): Promise<Collection> => {
      const from = context.collection(id);
      const into = context.collection(intoId);
      if (id === intoId) throw new EmergenceError('input.invalid', { reason: 'collection_circle' });
      const merge = inTree(() => db.transaction(() => mergeCollections(db, from, into.id))());
      gone.set(id, { by: 'merge', merge });
      changes.publish('collection', id, intoId);
      changes.publish('document');
      changes.publish('folder');
      changes.publish('conversation');
      await emptyLog(db);
      return context.collection(intoId);
    },
    /** The documents stay, and the collections in it move up; every file loses the name of the collection at once. */
    removeCollection: async (id: string): Promise<void> => {
      const collection = context.collection(id);
      const held = { documentIds: documentIdsIn(db, id), childIds: childIds(db, id), pinnedIds: pinnedTo(db, id) };
      deleteCollection(db, id);
      gone.set(id, { by: 'removal', collection, ...held });
      changes.publish('collection', id);
      changes.publish('document');
      await emptyLog(db);
    },
    /** Restores a deleted or merged collection. Throws `not_found` for one that was neither since the program started. */
    restoreCollection: (id: string): Collection => {
      const was = gone.get(id);
      if (!was) throw new EmergenceError('not_found', { collectionId: id });
      if (was.by === 'merge')
        return restored(id, () => {
          unmergeCollections(db, was.merge);
          changes.publish('folder');
          changes.publish('conversation');
        });
      return restored(id, () => {
        const { parentId } = was.collection;
        const isThere = parentId !== null && listCollections(db).some((each) => each.id === parentId);
        insertCollection(db, { ...was.collection, parentId: isThere ? parentId : null }, was.collection.createdAt);
        const inPlace = new Set(listCollections(db).flatMap((each) => (each.parentId === parentId ? [each.id] : [])));
        for (const child of was.childIds) if (inPlace.has(child)) moveCollection(db, child, id);
        addAllToCollection(db, id, was.documentIds);
        for (const documentId of was.pinnedIds) pinToCollection(db, documentId, id);
      });
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
