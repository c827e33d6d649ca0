import type { DocumentFilter } from '@shared/model';
import { withinSql } from './collectionTree';
import type { ReadableDb } from './database';
import { filterSql } from './documentFilter';
import { type Asker, askerParams, usableSql } from './documentPins';

export interface Scope {
  /** Documents by their ids, and those of collections and of all below them; both empty: all. */
  documentIds: readonly string[];
  collectionIds: readonly string[];
  filter?: DocumentFilter;
  /** The asker; without it pins do not matter, and neither do they for documents named by their ids. */
  asker?: Asker | undefined;
}

/** The SQL of the conditions of a scope on live documents that can be found; apart so that its plan can be tested. */
export const scopeSql = ({
  documentIds,
  collectionIds,
  filter = {},
  asker,
}: Scope): { where: string; params: Record<string, string | number> } => {
  const filtered = filterSql(filter);
  const where = [
    'd.deleted_at IS NULL',
    'd.current_version IS NOT NULL',
    ...filtered.where.map((one) => one.replaceAll('@within', '@inside')),
  ];
  const { within: inside, ...params } = filtered.params;
  if (inside !== undefined) params.inside = inside;
  if (documentIds.length + collectionIds.length > 0) {
    where.push(`d.id IN (SELECT value FROM json_each(@documents)
      UNION SELECT m.document_id FROM document_collections m WHERE m.collection_id IN (${withinSql}))`);
    Object.assign(params, { documents: JSON.stringify(documentIds), within: JSON.stringify(collectionIds) });
  }
  if (asker) {
    where.push(documentIds.length > 0 ? `(${usableSql} OR d.id IN (SELECT value FROM json_each(@documents)))` : usableSql);
    Object.assign(params, askerParams(asker, collectionIds));
  }
  return { where: where.join(' AND '), params };
};

/** The current versions of the live documents of a scope. */
export const currentVersionIds = (db: ReadableDb, scope: Scope): string[] => {
  const { where, params } = scopeSql(scope);
  return db.prepare<[typeof params], string>(`SELECT d.current_version FROM documents d WHERE ${where}`).pluck().all(params);
};

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

/** How many live documents of collections (none: of the library) can be found by an asker. */
export const countSearchable = (db: ReadableDb, collectionIds: readonly string[], asker?: Asker): number => {
  const { where, params } = scopeSql({ documentIds: [], collectionIds, asker });
  return db.prepare<[typeof params], number>(`SELECT count(*) FROM documents d WHERE ${where}`).pluck().get(params) ?? 0;
};

/** True where there are documents beside the guide that the asker may use. */
export const hasOwnDocuments = (db: ReadableDb, asker?: Asker): boolean => countSearchable(db, [], asker) > guideVersionIds(db).length;
