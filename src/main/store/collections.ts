import { type Collection, collectionSchema } from '@shared/model';
import type { ReadableDb, WritableDb } from './database';
import { readRow } from './json';

interface CollectionRow {
  id: string;
  name: string;
  origin: Collection['origin'];
  created_at: number;
  documents: number;
}
/** Null for a row that cannot be read. */
const toCollection = (row: CollectionRow): Collection | null => {
  const collection: Collection = {
    id: row.id,
    name: row.name,
    origin: row.origin,
    documents: row.documents,
    createdAt: row.created_at,
  };
  return readRow(collectionSchema, collection, `collections ${row.id}`, { origin: 'person' });
};
const columns = `c.id, c.name, c.origin, c.created_at,
  (SELECT count(*) FROM document_collections m JOIN documents d ON d.id = m.document_id WHERE m.collection_id = c.id AND d.deleted_at IS NULL) AS documents`;

/** In the order they were made, each with the number of its live documents. */
export const listCollections = (db: ReadableDb): Collection[] =>
  db
    .prepare<[], CollectionRow>(`SELECT ${columns} FROM collections c ORDER BY c.created_at, c.id`)
    .all()
    .flatMap((row) => toCollection(row) ?? []);

export const collectionById = (db: ReadableDb, id: string): Collection | null => {
  const row = db.prepare<[string], CollectionRow>(`SELECT ${columns} FROM collections c WHERE c.id = ?`).get(id);
  return row ? toCollection(row) : null;
};

/** Inserts a collection; an id that exists already changes nothing. */
export const insertCollection = (db: WritableDb, collection: Pick<Collection, 'id' | 'name' | 'origin'>, at: number): void => {
  db.prepare('INSERT OR IGNORE INTO collections(id, parent_id, name, origin, created_at) VALUES (?, NULL, ?, ?, ?)').run(
    collection.id,
    collection.name,
    collection.origin,
    at,
  );
};

export const renameCollection = (db: WritableDb, id: string, name: string): boolean =>
  db.prepare('UPDATE collections SET name = ? WHERE id = ?').run(name, id).changes > 0;

/** The ids of all documents in a collection, those in the bin included. */
export const documentIdsIn = (db: ReadableDb, collectionId: string): string[] =>
  db.prepare<[string], string>('SELECT document_id FROM document_collections WHERE collection_id = ?').pluck().all(collectionId);

/** Adds those of the documents that exist to a collection. */
export const addAllToCollection = (db: WritableDb, collectionId: string, documentIds: readonly string[]): void => {
  db.prepare(
    `INSERT OR IGNORE INTO document_collections(document_id, collection_id)
     SELECT d.id, ? FROM json_each(?) wanted JOIN documents d ON d.id = wanted.value`,
  ).run(collectionId, JSON.stringify(documentIds));
};

/** Deletes a collection; its documents stay. */
export const deleteCollection = (db: WritableDb, id: string): boolean =>
  db.prepare('DELETE FROM collections WHERE id = ?').run(id).changes > 0;

export const addToCollection = (db: WritableDb, documentId: string, collectionId: string): boolean =>
  db.prepare('INSERT OR IGNORE INTO document_collections(document_id, collection_id) VALUES (?, ?)').run(documentId, collectionId).changes >
  0;

/** Puts a document into exactly these collections; ids that do not exist are skipped. */
export const setCollections = (db: WritableDb, documentId: string, collectionIds: readonly string[]): void => {
  db.prepare('DELETE FROM document_collections WHERE document_id = ?').run(documentId);
  for (const id of collectionIds) if (collectionById(db, id)) addToCollection(db, documentId, id);
};
