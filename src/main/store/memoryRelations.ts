import type { WritableDb } from './database';

/** Replaces the tags of an item. */
export const setMemoryTags = (db: WritableDb, id: string, tags: readonly string[]): void => {
  db.prepare('DELETE FROM memory_tags WHERE item_id = ?').run(id);
  addMemoryTags(db, id, tags);
};

export const addMemoryTags = (db: WritableDb, id: string, tags: readonly string[]): void => {
  const insert = db.prepare('INSERT OR IGNORE INTO memory_tags(item_id, tag) VALUES (?, ?)');
  for (const tag of tags) insert.run(id, tag);
};

/** Marks two items as contradicting each other. */
export const markConflict = (db: WritableDb, one: string, other: string, at: number): void => {
  const insert = db.prepare('INSERT OR IGNORE INTO memory_conflicts(item_id, other_id, at) VALUES (?, ?, ?)');
  insert.run(one, other, at);
  insert.run(other, one, at);
};

/** Ends the contradictions of an item: that with another one, or all. */
export const endConflicts = (db: WritableDb, id: string, other?: string): void => {
  db.prepare(
    'DELETE FROM memory_conflicts WHERE (item_id = @id AND other_id = coalesce(@other, other_id)) OR (other_id = @id AND item_id = coalesce(@other, item_id))',
  ).run({ id, other: other ?? null });
};

/** Gives an item the sources, the uses and the tags of another too, and makes it its successor where the other was one. */
export const copyMemoryRelations = (db: WritableDb, from: string, to: string): void => {
  db.prepare(
    `INSERT OR IGNORE INTO memory_sources(item_id, message_id, conversation_id, start, "end", at, learnt_key)
     SELECT ?, message_id, conversation_id, start, "end", at, learnt_key FROM memory_sources WHERE item_id = ?`,
  ).run(to, from);
  db.prepare(
    'INSERT OR IGNORE INTO memory_uses(message_id, item_id, scores, at) SELECT message_id, ?, scores, at FROM memory_uses WHERE item_id = ?',
  ).run(to, from);
  db.prepare('INSERT OR IGNORE INTO memory_tags(item_id, tag) SELECT ?, tag FROM memory_tags WHERE item_id = ?').run(to, from);
  db.prepare('UPDATE memory_items SET superseded_by = ? WHERE superseded_by = ?').run(to, from);
};
