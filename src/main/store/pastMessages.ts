import type { ConversationKind, Message } from '@shared/model';
import type { ReadableDb } from './database';

/** A message as the memory of record: its place, its time and its words. */
export interface PastMessage extends Pick<Message, 'id' | 'conversationId' | 'parentId' | 'role' | 'text' | 'at'> {
  kind: ConversationKind;
  title: string;
  /** The words of the message that an answer replies to; null for the person's messages. */
  question: string | null;
}

export interface PastScope {
  /** Epoch milliseconds: `from` inclusive, `to` exclusive, null where open. */
  from: number | null;
  to: number | null;
  /** The conversation that asks: it sees its own messages also where it is private. Null for none. */
  conversationId: string | null;
}

const columns = `m.id, m.conversation_id AS conversationId, m.parent_id AS parentId, m.role, m.text, m.at, c.kind, c.title,
  (SELECT p.text FROM messages p WHERE m.role = 'assistant' AND p.id = m.parent_id) AS question`;
/** Deleted and private conversations are left out, and answers that are still written. */
const visible = `c.deleted_at IS NULL AND (c.id = ? OR coalesce(json_extract(c.settings, '$.private'), 0) = 0)
  AND m.state <> 'streaming' AND m.text <> ''`;

/** FTS5 walks its list of the words; the time is compared afterwards. */
export const pastMatchesSql = `SELECT ${columns} FROM message_fts f CROSS JOIN messages m ON m.n = f.rowid
  CROSS JOIN conversations c ON c.id = m.conversation_id
  WHERE message_fts MATCH ? AND m.at >= ? AND m.at < ? AND ${visible} ORDER BY f.rowid`;

/** A conversation that rested since before the window has no message in it. */
export const pastWindowSql = `SELECT ${columns} FROM conversations c
  CROSS JOIN messages m INDEXED BY messages_conversation ON m.conversation_id = c.id AND m.at >= ? AND m.at < ?
  WHERE c.updated_at >= ? AND ${visible} AND m.role = ? ORDER BY m.at DESC, m.n DESC LIMIT ?`;

const open = { from: Number.MIN_SAFE_INTEGER, to: Number.MAX_SAFE_INTEGER };

/** The messages that match an FTS5 expression within the scope, oldest first, read one by one. */
export const pastMatches = (db: ReadableDb, expression: string, { from, to, conversationId }: PastScope): IterableIterator<PastMessage> =>
  db
    .prepare<[string, number, number, string], PastMessage>(pastMatchesSql)
    .iterate(expression, from ?? open.from, to ?? open.to, conversationId ?? '');

/** The latest messages of one role in the scope, at most `limit`, oldest first. */
export const pastWindow = (db: ReadableDb, { from, to, conversationId }: PastScope, role: Message['role'], limit: number): PastMessage[] =>
  db
    .prepare<[number, number, number, string, string, number], PastMessage>(pastWindowSql)
    .all(from ?? open.from, to ?? open.to, from ?? open.from, conversationId ?? '', role, limit)
    .reverse();
