import type { DocumentVersion, LibraryDocument } from '@shared/model';
import type { ReadableDb, WritableDb } from './database';
import { foldedKeys, type TitleOrigin } from './documentNames';
import { type DocumentRow, documentQuery, type StoredDocument, toDocument } from './documentRows';
import { forgetSourcesOfVersion } from './turns';
import { deleteUploadsOfDocument } from './uploads';

/** Live documents only, unless `deleted` asks for those in the bin as well. */
export const documentById = (db: ReadableDb, id: string, { deleted = false } = {}): StoredDocument | null => {
  const row = db.prepare<[string], DocumentRow>(`${documentQuery} WHERE d.id = ? ${deleted ? '' : 'AND d.deleted_at IS NULL'}`).get(id);
  return row ? toDocument(db, row) : null;
};

export const insertDocument = (
  db: WritableDb,
  document: { id: string; title: string; source: string; titleOrigin?: TitleOrigin },
  at: number,
): void => {
  db.prepare(
    `INSERT INTO documents(id, title, source, title_origin, title_key, search_key, created_at, updated_at)
     VALUES (@id, @title, @source, @titleOrigin, @titleKey, @searchKey, @at, @at)`,
  ).run({ titleOrigin: 'program', ...document, ...foldedKeys(document.title, document.source), at });
};

export const setDocumentDeleted = (db: WritableDb, id: string, deletedAt: number | null): boolean =>
  db.prepare('UPDATE documents SET deleted_at = ? WHERE id = ?').run(deletedAt, id).changes > 0;

/** When a document was deleted; null for a live one. */
export const deletedAt = (db: ReadableDb, id: string): number | null =>
  db.prepare<[string], number | null>('SELECT deleted_at FROM documents WHERE id = ?').pluck().get(id) ?? null;

/** Hides a document and marks it to be deleted for good, even if this run is cut. */
export const setForgetting = (db: WritableDb, id: string, at: number): void => {
  db.prepare('UPDATE documents SET deleted_at = coalesce(deleted_at, ?), forgetting = 1 WHERE id = ?').run(at, id);
};

export const forgettingDocuments = (db: ReadableDb): string[] =>
  db.prepare<[], string>('SELECT id FROM documents WHERE forgetting = 1').pluck().all();

/** Live documents whose newest version has these bytes, the oldest first. */
export const documentsWithBlob = (db: ReadableDb, hash: string): { id: string; versionId: string; state: LibraryDocument['state'] }[] =>
  db
    .prepare<[string], { id: string; versionId: string; state: LibraryDocument['state'] }>(
      `SELECT d.id, v.id AS versionId, v.state FROM document_versions v JOIN documents d ON d.id = v.document_id
       WHERE v.blob_hash = ? AND d.deleted_at IS NULL AND v.ordinal = (SELECT max(ordinal) FROM document_versions WHERE document_id = d.id)
       ORDER BY d.created_at, d.id`,
    )
    .all(hash);

/**
 * Deletes a document and everything derived from it, also quotes in citations and stored sources; returns the hashes of its blobs.
 */
export const deleteDocument = (db: WritableDb, id: string, { uploads = true } = {}): string[] => {
  const versions = db
    .prepare<[string], Pick<DocumentVersion, 'id' | 'blobHash'>>(
      'SELECT id, blob_hash AS blobHash FROM document_versions WHERE document_id = ?',
    )
    .all(id);
  if (uploads) deleteUploadsOfDocument(db, id);
  for (const version of versions) {
    db.prepare(
      `UPDATE citations SET quote = '', title = '', place_label = '', heading_path = '[]', document_id = NULL WHERE version_id = ?`,
    ).run(version.id);
    db.prepare('DELETE FROM jobs WHERE subject_id = ?').run(version.id);
    forgetSourcesOfVersion(db, version.id);
  }
  db.prepare('DELETE FROM documents WHERE id = ?').run(id);
  return [...new Set(versions.map((version) => version.blobHash))];
};

/** Deletes a document whose versions were moved to another one. */
export const dropEmptyDocument = (db: WritableDb, id: string): void => {
  db.prepare('DELETE FROM documents WHERE id = ? AND NOT EXISTS (SELECT 1 FROM document_versions WHERE document_id = ?)').run(id, id);
};
