import type { ChangeBus } from '@main/store/changes';
import { deleteCollection, insertCollection, listCollections, renameCollection, setCollections } from '@main/store/collections';
import type { WritableDb } from '@main/store/database';
import { type Collection, EmergenceError } from '@shared/model';
import type { Shelf } from './shelf';

/** Collections, and which documents stand in them. */
export const createCollections = ({
  db,
  changes,
  shelf,
  now,
}: {
  db: WritableDb;
  changes: ChangeBus;
  shelf: Shelf;
  now: () => number;
}) => ({
  collections: (): Collection[] => listCollections(db),
  createCollection: ({ id, name, origin = 'person' }: { id: string; name: string; origin?: Collection['origin'] }): Collection => {
    insertCollection(db, { id, name, origin }, now());
    changes.publish('collection', id);
    return shelf.collection(id);
  },
  renameCollection: (id: string, name: string): Collection => {
    renameCollection(db, id, name);
    changes.publish('collection', id);
    return shelf.collection(id);
  },
  /** Its documents stay. */
  removeCollection: (id: string): void => {
    if (!deleteCollection(db, id)) throw new EmergenceError('not_found', { collectionId: id });
    changes.publish('collection', id);
    changes.publish('document');
  },
  /** Puts documents into exactly these collections. */
  assign: (ids: readonly string[], collectionIds: readonly string[]): void => {
    db.transaction(() => {
      for (const id of collectionIds) shelf.collection(id);
      for (const id of ids) setCollections(db, shelf.document(id).id, collectionIds);
    })();
    changes.publish('document', ...ids);
    changes.publish('collection');
  },
});
