import type { ReadableDb } from './database';

/**
 * Reads a row of each table. Throws where pages were overwritten so that a start may fail further on. A whole check takes long, and
 * runs later.
 */
export const touchTables = (db: ReadableDb): void => {
  const tables = db
    .prepare<[], string>("SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'")
    .pluck()
    .all();
  for (const table of tables) db.prepare(`SELECT 1 FROM "${table}" LIMIT 1`).get();
};
