import type { DocumentFilter } from '@shared/model';
import { z } from 'zod';
import { decodeCursor, encodeCursor } from './cursor';
import type { ReadableDb } from './database';
import { filterSql } from './documentFilter';
import { foldTitle } from './documentNames';
import { type DocumentRow, documentQuery, type StoredDocument, toDocument } from './documentRows';

/** Each column has an index of the live documents in its order. */
const sortColumns = { title: 'd.title_key', updated: 'd.updated_at', size: 'd.size', passages: 'd.passages' } as const;

export interface DocumentListRequest extends DocumentFilter {
  query?: string | undefined;
  /** Only documents that need attention: they could not be parsed, or their original is missing. */
  attention?: boolean;
  sort: keyof typeof sortColumns;
  descending: boolean;
  cursor: string | null;
  limit: number;
}
type ListConditions = Pick<DocumentListRequest, 'query' | 'attention'> & DocumentFilter;

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

type Conditions = { where: string[]; params: Record<string, string | number> };

/** The conditions of a list on its rows. */
const conditionsOf = (
  {
    query,
    attention,
    sort: _sort,
    descending: _descending,
    cursor: _cursor,
    limit: _limit,
    ...filter
  }: ListConditions & Partial<DocumentListRequest>,
  missing: readonly string[],
): Conditions => {
  const { where, params } = filterSql(filter);
  where.unshift('d.deleted_at IS NULL');
  if (query?.trim()) {
    where.push('instr(d.search_key, @query) > 0');
    params.query = foldTitle(query.trim());
  }
  if (attention) {
    where.push(needsAttention);
    params.missing = JSON.stringify(missing);
  }
  return { where, params };
};

/** The SQL of a page of the list and its parameters; apart from `listDocuments` so that its plan can be tested. */
export const documentListQuery = (
  request: DocumentListRequest,
  missing: readonly string[],
): { sql: string; params: Conditions['params'] } => {
  const column = sortColumns[request.sort];
  const direction = request.descending ? 'DESC' : 'ASC';
  const { where, params } = conditionsOf(request, missing);
  params.limit = request.limit + 1;
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

export const documentCountQuery = (request: ListConditions, missing: readonly string[]): { sql: string; params: Conditions['params'] } => {
  const { where, params } = conditionsOf(request, missing);
  return { sql: `SELECT count(*) FROM documents d WHERE ${where.join(' AND ')}`, params };
};

const countDocuments = (db: ReadableDb, request: ListConditions, missing: readonly string[]): number => {
  const { sql, params } = documentCountQuery(request, missing);
  return db.prepare<[typeof params], number>(sql).pluck().get(params) ?? 0;
};

/** How many live documents could not be parsed or lack their original. */
export const countAttention = (db: ReadableDb, missing: readonly string[]): number => countDocuments(db, { attention: true }, missing);

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
