import type { ReadableDb } from './database';

/**
 * SQL of the ids of the collections that a JSON list names, and of all below them. `@within` is the list. The step count ends at a circle,
 * which only a damaged database can have.
 */
export const withinSql = `WITH RECURSIVE within(id, n) AS (
    SELECT value, 1 FROM json_each(@within) UNION SELECT c.id, n + 1 FROM within JOIN collections c ON c.parent_id = within.id WHERE n < 10)
  SELECT id FROM within`;

/** The ids of these collections and of all below them. */
export const collectionsWithin = (db: ReadableDb, ids: readonly string[]): string[] =>
  db
    .prepare<[{ within: string }], string>(`SELECT DISTINCT id FROM (${withinSql})`)
    .pluck()
    .all({ within: JSON.stringify(ids) });

/** The ids of these collections and of all above them. */
export const collectionsAbove = (db: ReadableDb, ids: readonly string[]): string[] =>
  db
    .prepare<[string], string>(
      `WITH RECURSIVE up(id, n) AS (
         SELECT value, 1 FROM json_each(?) UNION SELECT c.parent_id, n + 1 FROM up JOIN collections c ON c.id = up.id
         WHERE c.parent_id IS NOT NULL AND n < 10)
       SELECT DISTINCT id FROM up`,
    )
    .pluck()
    .all(JSON.stringify(ids));
