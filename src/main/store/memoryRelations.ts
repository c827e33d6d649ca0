import type { ReadableDb, WritableDb } from './database';

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

interface SourceKey {
  message_id: string;
  start: number;
  learnt_key: string;
}
const keyOf = ({ message_id, start, learnt_key }: SourceKey): string => JSON.stringify([message_id, start, learnt_key]);

/** The relations of an item, as they were when they were read. */
export interface MemoryRelations {
  id: string;
  sources: SourceKey[];
  /** Answers that used it. */
  uses: string[];
  tags: string[];
  conflicts: { other: string; at: number }[];
  /** The items whose successor it is. */
  older: string[];
}

export const relationsOf = (db: ReadableDb, id: string): MemoryRelations => {
  const all = <Row>(sql: string): Row[] => db.prepare<[string], Row>(sql).all(id);
  return {
    id,
    sources: all('SELECT message_id, start, learnt_key FROM memory_sources WHERE item_id = ?'),
    uses: all<{ id: string }>('SELECT message_id AS id FROM memory_uses INDEXED BY memory_uses_item WHERE item_id = ?').map(
      (row) => row.id,
    ),
    tags: all<{ tag: string }>('SELECT tag FROM memory_tags WHERE item_id = ?').map(({ tag }) => tag),
    conflicts: all('SELECT other_id AS other, at FROM memory_conflicts WHERE item_id = ?'),
    older: all<{ id: string }>('SELECT id FROM memory_items INDEXED BY memory_items_superseded WHERE superseded_by = ?').map(
      (row) => row.id,
    ),
  };
};

/**
 * Takes back `copyMemoryRelations` of an item to another, and gives it its contradictions again. The other one keeps what it had before,
 * and what it got from elsewhere since.
 */
export const takeBackRelations = (db: WritableDb, from: MemoryRelations, to: MemoryRelations): void => {
  const kept = { sources: new Set(to.sources.map(keyOf)), uses: new Set(to.uses) };
  const deleteSource = db.prepare('DELETE FROM memory_sources WHERE item_id = ? AND message_id = ? AND start = ? AND learnt_key = ?');
  for (const source of from.sources)
    if (!kept.sources.has(keyOf(source))) deleteSource.run(to.id, source.message_id, source.start, source.learnt_key);
  const deleteUse = db.prepare('DELETE FROM memory_uses WHERE item_id = ? AND message_id = ?');
  for (const use of from.uses) if (!kept.uses.has(use)) deleteUse.run(to.id, use);
  setMemoryTags(db, to.id, to.tags);
  const follow = db.prepare('UPDATE memory_items SET superseded_by = ? WHERE id = ? AND superseded_by = ?');
  for (const older of from.older) follow.run(from.id, older, to.id);
  const isHere = db.prepare<[string], unknown>('SELECT 1 FROM memory_items WHERE id = ?');
  for (const { other, at } of from.conflicts) if (isHere.get(other) !== undefined) markConflict(db, from.id, other, at);
};
