import type { MemoryItem } from '@shared/model';
import type { ReadableDb, WritableDb } from './database';
import { findMemories } from './memoryItems';

/** The reader of a message: a model, the rules, or none since learning was off where it was written. */
export type Analyser = 'model' | 'rule' | 'off';

/** The messages of the person that a conversation still has to be learnt from, those of all branches, oldest first. */
const newMessagesSql = `SELECT m.id FROM messages m INDEXED BY messages_conversation
  WHERE m.conversation_id = @conversationId AND m.at >= @since AND m.role = 'user' AND m.state = 'complete'
    AND NOT EXISTS (SELECT 1 FROM memory_analysed a WHERE a.message_id = m.id AND a.analyser IN (@first, @second, @third))
  ORDER BY m.at, m.n LIMIT @limit`;

/** The readers after which a message counts as read: with `again`, one that the rules read is read again by a model. */
const readersOf = (again: boolean) =>
  again ? { first: 'model', second: 'off', third: 'off' } : { first: 'model', second: 'off', third: 'rule' };

export const newMessages = (
  db: ReadableDb,
  { conversationId, since, again, limit }: { conversationId: string; since: number; again: boolean; limit: number },
): string[] =>
  db
    .prepare<[object], string>(newMessagesSql)
    .pluck()
    .all({ conversationId, since, limit, ...readersOf(again) });

/** The latest message of a conversation, and how many messages stand since its oldest one that was not read; null where all were. */
export const growthOf = (db: ReadableDb, conversationId: string, since: number): { lastAt: number; messages: number } | null => {
  const row = db
    .prepare<[object], { lastAt: number | null; messages: number }>(
      `SELECT max(at) AS lastAt, count(*) AS messages FROM messages INDEXED BY messages_conversation WHERE conversation_id = @conversationId AND at >= (
         SELECT min(m.at) FROM messages m INDEXED BY messages_conversation WHERE m.conversation_id = @conversationId AND m.at >= @since
           AND m.role = 'user' AND m.state = 'complete' AND NOT EXISTS (SELECT 1 FROM memory_analysed a WHERE a.message_id = m.id))`,
    )
    .get({ conversationId, since });
  return row?.lastAt == null ? null : { lastAt: row.lastAt, messages: row.messages };
};

/** Notes that a message was read; `items` were found in it. */
export const markAnalysed = (
  db: WritableDb,
  read: { messageId: string; conversationId: string; analyser: Analyser; hash: string; items: number; at: number },
): void => {
  db.prepare(
    `INSERT INTO memory_analysed(message_id, analyser, conversation_id, hash, items, at)
     SELECT @messageId, @analyser, @conversationId, @hash, @items, @at WHERE EXISTS (SELECT 1 FROM messages WHERE id = @messageId)
     ON CONFLICT(message_id, analyser) DO UPDATE SET hash = excluded.hash, items = excluded.items, at = excluded.at`,
  ).run(read);
};

/** Notes of all messages of a conversation that nobody has read that nothing is learnt from them; returns their number. */
export const markUnread = (db: WritableDb, conversationId: string, at: number): number =>
  db
    .prepare(
      `INSERT OR IGNORE INTO memory_analysed(message_id, analyser, conversation_id, hash, items, at)
       SELECT m.id, 'off', m.conversation_id, '', 0, ? FROM messages m INDEXED BY messages_conversation
       WHERE m.conversation_id = ? AND m.role = 'user' AND NOT EXISTS (SELECT 1 FROM memory_analysed a WHERE a.message_id = m.id)`,
    )
    .run(at, conversationId).changes;

/** The chats that were used since a time, the latest first. */
export const chatsSince = (db: ReadableDb, since: number, limit: number): string[] =>
  db
    .prepare<[number, number], string>(
      `SELECT id FROM conversations WHERE kind = 'chat' AND deleted_at IS NULL AND updated_at >= ? ORDER BY updated_at DESC LIMIT ?`,
    )
    .pluck()
    .all(since, limit);

export interface OldMessages {
  conversationId: string;
  settings: string;
  messages: number;
  characters: number;
}

/** The chats that a backfill would read, with what it would read of them. */
export const unreadChats = (db: ReadableDb, again: boolean): OldMessages[] =>
  db
    .prepare<[object], OldMessages>(
      `SELECT c.id AS conversationId, c.settings, count(*) AS messages, sum(length(m.text)) AS characters
       FROM conversations c JOIN messages m INDEXED BY messages_conversation ON m.conversation_id = c.id
       WHERE c.kind = 'chat' AND c.deleted_at IS NULL AND m.role = 'user' AND m.state = 'complete'
         AND NOT EXISTS (SELECT 1 FROM memory_analysed a WHERE a.message_id = m.id AND a.analyser IN (@first, @second, @third))
       GROUP BY c.id ORDER BY c.updated_at DESC`,
    )
    .all(readersOf(again));

/** The time since which messages are read without being asked; messages before it are read by a backfill only. */
export const learningSince = (db: ReadableDb): number | null =>
  db.prepare<[], number>("SELECT value FROM memory_state WHERE key = 'learning_since'").pluck().get() ?? null;

export const setLearningSince = (db: WritableDb, at: number): void => {
  db.prepare("INSERT INTO memory_state(key, value) VALUES ('learning_since', ?) ON CONFLICT(key) DO UPDATE SET value = excluded.value").run(
    at,
  );
};

/** The memory that the model of an answer was given: recalled items and summaries of the conversation. */
export const memoryGiven = (db: ReadableDb, messageId: string, conversationId: string): string[] => [
  ...db
    .prepare<[string], string>('SELECT i.text FROM memory_uses u JOIN memory_items i ON i.id = u.item_id WHERE u.message_id = ?')
    .pluck()
    .all(messageId),
  ...db.prepare<[string], string>('SELECT text FROM conversation_summaries WHERE conversation_id = ?').pluck().all(conversationId),
];

/** In how many messages of the person a phrase stands, and in how many chats from which may be learnt; counted up to `most`. */
export const phraseUse = (db: ReadableDb, phrase: string, most: number): { messages: number; chats: number } => {
  const found = db
    .prepare<[string, number], { conversation_id: string }>(
      `SELECT m.conversation_id FROM message_fts f JOIN messages m ON m.n = f.rowid JOIN conversations c ON c.id = m.conversation_id
       WHERE message_fts MATCH ? AND m.role = 'user' AND c.deleted_at IS NULL
         AND NOT EXISTS (SELECT 1 FROM memory_analysed a WHERE a.message_id = m.id AND a.analyser = 'off') LIMIT ?`,
    )
    .all(`"${phrase.replaceAll('"', ' ')}"`, most);
  return { messages: found.length, chats: new Set(found.map((row) => row.conversation_id)).size };
};

export const countSaid = (db: ReadableDb, most: number): number =>
  db.prepare<[number], number>("SELECT count(*) FROM (SELECT 1 FROM messages WHERE role = 'user' LIMIT ?)").pluck().get(most) ?? 0;

/**
 * The items that were learnt from messages of a conversation, also those that the person has edited since, the latest learnt first; at
 * most `limit`.
 */
export const learntFrom = (db: ReadableDb, conversationId: string, limit: number, now: number): MemoryItem[] =>
  findMemories(
    db,
    db
      .prepare<[string, number], string>(
        `SELECT i.id FROM memory_sources s INDEXED BY memory_sources_conversation JOIN memory_items i ON i.id = s.item_id
         WHERE s.conversation_id = ? AND i.deleted_at IS NULL AND s.learnt_key <> ''
         GROUP BY i.id ORDER BY i.learned_at DESC, i.id DESC LIMIT ?`,
      )
      .pluck()
      .all(conversationId, limit),
    now,
  );
