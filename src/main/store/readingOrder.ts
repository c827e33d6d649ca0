import type { ReadableDb } from './database';

/**
 * The current versions of the live documents in the order in which they are worth reading: by turns the newest and the most cited one
 * that is left.
 */
export const versionsToRead = (db: ReadableDb): string[] => {
  const rows = db
    .prepare<[], { id: string; at: number; cited: number }>(
      `SELECT v.id AS id, v.created_at AS at, (SELECT count(*) FROM citations c WHERE c.version_id = v.id) AS cited
       FROM documents d JOIN document_versions v ON v.id = d.current_version WHERE d.deleted_at IS NULL AND v.state = 'ready'`,
    )
    .all();
  const newest = rows.toSorted((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1));
  const used = newest.filter(({ cited }) => cited > 0).sort((a, b) => b.cited - a.cited);
  return [...new Set(newest.flatMap(({ id }, index) => [id, ...(used[index] ? [used[index].id] : [])]))];
};
