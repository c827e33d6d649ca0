import type { DocumentPins } from '@shared/model';
import { withinSql } from './collectionTree';
import type { ReadableDb, WritableDb } from './database';

/** The documents that are pinned to a collection. */
export const pinnedTo = (db: ReadableDb, collectionId: string): string[] =>
  db.prepare<[string], string>('SELECT document_id FROM document_pins WHERE collection_id = ?').pluck().all(collectionId);

/** Adds a pin to a document that is used in some places only; another one stays as it is. */
export const pinToCollection = (db: WritableDb, documentId: string, collectionId: string): void => {
  db.prepare('INSERT OR IGNORE INTO document_pins(document_id, collection_id) SELECT id, ? FROM documents WHERE id = ? AND apart = 1').run(
    collectionId,
    documentId,
  );
};

/** Sets the only places in which a document is used; null: everywhere. Places that do not exist are left out. */
export const setPins = (db: WritableDb, documentId: string, pins: DocumentPins | null): void => {
  db.transaction(() => {
    db.prepare('DELETE FROM document_pins WHERE document_id = ?').run(documentId);
    db.prepare('UPDATE documents SET apart = ? WHERE id = ?').run(pins === null ? 0 : 1, documentId);
    if (pins === null) return;
    db.prepare(
      `INSERT OR IGNORE INTO document_pins(document_id, collection_id)
       SELECT ?, c.id FROM json_each(?) wanted JOIN collections c ON c.id = wanted.value`,
    ).run(documentId, JSON.stringify(pins.collectionIds));
    db.prepare(
      `INSERT OR IGNORE INTO document_pins(document_id, conversation_id)
       SELECT ?, c.id FROM json_each(?) wanted JOIN conversations c ON c.id = wanted.value`,
    ).run(documentId, JSON.stringify(pins.conversationIds));
  })();
};

/** The asker of a question: a conversation, or another program (null). It is left out where the person looks through the library itself, in which all is found. */
export interface Asker {
  conversationId: string | null;
}

/** SQL that holds for a document `d` that an asker may use, with the parameters of `askerParams`. */
export const usableSql = `(d.apart = 0 OR EXISTS (SELECT 1 FROM document_pins p WHERE p.document_id = d.id
    AND (p.conversation_id = @conversation OR p.collection_id IN (${withinSql}))))`;

/** `collectionIds`: those that are asked; a pin to one of them, or to one below, lets the document pass. */
export const askerParams = ({ conversationId }: Asker, collectionIds: readonly string[]): { conversation: string; within: string } => ({
  conversation: conversationId ?? '',
  within: JSON.stringify(collectionIds),
});

export const notUsableSql = `SELECT d.current_version AS id FROM documents d
  WHERE d.apart = 1 AND d.deleted_at IS NULL AND d.current_version IS NOT NULL AND NOT ${usableSql}`;

/** The current versions of the live documents that an asker may not use in a question to the whole library. */
export const notUsableVersionIds = (db: ReadableDb, asker: Asker): string[] =>
  db.prepare<[ReturnType<typeof askerParams>], string>(notUsableSql).pluck().all(askerParams(asker, []));
