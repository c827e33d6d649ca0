import type { ReadableDb } from './database';

/** The numbers of live documents, of their versions, and of the passages of those that answer. */
export const libraryNumbers = (db: ReadableDb): { documents: number; versions: number; passages: number } =>
  db
    .prepare<[], { documents: number; versions: number; passages: number }>(
      `SELECT (SELECT count(*) FROM documents WHERE deleted_at IS NULL) AS documents, (SELECT count(*) FROM document_versions) AS versions,
         (SELECT coalesce(sum(passages), 0) FROM documents WHERE deleted_at IS NULL AND current_version IS NOT NULL) AS passages`,
    )
    .get() ?? { documents: 0, versions: 0, passages: 0 };

/** The live documents whose originals are largest, the largest first. */
export const largestDocuments = (db: ReadableDb, limit: number): { id: string; title: string; bytes: number }[] =>
  db
    .prepare<[number], { id: string; title: string; bytes: number }>(
      'SELECT id, title, size AS bytes FROM documents WHERE deleted_at IS NULL ORDER BY size DESC, id DESC LIMIT ?',
    )
    .all(limit);

/** The live documents that can be found, with their current versions, the newest first. */
export const searchableVersions = (db: ReadableDb): { documentId: string; versionId: string; title: string }[] =>
  db
    .prepare<[], { documentId: string; versionId: string; title: string }>(
      `SELECT id AS documentId, current_version AS versionId, title FROM documents
       WHERE deleted_at IS NULL AND current_version IS NOT NULL ORDER BY updated_at DESC, id DESC`,
    )
    .all();
