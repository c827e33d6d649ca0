import type { ConversationKind, Message } from '@shared/model';
import type { ReadableDb } from './database';

/** A message as the memory of record: its place, its time and its words. */
export interface PastMessage extends Pick<Message, 'id' | 'conversationId' | 'parentId' | 'role' | 'text' | 'at'> {
  /** The number of its row: messages are numbered in the order in which they were stored. */
  n: number;
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
  /** Only the conversations with this agent, and its own answers; null for all. */
  agentId: string | null;
}

const columns = `m.n, m.id, m.conversation_id AS conversationId, m.parent_id AS parentId, m.role, m.text, m.at, c.kind, c.title,
  (SELECT p.text FROM messages p WHERE m.role = 'assistant' AND p.id = m.parent_id) AS question`;
/**
 * Deleted and private conversations are left out, those of other agents where one is named, answers that are still written, and those
 * without a model, which only quote documents: nobody spoke there of what a passage happens to name.
 */
const visible = `c.deleted_at IS NULL AND (c.id = @conversationId OR (coalesce(json_extract(c.settings, '$.private'), 0) = 0
    AND (@agentId IS NULL OR json_extract(c.settings, '$.agentId') = @agentId)))
  AND (@agentId IS NULL OR m.speaker IS NULL OR m.speaker = @agentId) AND m.state <> 'streaming' AND m.text <> ''
  AND (m.role = 'user' OR coalesce(json_extract(m.info, '$.provider'), '') <> 'passages')`;

const matchNumbersSql = 'SELECT rowid FROM message_fts WHERE message_fts MATCH ? ORDER BY rowid';

const numberedSql = `SELECT ${columns} FROM json_each(@asked) asked CROSS JOIN messages m ON m.n = asked.value
  CROSS JOIN conversations c ON c.id = m.conversation_id WHERE m.at >= @from AND m.at < @to AND ${visible}`;

/** A conversation that rested since before the window has no message in it. */
const windowConversationsSql = 'SELECT c.id FROM conversations c WHERE c.updated_at >= ? AND c.deleted_at IS NULL';

const windowSql = `SELECT ${columns} FROM json_each(@asked) asked CROSS JOIN conversations c ON c.id = asked.value
  CROSS JOIN messages m INDEXED BY messages_conversation ON m.conversation_id = c.id AND m.at >= @from AND m.at < @to
  WHERE ${visible} AND m.role = @role`;

const bound = ({ from, to, conversationId, agentId }: PastScope) => ({
  from: from ?? Number.MIN_SAFE_INTEGER,
  to: to ?? Number.MAX_SAFE_INTEGER,
  conversationId: conversationId ?? '',
  agentId,
});
/** Rows that are read at once: a few milliseconds. */
const messagesAtOnce = 200;
const conversationsAtOnce = 20;

/** The messages that match an FTS5 expression within the scope, in the order of their numbers. No statement is open between two of them. */
export function* pastMatches(db: ReadableDb, expression: string, scope: PastScope): Generator<PastMessage, void, void> {
  const numbers = db.prepare<[string], number>(matchNumbersSql).pluck().all(expression);
  const rows = db.prepare<[object], PastMessage>(numberedSql);
  const params = bound(scope);
  for (let start = 0; start < numbers.length; start += messagesAtOnce)
    yield* rows.all({ ...params, asked: JSON.stringify(numbers.slice(start, start + messagesAtOnce)) });
}

/** The messages of one role in the scope, in no order. No statement is open between two of them. */
export function* pastWindow(db: ReadableDb, scope: PastScope, role: Message['role']): Generator<PastMessage, void, void> {
  const params = { ...bound(scope), role };
  const conversations = db.prepare<[number], string>(windowConversationsSql).pluck().all(params.from);
  const rows = db.prepare<[object], PastMessage>(windowSql);
  for (let start = 0; start < conversations.length; start += conversationsAtOnce)
    yield* rows.all({ ...params, asked: JSON.stringify(conversations.slice(start, start + conversationsAtOnce)) });
}
