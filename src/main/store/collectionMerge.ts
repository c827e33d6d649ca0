import { z } from 'zod';
import {
  addAllToCollection,
  childIds,
  deleteCollection,
  documentIdsIn,
  insertCollection,
  moveCollection,
  type NewCollection,
} from './collections';
import type { ReadableDb, WritableDb } from './database';
import { parseJson } from './json';

const chosenSchema = z.looseObject({ collectionIds: z.array(z.string()) });

/** The tables whose rows choose collections in a JSON cell, by its `collectionIds`. */
const choosers = [
  { table: 'conversations', key: 'id', cell: 'settings' },
  { table: 'debates', key: 'conversation_id', cell: 'config' },
] as const;
type Chooser = (typeof choosers)[number];

/** The changes of a merge, by which it is taken back. */
export interface CollectionMerge {
  collection: NewCollection & { createdAt: number };
  intoId: string;
  documentIds: string[];
  /** Those of them that the other collection did not have. */
  addedIds: string[];
  childIds: string[];
  /** Documents that were pinned to the merged collection, and those of them that were not pinned to the other one. */
  pinnedIds: string[];
  addedPins: string[];
  folderIds: string[];
  chosenBy: { chooser: Chooser; id: string; alsoInto: boolean }[];
}

const ids = (db: ReadableDb, sql: string, id: string): string[] => db.prepare<[string], string>(sql).pluck().all(id);

/** Changes the `collectionIds` of a cell of JSON; a cell that cannot be read stays as it is. */
const rechoose = (db: WritableDb, { table, key, cell }: Chooser, id: string, change: (chosen: string[]) => string[]): void => {
  const text = db.prepare<[string], string>(`SELECT ${cell} FROM ${table} WHERE ${key} = ?`).pluck().get(id);
  const read = chosenSchema.safeParse(text === undefined ? null : parseJson(text));
  if (!read.success) return;
  const chosen = [...new Set(change(read.data.collectionIds))];
  db.prepare(`UPDATE ${table} SET ${cell} = ? WHERE ${key} = ?`).run(JSON.stringify({ ...read.data, collectionIds: chosen }), id);
};

/** Conversations and debates that choose a collection. Reads all of them: it is asked once for each merge, and no index knows. */
const chosenBy = (db: ReadableDb, id: string, intoId: string): CollectionMerge['chosenBy'] =>
  choosers.flatMap((chooser) =>
    db
      .prepare<[string], { key: string; cell: string }>(
        `SELECT ${chooser.key} AS key, ${chooser.cell} AS cell FROM ${chooser.table} WHERE instr(${chooser.cell}, ?) > 0`,
      )
      .all(id)
      .map(({ key, cell }) => ({ chooser, id: key, alsoInto: cell.includes(intoId) })),
  );

/**
 * Moves all that a collection holds and all that names it to another one, and deletes it. To be called within a transaction. Throws where
 * a collection would come to lie within itself or too deep.
 */
export const mergeCollections = (db: WritableDb, collection: CollectionMerge['collection'], intoId: string): CollectionMerge => {
  const { id } = collection;
  const documentIds = documentIdsIn(db, id);
  const before = new Set(documentIdsIn(db, intoId));
  const pinnedIds = ids(db, 'SELECT document_id FROM document_pins WHERE collection_id = ?', id);
  const pinned = new Set(ids(db, 'SELECT document_id FROM document_pins WHERE collection_id = ?', intoId));
  const merge: CollectionMerge = {
    collection,
    intoId,
    documentIds,
    addedIds: documentIds.filter((one) => !before.has(one)),
    childIds: childIds(db, id),
    pinnedIds,
    addedPins: pinnedIds.filter((one) => !pinned.has(one)),
    folderIds: ids(db, 'SELECT id FROM watched_folders WHERE collection_id = ?', id),
    chosenBy: chosenBy(db, id, intoId),
  };
  for (const child of merge.childIds) moveCollection(db, child, intoId);
  addAllToCollection(db, intoId, merge.addedIds);
  for (const documentId of merge.addedPins)
    db.prepare('INSERT INTO document_pins(document_id, collection_id) VALUES (?, ?)').run(documentId, intoId);
  db.prepare('UPDATE watched_folders SET collection_id = ? WHERE collection_id = ?').run(intoId, id);
  db.prepare("UPDATE uploads SET collection_id = ? WHERE collection_id = ? AND state <> 'done'").run(intoId, id);
  for (const { chooser, id: key } of merge.chosenBy)
    rechoose(db, chooser, key, (chosen) => chosen.map((one) => (one === id ? intoId : one)));
  deleteCollection(db, id);
  return merge;
};

/** Takes a merge back, as far as what it moved is still where it moved it. To be called within a transaction. */
export const unmergeCollections = (db: WritableDb, merge: CollectionMerge): void => {
  const { collection, intoId } = merge;
  insertCollection(db, collection, collection.createdAt);
  for (const child of merge.childIds)
    db.prepare('UPDATE collections SET parent_id = ? WHERE id = ? AND parent_id = ?').run(collection.id, child, intoId);
  addAllToCollection(db, collection.id, merge.documentIds);
  const out = db.prepare('DELETE FROM document_collections WHERE collection_id = ? AND document_id = ?');
  for (const documentId of merge.addedIds) out.run(intoId, documentId);
  const pin = db.prepare(
    'INSERT OR IGNORE INTO document_pins(document_id, collection_id) SELECT id, ? FROM documents WHERE id = ? AND apart = 1',
  );
  for (const documentId of merge.pinnedIds) pin.run(collection.id, documentId);
  const unpin = db.prepare('DELETE FROM document_pins WHERE collection_id = ? AND document_id = ?');
  for (const documentId of merge.addedPins) unpin.run(intoId, documentId);
  for (const folderId of merge.folderIds)
    db.prepare('UPDATE watched_folders SET collection_id = ? WHERE id = ? AND collection_id = ?').run(collection.id, folderId, intoId);
  for (const { chooser, id, alsoInto } of merge.chosenBy)
    rechoose(db, chooser, id, (chosen) =>
      chosen.includes(intoId) ? [...chosen.filter((one) => alsoInto || one !== intoId), collection.id] : chosen,
    );
};
