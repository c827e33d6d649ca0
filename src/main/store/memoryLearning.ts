import type { MemoryItem } from '@shared/model';
import type { ReadableDb } from './database';
import { normalForm, plainKey } from './memoryKeys';
import { type MemoryRow, memoryColumns, toMemoryItems } from './memoryRows';

/** True where an item has this from this message already, also where the person has edited, merged or deleted it since. */
export const learntBefore = (db: ReadableDb, messageId: string, learntKey: string): boolean =>
  db
    .prepare('SELECT 1 FROM memory_sources INDEXED BY memory_sources_message WHERE message_id = ? AND learnt_key = ?')
    .get(messageId, learntKey) !== undefined;

export const alikeMemorySql = `SELECT ${memoryColumns} FROM memory_items i INDEXED BY memory_items_normal
  WHERE i.normal = ? AND i.deleted_at IS NULL AND i.kind = ? AND i.subject_key = ? ORDER BY i.id LIMIT 1`;

/** The oldest item of this kind and subject with the same normal form; null where there is none. */
export const alikeMemory = (db: ReadableDb, said: Pick<MemoryItem, 'kind' | 'text' | 'subject'>, now: number): MemoryItem | null => {
  const rows = db
    .prepare<[string, string, string], MemoryRow>(alikeMemorySql)
    .all(normalForm(said.text), said.kind, plainKey(said.subject));
  return toMemoryItems(db, rows, now)[0] ?? null;
};
