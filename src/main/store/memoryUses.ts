import { type MemoryItem, type RecalledItem, recallScoresSchema, type UsedMessage } from '@shared/model';
import { findConversation } from './conversations';
import type { ReadableDb, WritableDb } from './database';
import { readJson } from './json';
import { findMemories, touchMemory } from './memoryItems';
import { afterUse } from './memoryVitality';
import { findMessage } from './messages';

/** Characters of a past message that are shown. */
const mostShown = 300;

/**
 * Notes that an answer was given these items, with the parts of their scores: each gains a use and vitality, once for an answer. Items
 * that no longer exist are left out. Inside the caller's transaction.
 */
export const recordMemoryUses = (db: WritableDb, messageId: string, used: readonly RecalledItem[], now: number): void => {
  const scores = new Map(used.map((one) => [one.item.id, one.scores]));
  for (const { id, uses, vitality } of findMemories(db, [...scores.keys()], now)) {
    const { changes } = db
      .prepare('INSERT OR IGNORE INTO memory_uses(message_id, item_id, scores, at) VALUES (?, ?, ?, ?)')
      .run(messageId, id, JSON.stringify(scores.get(id)), now);
    if (changes === 1) touchMemory(db, id, { uses: uses + 1, lastUsedAt: now, vitality: afterUse(vitality) }, now);
  }
};

/** The items that an answer was given, the best first. */
export const memoryUsesOf = (db: ReadableDb, messageId: string, now: number): RecalledItem[] => {
  const rows = db
    .prepare<[string], { id: string; scores: string }>('SELECT item_id AS id, scores FROM memory_uses WHERE message_id = ?')
    .all(messageId);
  const unknown = { similarity: 0, recency: 0, use: 0, total: 0 };
  const scores = new Map(rows.map((row) => [row.id, readJson(recallScoresSchema, row.scores, unknown, `memory_uses ${messageId}`)]));
  return findMemories(db, [...scores.keys()], now)
    .filter(({ deletedAt }) => deletedAt === null)
    .map((item) => ({ item, scores: scores.get(item.id) ?? unknown }))
    .sort((a, b) => b.scores.total - a.scores.total);
};

/** The past messages that an answer was given, in their order; those that are deleted or forgotten are left out. */
export const usedMessagesOf = (db: ReadableDb, messageId: string): UsedMessage[] =>
  (findMessage(db, messageId)?.info?.recalled ?? []).flatMap((id) => {
    const message = findMessage(db, id);
    const conversation = message && findConversation(db, message.conversationId);
    if (!conversation || conversation.deletedAt !== null) return [];
    const { conversationId, role, at, text } = message;
    const { kind, title } = conversation;
    return [{ messageId: id, conversationId, conversationKind: kind, title, role, at, text: text.slice(0, mostShown) }];
  });

export const statedInSql = `SELECT s.message_id AS messageId, s.item_id AS itemId, s.start, s."end" FROM json_each(?) wanted
  CROSS JOIN memory_sources s INDEXED BY memory_sources_message ON s.message_id = wanted.value`;

/** The items that rest on these messages and state the value of an attribute, each with its ranges in the message; none of the bin. */
export const statedIn = (
  db: ReadableDb,
  messageIds: readonly string[],
  now: number,
): Map<string, { item: MemoryItem; start: number; end: number }[]> => {
  const rows = db
    .prepare<[string], { messageId: string; itemId: string; start: number; end: number }>(statedInSql)
    .all(JSON.stringify(messageIds));
  const items = new Map(findMemories(db, [...new Set(rows.map(({ itemId }) => itemId))], now).map((item) => [item.id, item]));
  const stated = rows.flatMap(({ itemId, ...row }) => {
    const item = items.get(itemId);
    return item && item.deletedAt === null && item.attribute !== '' && item.value !== '' ? [{ ...row, item }] : [];
  });
  return Map.groupBy(stated, ({ messageId }) => messageId);
};

export const mutedMessagesSql = `SELECT wanted.value FROM json_each(@ids) wanted WHERE EXISTS (
    SELECT 1 FROM memory_sources s JOIN memory_items i ON i.id = s.item_id
    WHERE s.message_id = wanted.value AND i.muted = 1 AND i.deleted_at IS NULL
  ) OR EXISTS (
    SELECT 1 FROM memory_uses u JOIN memory_items i ON i.id = u.item_id
    WHERE u.message_id = wanted.value AND i.muted = 1 AND i.deleted_at IS NULL)`;

/** Those of the messages on which an item rests that shall not be used again, and the answers that were given such an item. */
export const mutedMessages = (db: ReadableDb, messageIds: readonly string[]): Set<string> =>
  new Set(
    db
      .prepare<[object], string>(mutedMessagesSql)
      .pluck()
      .all({ ids: JSON.stringify(messageIds) }),
  );
