import { type DocumentFormat, type DocumentVersion, documentSchema, idSchema, type Job, type LibraryDocument } from '@shared/model';
import { z } from 'zod';
import { decodeCursor, encodeCursor } from './cursor';
import type { ReadableDb, WritableDb } from './database';
import { titleOfSource } from './documentTitles';
import { jobOfSubject } from './jobs';
import { readError, readJson, readRow } from './json';
import { forgetSourcesOfVersion } from './turns';
import { deleteUploadsOfDocument } from './uploads';

interface DocumentRow {
  id: string;
  title: string;
  source: string;
  created_at: number;
  updated_at: number;
  current_version: string | null;
  version_id: string;
  latest_id: string;
  ordinal: number;
  state: LibraryDocument['state'];
  error: string | null;
  format: DocumentFormat | null;
  pages: number | null;
  passages: number;
  lang: string | null;
  size: number;
  meta: string;
  collections: string | null;
  blob_hash: string;
  namesakes: number;
  number: number;
  same_folder: number;
  sort_value: string | number;
}

/** Namesakes beyond this number are not counted: in a list of a thousand "Untitled" the number helps nobody. */
const mostNamesakes = 200;
const folderOf = (table: string): string => `rtrim(${table}.source, replace(${table}.source, '/', ''))`;
const namesakeRows = (more: string): string =>
  `(SELECT o.source FROM documents o WHERE o.title_key = d.title_key AND o.deleted_at IS NULL ${more} LIMIT ${mostNamesakes})`;
/**
 * How many other live documents have the same title, the position of this one among them by age (ids are in the order of time), and
 * how many of them lie in its folder.
 */
const namesakeColumns = `
    (SELECT count(*) FROM ${namesakeRows('AND o.id <> d.id')}) AS namesakes,
    (SELECT count(*) FROM ${namesakeRows('AND o.id <= d.id')}) AS number,
    (SELECT count(*) FROM ${namesakeRows('AND o.id <> d.id')} n WHERE ${folderOf('n')} = ${folderOf('d')}) AS same_folder`;

/**
 * A document with the version that answers for it (the current one, else the newest) and its newest version, whose job and error
 * show its progress. Small subqueries by index: no table is scanned for one document.
 */
const documentQuery = `
  SELECT d.id, d.title, d.source, d.created_at, d.updated_at, d.current_version,
    v.id AS version_id, v.ordinal, v.state, v.format, v.pages, v.passages, v.lang, v.size,
    v.meta,
    l.id AS latest_id, CASE WHEN l.state = 'failed' THEN l.error END AS error,
    (SELECT group_concat(collection_id) FROM document_collections WHERE document_id = d.id) AS collections, v.blob_hash,
    ${namesakeColumns}
  FROM documents d
  JOIN document_versions l ON l.document_id = d.id AND l.ordinal = (SELECT max(ordinal) FROM document_versions WHERE document_id = d.id)
  JOIN document_versions v ON v.id = coalesce((SELECT id FROM document_versions WHERE id = d.current_version), l.id)`;

/** A document as the database knows it. Only the library knows if its original still exists. */
export type StoredDocument = Omit<LibraryDocument, 'originalMissing'> & { blobHash: string };

const storedDocumentSchema = documentSchema.omit({ originalMissing: true }).extend({ blobHash: z.string() });
/** Values for cells that cannot be read: a document without its size is still a document. */
const repairs: Partial<StoredDocument> = {
  format: null,
  job: null,
  state: 'failed',
  version: 0,
  pages: null,
  unreadPages: [],
  passages: 0,
  size: 0,
  createdAt: 0,
  updatedAt: 0,
};
const metaSchema = z.object({ unreadPages: z.array(z.number().int()).optional() });

/** Null for a row that cannot be read. */
const toDocument = (db: ReadableDb, row: DocumentRow): StoredDocument | null => {
  const entry = `documents ${row.id}`;
  const job: Job | null = jobOfSubject(db, row.latest_id);
  const document: StoredDocument = {
    id: row.id,
    title: row.title,
    source: row.source,
    format: row.format,
    collectionIds: (row.collections?.split(',') ?? []).filter((id) => idSchema.safeParse(id).success),
    versionId: row.version_id,
    version: row.ordinal,
    state: row.state,
    job: job && job.state !== 'done' ? job : null,
    error: readError(row.error, entry),
    pages: row.pages,
    unreadPages: readJson(metaSchema, row.meta, {}, entry).unreadPages ?? [],
    passages: row.passages,
    language: row.lang,
    size: row.size,
    blobHash: row.blob_hash,
    namesake: row.namesakes === 0 ? null : { folder: row.same_folder === 0 ? folderName(row.source) : '', number: row.number },
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
  return readRow(storedDocumentSchema, document, entry, repairs);
};

/** The folders of a source, without the file's name. */
const folderName = (source: string): string => (source.startsWith('paste:') ? '' : source.split('/').slice(0, -1).join('/'));

/** Live documents only, unless `deleted` asks for those in the bin as well. */
export const documentById = (db: ReadableDb, id: string, { deleted = false } = {}): StoredDocument | null => {
  const row = db.prepare<[string], DocumentRow>(`${documentQuery} WHERE d.id = ? ${deleted ? '' : 'AND d.deleted_at IS NULL'}`).get(id);
  return row ? toDocument(db, row) : null;
};

const accents = /\p{M}/gu;
/**
 * Folds case and accents, for finding documents by title. Kept beside `fold`: these results are stored, so they must not change
 * with it.
 */
const foldTitle = (text: string): string => text.normalize('NFD').replace(accents, '').toLowerCase();

/** The keys by which the list is sorted and searched; stored, so that a query need not fold ten thousand titles. */
const foldedKeys = (title: string, source: string): { titleKey: string; searchKey: string } => {
  const titleKey = foldTitle(title);
  return { titleKey, searchKey: `${titleKey}\n${foldTitle(source)}` };
};

/** Each column has an index of the live documents in its order. */
const sortColumns = { title: 'd.title_key', updated: 'd.updated_at', size: 'd.size', passages: 'd.passages' } as const;

export interface DocumentListRequest {
  collectionId?: string;
  query?: string;
  /** Only documents that need attention: they could not be parsed, or their original is missing. */
  attention?: boolean;
  sort: keyof typeof sortColumns;
  descending: boolean;
  cursor: string | null;
  limit: number;
}

/** The key of a row in each order: the value it is sorted by, and its id. */
const cursorSchemas = {
  title: z.tuple([z.string(), z.string()]),
  updated: z.tuple([z.number(), z.string()]),
  size: z.tuple([z.number(), z.string()]),
  passages: z.tuple([z.number(), z.string()]),
} as const satisfies Record<keyof typeof sortColumns, z.ZodType>;

/** A document whose newest version could not be parsed, or whose original is missing. */
const needsAttention = `d.id IN (
  SELECT f.document_id FROM document_versions f WHERE f.state = 'failed'
    AND f.ordinal = (SELECT max(ordinal) FROM document_versions WHERE document_id = f.document_id)
  UNION SELECT m.document_id FROM document_versions m JOIN documents o ON o.id = m.document_id
    WHERE m.blob_hash IN (SELECT value FROM json_each(@missing)) AND m.id = coalesce(o.current_version, (
      SELECT id FROM document_versions WHERE document_id = o.id ORDER BY ordinal DESC LIMIT 1)))`;

/** The SQL of a page of the list and its parameters; apart from `listDocuments` so that its plan can be tested. */
const documentListQuery = (
  request: DocumentListRequest,
  missing: readonly string[],
): { sql: string; params: Record<string, string | number> } => {
  const column = sortColumns[request.sort];
  const direction = request.descending ? 'DESC' : 'ASC';
  const where = ['d.deleted_at IS NULL'];
  const params: Record<string, string | number> = { limit: request.limit + 1 };
  if (request.collectionId) {
    where.push('d.id IN (SELECT document_id FROM document_collections WHERE collection_id = @collection)');
    params.collection = request.collectionId;
  }
  const query = request.query?.trim();
  if (query) {
    where.push('instr(d.search_key, @query) > 0');
    params.query = foldTitle(query);
  }
  if (request.attention) {
    where.push(needsAttention);
    params.missing = JSON.stringify(missing);
  }
  if (request.cursor !== null) {
    where.push(`(${column}, d.id) ${request.descending ? '<' : '>'} (@value, @id)`);
    [params.value, params.id] = decodeCursor<[string | number, string]>(request.cursor, cursorSchemas[request.sort]);
  }
  return {
    sql: `${documentQuery.replace('\n  FROM', `, ${column} AS sort_value\n  FROM`)} WHERE ${where.join(' AND ')} ORDER BY ${column} ${direction}, d.id ${direction} LIMIT @limit`,
    params,
  };
};

/** One page of live documents. Throws `input.invalid` for a cursor of another list. */
export const listDocuments = (
  db: ReadableDb,
  request: DocumentListRequest,
  /** Hashes of the originals that are missing. */
  missing: readonly string[] = [],
): { items: StoredDocument[]; total: number; nextCursor: string | null } => {
  const { sql, params } = documentListQuery(request, missing);
  const rows = db.prepare<[Record<string, string | number>], DocumentRow>(sql).all(params);
  const more = rows.length > request.limit;
  const page = more ? rows.slice(0, request.limit) : rows;
  const last = page.at(-1);
  return {
    items: page.flatMap((row) => toDocument(db, row) ?? []),
    total: countDocuments(db, request, missing),
    nextCursor: more && last ? encodeCursor([last.sort_value, last.id]) : null,
  };
};

const countDocuments = (
  db: ReadableDb,
  { collectionId, query, attention }: Pick<DocumentListRequest, 'collectionId' | 'query' | 'attention'>,
  missing: readonly string[],
): number => {
  const where = ['d.deleted_at IS NULL'];
  const params: Record<string, string> = {};
  if (collectionId) {
    where.push('d.id IN (SELECT document_id FROM document_collections WHERE collection_id = @collection)');
    params.collection = collectionId;
  }
  if (query?.trim()) {
    where.push('instr(d.search_key, @query) > 0');
    params.query = foldTitle(query.trim());
  }
  if (attention) {
    where.push(needsAttention);
    params.missing = JSON.stringify(missing);
  }
  return (
    db
      .prepare<[Record<string, string>], { count: number }>(`SELECT count(*) AS count FROM documents d WHERE ${where.join(' AND ')}`)
      .get(params)?.count ?? 0
  );
};

/** The origin of a document's title: the program (from the file's name or the text's own title), or the person. */
export type TitleOrigin = 'program' | 'person';

/** How many live documents could not be parsed or lack their original. */
export const countAttention = (db: ReadableDb, missing: readonly string[]): number => countDocuments(db, { attention: true }, missing);

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

/** Sets a title that the person gave: no later version changes it. */
export const renameDocument = (db: WritableDb, id: string, title: string, at: number): boolean => {
  const row = db.prepare<[string], { source: string }>('SELECT source FROM documents WHERE id = ? AND deleted_at IS NULL').get(id);
  if (!row) return false;
  setTitle(db, id, title, row.source, 'person');
  db.prepare('UPDATE documents SET updated_at = ? WHERE id = ?').run(at, id);
  return true;
};

const setTitle = (db: WritableDb, id: string, title: string, source: string, origin: TitleOrigin): void => {
  db.prepare(
    'UPDATE documents SET title = @title, source = @source, title_origin = @origin, title_key = @titleKey, search_key = @searchKey WHERE id = @id',
  ).run({ id, title, source, origin, ...foldedKeys(title, source) });
};

/**
 * Updates the source and the title of a document from the version that answers for it, else from its newest. A title given by the
 * person stays. Returns true when the title changed.
 */
export const followVersion = (db: WritableDb, id: string): boolean => {
  const row = db
    .prepare<[string], { title: string; origin: string; source: string | null; own: string | null; titles: string; sources: string }>(
      `SELECT d.title, d.title_origin AS origin, CASE WHEN json_valid(v.meta) THEN json_extract(v.meta, '$.title') END AS own,
         coalesce((SELECT source FROM document_places WHERE version_id = v.id ORDER BY n LIMIT 1), d.source) AS source,
         (SELECT json_group_array(CASE WHEN json_valid(meta) THEN json_extract(meta, '$.title') END) FROM document_versions WHERE document_id = d.id) AS titles,
         (SELECT json_group_array(p.source) FROM document_places p JOIN document_versions o ON o.id = p.version_id WHERE o.document_id = d.id) AS sources
       FROM documents d JOIN document_versions v ON v.id = coalesce(d.current_version,
         (SELECT id FROM document_versions WHERE document_id = d.id ORDER BY ordinal DESC LIMIT 1)) WHERE d.id = ?`,
    )
    .get(id);
  if (!row?.source) return false;
  const entry = `documents ${id}`;
  // Earlier versions did not note who gave a title: one that is neither a file's name nor the text's own title is the person's.
  const given = (): boolean =>
    readJson(z.array(z.unknown()), row.titles, [], entry).includes(row.title) ||
    readJson(z.array(z.string()), row.sources, [], entry).some((source) => titleOfSource(source) === row.title);
  const person = row.origin === 'person' || row.source.startsWith('paste:') || (row.origin === 'unknown' && !given());
  const title = person ? row.title : row.own || titleOfSource(row.source);
  setTitle(db, id, title, row.source, person ? 'person' : 'program');
  return title !== row.title;
};

export const setDocumentDeleted = (db: WritableDb, id: string, deletedAt: number | null): boolean =>
  db.prepare('UPDATE documents SET deleted_at = ? WHERE id = ?').run(deletedAt, id).changes > 0;

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

export interface LibraryCounts {
  documents: number;
  passages: number;
  ready: number;
  working: number;
  failed: number;
}
export const countLibrary = (db: ReadableDb): LibraryCounts => {
  const row = db
    .prepare<[], LibraryCounts>(
      `SELECT count(*) AS documents, coalesce(sum(min(v.passages, 1000000000)), 0) AS passages, coalesce(sum(d.current_version IS NOT NULL), 0) AS ready,
         coalesce(sum(l.state = 'pending'), 0) AS working, coalesce(sum(l.state = 'failed'), 0) AS failed
       FROM documents d
       JOIN document_versions l ON l.document_id = d.id AND l.ordinal = (SELECT max(ordinal) FROM document_versions WHERE document_id = d.id)
       LEFT JOIN document_versions v ON v.id = d.current_version WHERE d.deleted_at IS NULL`,
    )
    .get();
  return row ?? { documents: 0, passages: 0, ready: 0, working: 0, failed: 0 };
};

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
    db.prepare(`UPDATE citations SET quote = '', title = '', heading_path = '[]', document_id = NULL WHERE version_id = ?`).run(version.id);
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
