import {
  type DocumentVersion,
  documentFormats,
  documentVersionSchema,
  type ErrorRecord,
  type TextEncoding,
  textEncodingNames,
  type WebPage,
  webPageSchema,
} from '@shared/model';
import { z } from 'zod';
import type { ReadableDb, WritableDb } from './database';
import { readError, readJson, readRow } from './json';
import { moveSourcesOfVersion } from './turns';

interface VersionRow {
  id: string;
  document_id: string;
  ordinal: number;
  blob_hash: string;
  mime: string;
  format: string | null;
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
  decision: DocumentVersion['decision'];
  source: string;
  encoding: string | null;
  meta: string;
  address: string | null;
  final_address: string;
  fetched_at: number;
  checked_at: number;
  web_error: string | null;
}

const noAbout = { byline: null, site: null, published: null };
const aboutSchema = z.object({ about: webPageSchema.pick({ byline: true, site: true, published: true }).default(noAbout) });

/** The page of the web that a version is; null for any other document. */
const webOf = (row: VersionRow, entry: string): WebPage | null =>
  row.address === null
    ? null
    : {
        address: row.address,
        finalAddress: row.final_address,
        fetchedAt: row.fetched_at,
        checkedAt: row.checked_at,
        error: readError(row.web_error, entry),
        ...readJson(aboutSchema, row.meta, { about: noAbout }, entry).about,
      };

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
    format: documentFormats.find((one) => one === row.format) ?? null,
    size: row.size,
    parser: row.parser,
    parserVersion: row.parser_version,
    language: row.lang,
    pages: row.pages,
    characters: row.characters,
    state: row.state,
    error: readError(row.error, entry),
    createdAt: row.created_at,
    decision: row.decision,
    source: row.source,
    encoding: textEncodingNames.find((one) => one === row.encoding) ?? null,
    web: webOf(row, entry),
  };
  return readRow(documentVersionSchema, version, entry, { state: 'failed', decision: 'own', web: null });
};
const versionQuery = `SELECT v.*, d.current_version IS v.id AS current,
    coalesce((SELECT source FROM document_places WHERE version_id = v.id ORDER BY n LIMIT 1), d.source) AS source,
    w.address, w.final_address, w.fetched_at, w.checked_at, w.error AS web_error
  FROM document_versions v JOIN documents d ON d.id = v.document_id LEFT JOIN web_pages w ON w.version_id = v.id`;

/** Newest first. */
export const listVersions = (db: ReadableDb, documentId: string): DocumentVersion[] =>
  db
    .prepare<[string], VersionRow>(`${versionQuery} WHERE v.document_id = ? ORDER BY v.ordinal DESC`)
    .all(documentId)
    .flatMap((row) => toVersion(row) ?? []);

/** The ids of all versions of a document, also of those that cannot be read. */
export const versionIdsOf = (db: ReadableDb, documentId: string): string[] =>
  db.prepare<[string], string>('SELECT id FROM document_versions WHERE document_id = ?').pluck().all(documentId);

export const versionById = (db: ReadableDb, id: string): DocumentVersion | null => {
  const row = db.prepare<[string], VersionRow>(`${versionQuery} WHERE v.id = ?`).get(id);
  return row ? toVersion(row) : null;
};

/** True for the version that answers are given from now; false for an older one and for one of a deleted document. */
export const isCurrentVersion = (db: ReadableDb, id: string): boolean =>
  db
    .prepare(
      `SELECT 1 FROM document_versions v JOIN documents d ON d.id = v.document_id
       WHERE v.id = ? AND d.current_version = v.id AND d.deleted_at IS NULL`,
    )
    .get(id) !== undefined;

/** Adds the next version of a document, pending. */
export const insertVersion = (
  db: WritableDb,
  version: Pick<DocumentVersion, 'id' | 'documentId' | 'blobHash' | 'size' | 'mime'> & Partial<Pick<DocumentVersion, 'decision'>>,
  at: number,
): void => {
  db.prepare(
    `INSERT INTO document_versions(id, document_id, ordinal, blob_hash, size, mime, decision, state, created_at)
     VALUES (@id, @documentId, (SELECT coalesce(max(ordinal), 0) + 1 FROM document_versions WHERE document_id = @documentId), @blobHash, @size, @mime, @decision, 'pending', @at)`,
  ).run({
    id: version.id,
    documentId: version.documentId,
    blobHash: version.blobHash,
    size: version.size,
    mime: version.mime,
    decision: version.decision ?? 'own',
    at,
  });
};

/** Notes how a version was assigned to its document. */
export const setDecision = (db: WritableDb, versionId: string, decision: DocumentVersion['decision']): void => {
  db.prepare('UPDATE document_versions SET decision = ? WHERE id = ?').run(decision, versionId);
};

/**
 * Moves versions, in their order, to another document as its newest, with all data stored about them. In each of the two documents
 * the newest version that is ready becomes the current one. To be called inside a transaction.
 */
export const moveVersions = (
  db: WritableDb,
  versionIds: readonly string[],
  documentId: string,
  decision: DocumentVersion['decision'],
): void => {
  const parents = new Set([documentId]);
  for (const id of versionIds) {
    const parent = db.prepare<[string], string>('SELECT document_id FROM document_versions WHERE id = ?').pluck().get(id);
    if (parent === undefined || parent === documentId) continue;
    parents.add(parent);
    db.prepare(
      `UPDATE document_versions SET document_id = @documentId, decision = @decision,
         ordinal = (SELECT coalesce(max(ordinal), 0) + 1 FROM document_versions WHERE document_id = @documentId) WHERE id = @id`,
    ).run({ documentId, decision, id });
    db.prepare('UPDATE citations SET document_id = ? WHERE version_id = ?').run(documentId, id);
    db.prepare('UPDATE jobs SET document_id = ? WHERE subject_id = ?').run(documentId, id);
    db.prepare('UPDATE uploads SET document_id = ? WHERE version_id = ?').run(documentId, id);
    moveSourcesOfVersion(db, id, documentId);
  }
  for (const parent of parents)
    db.prepare(
      `UPDATE documents SET current_version = (
         SELECT id FROM document_versions WHERE document_id = @parent AND state = 'ready' ORDER BY ordinal DESC LIMIT 1) WHERE id = @parent`,
    ).run({ parent });
};

/** The newest versions of live documents that were refused for their kind under a lower version of the formats (`formatsVersion`). */
export const refusedKinds = (db: ReadableDb, formats: number): { versionId: string; documentId: string; title: string }[] =>
  db
    .prepare<[number], { versionId: string; documentId: string; title: string }>(
      `SELECT v.id AS versionId, d.id AS documentId, d.title FROM document_versions v JOIN documents d ON d.id = v.document_id
       WHERE v.state = 'failed' AND d.deleted_at IS NULL AND json_valid(v.error)
         AND v.error ->> '$.code' = 'document.unsupported' AND coalesce(v.error ->> '$.details.formats', 1) < ?
         AND v.ordinal = (SELECT max(ordinal) FROM document_versions WHERE document_id = d.id) ORDER BY v.created_at`,
    )
    .all(formats);

/** Notes the encoding that the person chose for the text of a version; null lets the program find it. */
export const setEncoding = (db: WritableDb, id: string, encoding: TextEncoding | null): void => {
  db.prepare('UPDATE document_versions SET encoding = ? WHERE id = ?').run(encoding, id);
};

/** The encoding that the person chose for the version before this one of the same document; null where they chose none. */
export const encodingBefore = (db: ReadableDb, id: string): TextEncoding | null =>
  db
    .prepare<[string], TextEncoding | null>(
      `SELECT before.encoding FROM document_versions v JOIN document_versions before ON before.document_id = v.document_id AND before.ordinal < v.ordinal
       WHERE v.id = ? ORDER BY before.ordinal DESC LIMIT 1`,
    )
    .pluck()
    .get(id) ?? null;

export const setVersionState = (db: WritableDb, id: string, state: DocumentVersion['state'], error: ErrorRecord | null): void => {
  db.prepare('UPDATE document_versions SET state = ?, error = ? WHERE id = ?').run(state, error ? JSON.stringify(error) : null, id);
};

/**
 * Makes an indexed version the current one and returns the one it replaces. A version older than the current one (two changes
 * overtook each other) only becomes ready.
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
