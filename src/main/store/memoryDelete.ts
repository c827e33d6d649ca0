import type { ReadableDb, WritableDb } from './database';

/**
 * Deletes an item for good with its sources, uses and conflicts, and the summaries that rest on the messages that it came from. Nothing is
 * learnt again from those ranges, unless another item has them.
 */
export const deleteMemory = (db: WritableDb, id: string, now: number): void => {
  db.prepare(
    `INSERT OR IGNORE INTO memory_unlearnt(message_id, conversation_id, start, "end", at)
     SELECT s.message_id, s.conversation_id, s.start, s."end", @now FROM memory_sources s WHERE s.item_id = @id AND NOT EXISTS (
       SELECT 1 FROM memory_sources o INDEXED BY memory_sources_message JOIN memory_items i ON i.id = o.item_id
       WHERE o.message_id = s.message_id AND o.start = s.start AND o.item_id <> s.item_id AND i.deleted_at IS NULL)`,
  ).run({ id, now });
  db.prepare(
    `DELETE FROM conversation_summaries WHERE id IN (SELECT c.id FROM memory_sources s JOIN conversation_summaries c
       ON c.conversation_id = s.conversation_id AND c.created_at >= s.at WHERE s.item_id = ?)`,
  ).run(id);
  db.prepare('UPDATE memory_items SET superseded_by = NULL WHERE superseded_by = ?').run(id);
  db.prepare('DELETE FROM memory_items WHERE id = ?').run(id);
};

export const binnedMemoriesSql =
  'SELECT id FROM memory_items INDEXED BY memory_items_deleted WHERE deleted_at < ? ORDER BY deleted_at LIMIT ?';

/** The items that have been in the bin since before `before`, the oldest first. */
export const binnedMemories = (db: ReadableDb, before: number, limit: number): string[] =>
  db
    .prepare<[number, number], { id: string }>(binnedMemoriesSql)
    .all(before, limit)
    .map(({ id }) => id);
