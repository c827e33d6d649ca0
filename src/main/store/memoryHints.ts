import type { Hint, HintType, MemoryItem } from '@shared/model';
import type { ReadableDb, WritableDb } from './database';
import { type MemoryRow, memoryColumns, toMemoryItems } from './memoryRows';

/** Items that may be hinted at: alive, in force, and not said to stay quiet. */
const live = `i.deleted_at IS NULL AND i.archived_at IS NULL AND i.muted = 0 AND i.superseded_by IS NULL AND i.done_at IS NULL
  AND (i.valid_to IS NULL OR i.valid_to > @now)`;

export const hintMatchesSql = `SELECT ${memoryColumns} FROM memory_fts f CROSS JOIN memory_items i ON i.n = f.rowid
  WHERE memory_fts MATCH @expression AND ${live} ORDER BY bm25(memory_fts) LIMIT @limit`;

/** The live items with words of an FTS5 expression, the best first. */
export const hintMatches = (db: ReadableDb, expression: string, now: number, limit: number): MemoryItem[] =>
  toMemoryItems(db, db.prepare<[object], MemoryRow>(hintMatchesSql).all({ expression, now, limit }), now);

export const dueIntentsSql = `SELECT ${memoryColumns} FROM memory_items i INDEXED BY memory_items_due
  WHERE i.due_at IS NOT NULL AND i.done_at IS NULL AND i.deleted_at IS NULL AND i.due_at >= @from AND i.due_at < @to
    AND i.kind = 'intent' AND ${live} ORDER BY i.due_at LIMIT @limit`;

/** The intents that are not done and fall due within a window, the next first. */
export const dueIntents = (db: ReadableDb, window: { from: number; to: number }, now: number, limit: number): MemoryItem[] =>
  toMemoryItems(db, db.prepare<[object], MemoryRow>(dueIntentsSql).all({ ...window, now, limit }), now);

export interface HintRecord {
  shown: number;
  /** In a row: using a hint begins anew. */
  ignored: number;
  lastAt: number;
}

/** The record of a type of hint about an item; null where it was never shown. */
export const hintRecord = (db: ReadableDb, itemId: string, type: HintType): HintRecord | null =>
  db
    .prepare<[string, string], HintRecord>('SELECT shown, ignored, last_at AS lastAt FROM memory_hints WHERE item_id = ? AND type = ?')
    .get(itemId, type) ?? null;

/** The changes of a record that each action of the person makes. */
const changesOf = {
  seen: 'shown = shown + 1, last_at = @at',
  ignored: 'ignored = ignored + 1, last_at = @at',
  applied: 'applied = applied + 1, ignored = 0, last_at = @at',
} as const;
export type HintAction = keyof typeof changesOf;

/** Notes what the person did with a hint; unknown items are left out. */
export const noteHint = (db: WritableDb, hint: { itemId: string; type: HintType }, action: HintAction, at: number): void => {
  const params = { ...hint, at };
  db.prepare(
    `INSERT OR IGNORE INTO memory_hints(item_id, type, shown, ignored, applied, last_at)
     SELECT id, @type, 0, 0, 0, @at FROM memory_items WHERE id = @itemId`,
  ).run(params);
  db.prepare(`UPDATE memory_hints SET ${changesOf[action]} WHERE item_id = @itemId AND type = @type`).run(params);
};

type Talk = Hint['conversations'][number];

/**
 * The messages on which an item rests in other conversations than the one that asks, without deleted and private ones, oldest first. With
 * an agent only those of its own conversations.
 */
export const spokenElsewhere = (db: ReadableDb, itemId: string, asks: { conversationId: string | null; agentId: string | null }): Talk[] =>
  db
    .prepare<[object], Talk>(
      `SELECT s.conversation_id AS conversationId, c.title, s.message_id AS messageId, s.at
       FROM memory_sources s CROSS JOIN conversations c ON c.id = s.conversation_id
       WHERE s.item_id = @itemId AND s.conversation_id <> @conversationId AND c.deleted_at IS NULL
         AND coalesce(json_extract(c.settings, '$.private'), 0) = 0
         AND (@agentId IS NULL OR json_extract(c.settings, '$.agentId') = @agentId)
       ORDER BY s.at`,
    )
    .all({ itemId, conversationId: asks.conversationId ?? '', agentId: asks.agentId });
