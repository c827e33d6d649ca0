import type { WritableDb } from './database';

const tables = ['message_fts', 'conversation_fts', 'memory_fts'];

/**
 * Rebuilds the full text of conversations and memories when nothing else is damaged: it is derived from their rows. Returns true when it was
 * rebuilt.
 */
export const mendFullText = (db: WritableDb, problems: readonly string[]): boolean => {
  if (problems.length === 0 || !problems.every((problem) => tables.some((table) => problem.includes(table)))) return false;
  db.transaction(() => {
    for (const table of tables) db.prepare(`INSERT INTO ${table}(${table}) VALUES ('rebuild')`).run();
    // A streaming answer is added when it ends.
    db.prepare("INSERT INTO message_fts(message_fts, rowid, text) SELECT 'delete', n, text FROM messages WHERE state = 'streaming'").run();
  })();
  return true;
};
