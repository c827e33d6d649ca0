import { type Collection, type CollectionColour, collectionSchema } from '@shared/model';
import type { ReadableDb, WritableDb } from './database';
import { readRow } from './json';

interface CollectionRow {
  id: string;
  name: string;
  parent_id: string | null;
  colour: CollectionColour | null;
  origin: Collection['origin'];
  created_at: number;
  documents: number;
}
/** Null for a row that cannot be read. */
const toCollection = (row: CollectionRow): Collection | null => {
  const collection: Collection = {
    id: row.id,
    name: row.name,
    parentId: row.parent_id,
    colour: row.colour,
    origin: row.origin,
    documents: row.documents,
    createdAt: row.created_at,
  };
  return readRow(collectionSchema, collection, `collections ${row.id}`, { origin: 'person', parentId: null, colour: null });
};
export const collectionColumns = `c.id, c.name, c.parent_id, c.colour, c.origin, c.created_at,
  (WITH RECURSIVE within(id, n) AS (SELECT c.id, 1 UNION SELECT o.id, n + 1 FROM within JOIN collections o ON o.parent_id = within.id WHERE n < 10)
   SELECT count(DISTINCT d.id) FROM within CROSS JOIN document_collections m ON m.collection_id = within.id
     JOIN documents d ON d.id = m.document_id WHERE d.deleted_at IS NULL) AS documents`;

/** In the order they were made, each with the number of its live documents. */
export const listCollections = (db: ReadableDb): Collection[] =>
  db
    .prepare<[], CollectionRow>(`SELECT ${collectionColumns} FROM collections c ORDER BY c.created_at, c.id`)
    .all()
    .flatMap((row) => toCollection(row) ?? []);

export const collectionById = (db: ReadableDb, id: string): Collection | null => {
  const row = db.prepare<[string], CollectionRow>(`SELECT ${collectionColumns} FROM collections c WHERE c.id = ?`).get(id);
  return row ? toCollection(row) : null;
};

/** A new collection; without more it lies at the top and has no colour. */
export type NewCollection = Pick<Collection, 'id' | 'name' | 'origin'> & Partial<Pick<Collection, 'parentId' | 'colour'>>;

/**
 * Inserts a collection; an id that exists already changes nothing. Throws where the parent does not exist or lies too deep.
 */
export const insertCollection = (db: WritableDb, { id, name, origin, parentId = null, colour = null }: NewCollection, at: number): void => {
  if (db.prepare('SELECT 1 FROM collections WHERE id = ?').get(id)) return;
  db.prepare('INSERT INTO collections(id, parent_id, name, colour, origin, created_at) VALUES (?, ?, ?, ?, ?, ?)').run(
    id,
    parentId,
    name,
    colour,
    origin,
    at,
  );
};

export const renameCollection = (db: WritableDb, id: string, name: string): boolean =>
  db.prepare('UPDATE collections SET name = ? WHERE id = ?').run(name, id).changes > 0;

export const colourCollection = (db: WritableDb, id: string, colour: CollectionColour | null): boolean =>
  db.prepare('UPDATE collections SET colour = ? WHERE id = ?').run(colour, id).changes > 0;

/** Puts a collection into another one, or at the top. Throws for a circle, and where it would lie too deep. */
export const moveCollection = (db: WritableDb, id: string, parentId: string | null): boolean =>
  db.prepare('UPDATE collections SET parent_id = ? WHERE id = ?').run(parentId, id).changes > 0;

/** The ids of the collections that lie directly in one. */
export const childIds = (db: ReadableDb, id: string): string[] =>
  db.prepare<[string], string>('SELECT id FROM collections WHERE parent_id = ?').pluck().all(id);

/** The ids of all documents directly in a collection, those in the bin included. */
export const documentIdsIn = (db: ReadableDb, collectionId: string): string[] =>
  db.prepare<[string], string>('SELECT document_id FROM document_collections WHERE collection_id = ?').pluck().all(collectionId);

/** Adds those of the documents that exist to a collection. */
export const addAllToCollection = (db: WritableDb, collectionId: string, documentIds: readonly string[]): void => {
  db.prepare(
    `INSERT OR IGNORE INTO document_collections(document_id, collection_id)
     SELECT d.id, ? FROM json_each(?) wanted JOIN documents d ON d.id = wanted.value`,
  ).run(collectionId, JSON.stringify(documentIds));
};

/** Deletes a collection; its documents stay, and the collections in it move up to where it lay. */
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
