import type { WritableDb } from './database';
import { emptyLog } from './emptyLog';
import { memoryDeletions, releaseMemories } from './memoryForget';

/**
 * The statements that delete the rows of a conversation, in the order that foreign keys allow, by table. A test walks the schema:
 * each table that names a conversation, a message or a turn, by a column or a foreign key, must be here or in `keptOfConversations`.
 */
export const conversationDeletions: Readonly<Record<string, string>> = {
  ...memoryDeletions,
  citations: 'DELETE FROM citations WHERE message_id IN (SELECT id FROM messages WHERE conversation_id = @id)',
  messages: 'DELETE FROM messages WHERE conversation_id = @id',
  turns: 'DELETE FROM turns WHERE conversation_id = @id',
  debates: 'DELETE FROM debates WHERE conversation_id = @id',
  document_pins: 'DELETE FROM document_pins WHERE conversation_id = @id',
  drafts: 'DELETE FROM drafts WHERE key = @id',
  conversations: 'DELETE FROM conversations WHERE id = @id',
};

/** Tables whose rows outlive their conversation, each with the reason. */
export const keptOfConversations: Readonly<Record<string, string>> = {
  model_calls: 'The ledger of calls holds figures and names of models, and no content.',
};

/**
 * Makes deletes physical: SQLite overwrites freed pages, and full text removes words from its segments instead of marking them.
 * Words deleted before this setting existed are merged away once.
 */
export const secureDeletes = (db: WritableDb): void => {
  db.pragma('secure_delete = ON');
  for (const table of ['message_fts', 'conversation_fts', 'memory_fts']) {
    if (db.prepare(`SELECT 1 FROM ${table}_config WHERE k = 'secure-delete' AND v = 1`).get()) continue;
    db.prepare(`INSERT INTO ${table}(${table}, rank) VALUES ('secure-delete', 1)`).run();
    db.prepare(`INSERT INTO ${table}(${table}) VALUES ('optimize')`).run();
  }
};

/**
 * Deletes a conversation for good with what was learnt from it alone: no copy of its text stays in the data folder outside the backups.
 */
export const forgetConversation = async (db: WritableDb, id: string, now: number): Promise<boolean> => {
  secureDeletes(db);
  db.transaction(() => {
    releaseMemories(db, id, now);
    for (const sql of Object.values(conversationDeletions)) db.prepare(sql).run({ id });
  })();
  return emptyLog(db);
};
