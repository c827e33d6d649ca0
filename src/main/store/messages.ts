import {
  type AnswerInfo,
  answerInfoSchema,
  type ErrorRecord,
  idSchema,
  type Message,
  type MessageState,
  messageSchema,
  type Thinking,
  thinkingSchema,
} from '@shared/model';
import { citationsOf } from './citations';
import type { ReadableDb, WritableDb } from './database';
import { readError, readFields, readRow } from './json';
import { storedUsageSchema } from './usage';

interface MessageRow {
  n: number;
  id: string;
  conversation_id: string;
  parent_id: string | null;
  turn_id: string | null;
  role: Message['role'];
  speaker: string | null;
  part: Message['part'];
  round: number | null;
  state: MessageState;
  text: string;
  error: string | null;
  info: string | null;
  thinking: string | null;
  at: number;
  tz_offset: number;
}

const columns =
  'm.n, m.id, m.conversation_id, m.parent_id, m.turn_id, m.role, m.speaker, m.part, m.round, m.state, m.text, m.error, m.info, m.thinking, m.at, m.tz_offset';

export type NewMessage = Pick<Message, 'id' | 'conversationId' | 'parentId' | 'turnId' | 'role' | 'speaker' | 'state' | 'text' | 'at'> &
  Partial<Pick<Message, 'part' | 'round'>>;

/** Minutes that local time is ahead of UTC at `at`. */
const timeZoneOffset = (at: number): number => -new Date(at).getTimezoneOffset();

export const insertMessage = (db: WritableDb, message: NewMessage): void => {
  db.prepare(
    `INSERT INTO messages(id, conversation_id, parent_id, turn_id, role, speaker, part, round, state, text, at, tz_offset)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    message.id,
    message.conversationId,
    message.parentId,
    message.turnId,
    message.role,
    message.speaker,
    message.part ?? null,
    message.round ?? null,
    message.state,
    message.text,
    message.at,
    timeZoneOffset(message.at),
  );
};

/** Saves the text and the thinking of an answer while it is written. Cheap, since the complete answer is saved when it ends. */
export const savePartial = (db: WritableDb, id: string, text: string, thinking: Thinking | null): void => {
  db.prepare("UPDATE messages SET text = ?, thinking = ? WHERE id = ? AND state = 'streaming'").run(text, jsonOf(thinking), id);
};

/** Opens an answer for writing again (`continue`), under its new turn. */
export const reopenMessage = (db: WritableDb, id: string, turnId: string): void => {
  db.prepare("UPDATE messages SET state = 'streaming', turn_id = ?, error = NULL WHERE id = ?").run(turnId, id);
};

/** Ends an answer; false when it no longer exists. */
export const finishMessage = (
  db: WritableDb,
  id: string,
  end: {
    state: Exclude<MessageState, 'streaming'>;
    text: string;
    error: ErrorRecord | null;
    info: AnswerInfo | null;
    thinking: Thinking | null;
  },
): boolean =>
  db
    .prepare('UPDATE messages SET state = ?, text = ?, error = ?, info = ?, thinking = ? WHERE id = ?')
    .run(end.state, end.text, jsonOf(end.error), jsonOf(end.info), jsonOf(end.thinking), id).changes === 1;

const jsonOf = (value: unknown): string | null => (value === null ? null : JSON.stringify(value));

/** Notes how the question of an answer that is being written was understood, so that a crash does not lose it. */
export const noteInfo = (db: WritableDb, id: string, info: AnswerInfo): void => {
  db.prepare("UPDATE messages SET info = ? WHERE id = ? AND state = 'streaming'").run(jsonOf(info), id);
};

/** Closes an answer that a crash left open, with the text that was saved last. */
export const interruptStreamingMessage = (db: WritableDb, id: string, turnId: string): void => {
  db.prepare("UPDATE messages SET state = 'interrupted' WHERE id = ? AND turn_id = ? AND state = 'streaming'").run(id, turnId);
};

export const findMessage = (db: ReadableDb, id: string): Message | null => {
  const row = db.prepare<[string], MessageRow>(`SELECT ${columns} FROM messages m WHERE m.id = ?`).get(id);
  return row ? (toMessages(db, [row])[0] ?? null) : null;
};

export const branchSql = `WITH RECURSIVE branch(n, parent_id, depth) AS (
    SELECT n, parent_id, 0 FROM messages WHERE id = ?
    UNION ALL
    SELECT p.n, p.parent_id, depth + 1 FROM branch JOIN messages p ON p.id = branch.parent_id WHERE depth + 1 < ?
  ) SELECT ${columns} FROM branch CROSS JOIN messages m ON m.n = branch.n ORDER BY branch.depth DESC`;

/** The last `limit` messages of the branch that ends in `leafId`, oldest first: walks up by primary keys, never scans. */
export const branchEndingAt = (db: ReadableDb, leafId: string, limit: number): { items: Message[]; hasMore: boolean } => {
  const rows = db.prepare<[string, number], MessageRow>(branchSql).all(leafId, limit + 1);
  const hasMore = rows.length > limit;
  return { items: toMessages(db, hasMore ? rows.slice(1) : rows), hasMore };
};

/** The newest message below `messageId`, found by the newest child at each step: the end of a chosen branch. */
export const leafBelow = (db: ReadableDb, messageId: string): string => {
  const newestChild = db
    .prepare<[string], string>('SELECT id FROM messages INDEXED BY messages_parent WHERE parent_id = ? ORDER BY n DESC LIMIT 1')
    .pluck();
  let leaf = messageId;
  for (let child = newestChild.get(leaf); child !== undefined; child = newestChild.get(leaf)) leaf = child;
  return leaf;
};

/** The newest message of a conversation, used as its end when the stored end cannot be read. Null when it is empty. */
export const newestMessage = (db: ReadableDb, conversationId: string): string | null =>
  db
    .prepare<[string], string>(
      'SELECT id FROM messages INDEXED BY messages_conversation WHERE conversation_id = ? ORDER BY at DESC, n DESC LIMIT 1',
    )
    .pluck()
    .get(conversationId) ?? null;

/** True where a message with this id is stored, readable or not. */
export const hasMessage = (db: ReadableDb, id: string): boolean => db.prepare('SELECT 1 FROM messages WHERE id = ?').get(id) !== undefined;

/** Every message of a conversation in the order they were made, all branches: for exports. */
export const allMessages = (db: ReadableDb, conversationId: string): Message[] =>
  toMessages(
    db,
    db
      .prepare<[string], MessageRow>(
        `SELECT ${columns} FROM messages m INDEXED BY messages_conversation WHERE m.conversation_id = ? ORDER BY m.n`,
      )
      .all(conversationId),
  );

export const siblingsSql = 'SELECT id, role FROM messages INDEXED BY messages_parent WHERE parent_id = ? ORDER BY n';
export const rootSiblingsSql =
  'SELECT id, role FROM messages INDEXED BY messages_conversation WHERE conversation_id = ? AND parent_id IS NULL ORDER BY n';

/** Earlier versions stored the figures of a provider as it sent them. */
const storedInfoSchema = answerInfoSchema.extend({ usage: storedUsageSchema.nullable() });
const noInfo: AnswerInfo = {
  provider: '',
  model: '',
  usage: null,
  firstWordMs: null,
  ms: null,
  fallback: null,
  support: null,
  passages: 0,
  given: 0,
};

/** Leaves out the messages that cannot be read. */
const toMessages = (db: ReadableDb, rows: MessageRow[]): Message[] => {
  const citations = citationsOf(
    db,
    rows.filter((row) => row.role === 'assistant').map((row) => row.id),
  );
  const siblings = db.prepare<[string], Pick<MessageRow, 'id' | 'role'>>(siblingsSql);
  const rootSiblings = db.prepare<[string], Pick<MessageRow, 'id' | 'role'>>(rootSiblingsSql);
  return rows.flatMap((row) => {
    const entry = `messages ${row.id}`;
    const message: Message = {
      id: row.id,
      conversationId: row.conversation_id,
      parentId: row.parent_id,
      turnId: row.turn_id,
      role: row.role,
      speaker: row.speaker,
      part: row.part,
      round: row.round,
      state: row.state,
      text: row.text,
      at: row.at,
      tzOffset: row.tz_offset,
      error: readError(row.error, entry),
      info: readFields(storedInfoSchema, row.info, noInfo, entry),
      thinking: readFields(thinkingSchema, row.thinking, { ms: 0, cut: false }, entry),
      citations: citations.get(row.id) ?? [],
      siblings: (row.parent_id ? siblings.all(row.parent_id) : rootSiblings.all(row.conversation_id))
        .filter((sibling) => sibling.role === row.role && idSchema.safeParse(sibling.id).success)
        .map((sibling) => sibling.id),
    };
    return readRow(messageSchema, message, entry, { parentId: null, turnId: null, part: null, state: 'complete' }) ?? [];
  });
};
