import type { ReadableDb } from './database';

/** The current versions of live documents, chosen by the documents' ids or by their collections. */
export const currentVersionIds = (db: ReadableDb, documentIds: readonly string[], collectionIds: readonly string[]): string[] =>
  db
    .prepare<[string, string], { id: string }>(
      `SELECT d.current_version AS id FROM documents d WHERE d.id IN (
         SELECT value FROM json_each(?) UNION SELECT m.document_id FROM document_collections m WHERE m.collection_id IN (SELECT value FROM json_each(?))
       ) AND d.deleted_at IS NULL AND d.current_version IS NOT NULL`,
    )
    .all(JSON.stringify(documentIds), JSON.stringify(collectionIds))
    .map((row) => row.id);

/** Current versions of the pages of the guide that are still in its collection. */
export const guideVersionIds = (db: ReadableDb): string[] =>
  db
    .prepare<[], { id: string }>(
      `SELECT DISTINCT d.current_version AS id FROM documents d
       JOIN document_collections m ON m.document_id = d.id JOIN collections c ON c.id = m.collection_id
       WHERE c.origin = 'guide' AND d.source LIKE 'guide/%' AND d.deleted_at IS NULL AND d.current_version IS NOT NULL`,
    )
    .all()
    .map((row) => row.id);

/** How many live documents can be found: those with a current version. */
export const countSearchable = (db: ReadableDb, collectionIds: readonly string[]): number =>
  (collectionIds.length > 0
    ? db
        .prepare<[string], { count: number }>(
          `SELECT count(DISTINCT d.id) AS count FROM document_collections m JOIN documents d ON d.id = m.document_id
           WHERE m.collection_id IN (SELECT value FROM json_each(?)) AND d.deleted_at IS NULL AND d.current_version IS NOT NULL`,
        )
        .get(JSON.stringify(collectionIds))
    : db
        .prepare<[], { count: number }>('SELECT count(*) AS count FROM documents WHERE deleted_at IS NULL AND current_version IS NOT NULL')
        .get()
  )?.count ?? 0;
