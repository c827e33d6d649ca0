import type { MemoryItem, MemorySource } from '@shared/model';
import type { ReadableDb } from './database';
import { normalForm, plainKey } from './memoryKeys';
import { type MemoryRow, memoryColumns, toMemoryItems } from './memoryRows';

export const learntBeforeSql = 'SELECT 1 FROM memory_sources INDEXED BY memory_sources_message WHERE message_id = ? AND learnt_key = ?';

/** True where an item has this from this message already, also where the person has edited, merged or deleted it since. */
export const learntBefore = (db: ReadableDb, messageId: string, learntKey: string): boolean =>
  db.prepare<[string, string], unknown>(learntBeforeSql).get(messageId, learntKey) !== undefined;

/** True where the person forgot something that was learnt from this range. */
export const isUnlearnt = (db: ReadableDb, { messageId, start, end }: MemorySource): boolean =>
  db
    .prepare<[string, number, number], unknown>('SELECT 1 FROM memory_unlearnt WHERE message_id = ? AND start < ? AND "end" > ?')
    .get(messageId, end, start) !== undefined;

export const alikeMemoriesSql = `SELECT ${memoryColumns} FROM memory_items i INDEXED BY memory_items_normal
  WHERE i.normal = ? AND i.deleted_at IS NULL AND i.kind = ? AND i.subject_key = ? ORDER BY i.id DESC LIMIT 10`;

/** The items of this kind and subject with the same normal form, the newest first. */
export const alikeMemories = (db: ReadableDb, said: Pick<MemoryItem, 'kind' | 'text' | 'subject'>, now: number): MemoryItem[] =>
  toMemoryItems(
    db,
    db.prepare<[string, string, string], MemoryRow>(alikeMemoriesSql).all(normalForm(said.text), said.kind, plainKey(said.subject)),
    now,
  );

export const memoriesAboutSql = `SELECT ${memoryColumns} FROM memory_items i INDEXED BY memory_items_about
  WHERE i.subject_key = ? AND i.attribute = ? AND i.deleted_at IS NULL AND (i.valid_to IS NULL OR i.valid_to > ?)`;

/** The items of a subject and an attribute that hold at `at`, the last mentioned first, at most `limit`. */
export const memoriesAbout = (
  db: ReadableDb,
  { subject, attribute }: Pick<MemoryItem, 'subject' | 'attribute'>,
  { at, limit }: { at: number; limit: number },
  now: number,
): MemoryItem[] => {
  const rows = db.prepare<[string, string, number], MemoryRow>(memoriesAboutSql).all(plainKey(subject), attribute, at);
  rows.sort((one, other) => other.last_mention_at - one.last_mention_at || other.n - one.n);
  return toMemoryItems(db, rows.slice(0, limit), now);
};
