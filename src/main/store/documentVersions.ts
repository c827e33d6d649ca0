import { type DocumentVersion, documentVersionSchema, type ErrorRecord } from '@shared/model';
import type { ReadableDb, WritableDb } from './database';
import { readError, readRow } from './json';

interface VersionRow {
  id: string;
  document_id: string;
  ordinal: number;
  blob_hash: string;
  mime: string;
  size: number;
  parser: string | null;
  parser_version: string | null;
  lang: string | null;
  pages: number | null;
  characters: number | null;
  state: DocumentVersion['state'];
  error: string | null;
  created_at: number;
  current: number;
}
/** Null for a row that cannot be read. */
const toVersion = (row: VersionRow): DocumentVersion | null => {
  const entry = `document_versions ${row.id}`;
  const version: DocumentVersion = {
    id: row.id,
    documentId: row.document_id,
    ordinal: row.ordinal,
    current: row.current === 1,
    blobHash: row.blob_hash,
    mime: row.mime,
    size: row.size,
    parser: row.parser,
    parserVersion: row.parser_version,
    language: row.lang,
    pages: row.pages,
    characters: row.characters,
    state: row.state,
    error: readError(row.error, entry),
    createdAt: row.created_at,
  };
  return readRow(documentVersionSchema, version, entry, { state: 'failed' });
};
const versionQuery = `SELECT v.*, d.current_version IS v.id AS current FROM document_versions v JOIN documents d ON d.id = v.document_id`;

/** Newest first. */
export const listVersions = (db: ReadableDb, documentId: string): DocumentVersion[] =>
  db
    .prepare<[string], VersionRow>(`${versionQuery} WHERE v.document_id = ? ORDER BY v.ordinal DESC`)
    .all(documentId)
    .flatMap((row) => toVersion(row) ?? []);

export const versionById = (db: ReadableDb, id: string): DocumentVersion | null => {
  const row = db.prepare<[string], VersionRow>(`${versionQuery} WHERE v.id = ?`).get(id);
  return row ? toVersion(row) : null;
};

/** Adds the next version of a document, pending. */
export const insertVersion = (
  db: WritableDb,
  version: Pick<DocumentVersion, 'id' | 'documentId' | 'blobHash' | 'size' | 'mime'>,
  at: number,
): void => {
  db.prepare(
    `INSERT INTO document_versions(id, document_id, ordinal, blob_hash, size, mime, state, created_at)
     VALUES (@id, @documentId, (SELECT coalesce(max(ordinal), 0) + 1 FROM document_versions WHERE document_id = @documentId), @blobHash, @size, @mime, 'pending', @at)`,
  ).run({ id: version.id, documentId: version.documentId, blobHash: version.blobHash, size: version.size, mime: version.mime, at });
};

export const setVersionState = (db: WritableDb, id: string, state: DocumentVersion['state'], error: ErrorRecord | null): void => {
  db.prepare('UPDATE document_versions SET state = ?, error = ? WHERE id = ?').run(state, error ? JSON.stringify(error) : null, id);
};

/**
 * Makes an indexed version the one that answers; returns the one it takes over from. A version older than the current one
 * (two changes overtook each other) only becomes ready.
 */
export const makeCurrent = (db: WritableDb, versionId: string, at: number): string | null =>
  db.transaction((): string | null => {
    setVersionState(db, versionId, 'ready', null);
    const row = db
      .prepare<[string], { documentId: string; previous: string | null; newer: number }>(
        `SELECT d.id AS documentId, d.current_version AS previous, coalesce(p.ordinal, 0) < v.ordinal AS newer
         FROM document_versions v JOIN documents d ON d.id = v.document_id LEFT JOIN document_versions p ON p.id = d.current_version WHERE v.id = ?`,
      )
      .get(versionId);
    if (!row || row.newer === 0) return null;
    db.prepare('UPDATE documents SET current_version = ?, updated_at = ? WHERE id = ?').run(versionId, at, row.documentId);
    return row.previous;
  })();
