import Database from 'better-sqlite3';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import { parseJson } from './json';

/** A conversation as recall needs it. */
export interface RecallConversation {
  n: number;
  id: string;
  /** True when its messages are recalled only within itself. */
  isPrivate: boolean;
  isDeleted: boolean;
  agentId: string | null;
}

export interface RecallMessage {
  n: number;
  id: string;
  conversationId: string;
  role: 'user' | 'assistant';
  /** An agent, or the name of a person in an imported conversation; null for the person. */
  speaker: string | null;
  state: string;
  text: string;
  at: number;
}

export interface RecallItem {
  n: number;
  id: string;
  text: string;
  subject: string;
  updatedAt: number;
}

/** Reads `emergence.db` and never writes it: the messages and memory items that can be recalled. */
export interface MemoryReader {
  /** Changes exactly when another connection has committed a change. */
  version(): unknown;
  conversations(): RecallConversation[];
  /** At most `limit` messages of any state above `n`, in the order of their numbers. */
  messagesAfter(n: number, limit: number): RecallMessage[];
  /** Null when it no longer exists. */
  message(n: number): RecallMessage | null;
  /** The messages that the turns above this row wrote, and the highest row of turns. */
  writtenByTurns(above: number): { highest: number; messages: number[] };
  itemsAfter(n: number, limit: number): RecallItem[];
  /** The items that were changed at this time or later. */
  itemsChangedFrom(at: number): RecallItem[];
  itemCount(): number;
  itemNumbers(): number[];
  close(): void;
}

const messageColumns = 'n, id, conversation_id AS conversationId, role, speaker, state, text, at';
const itemColumns = 'n, id, text, subject, updated_at AS updatedAt';

interface ConversationRow {
  n: number;
  id: string;
  isDeleted: number;
  settings: string;
}
/** Settings that cannot be read are those of no private conversation, as for the window. */
const settingsSchema = z
  .object({ private: z.boolean().catch(false), agentId: z.string().nullable().catch(null) })
  .catch({ private: false, agentId: null });
type RecallSettings = z.infer<typeof settingsSchema>;

export const openMemoryReader = (path: string): MemoryReader => {
  const database = new Database(path, { readonly: true, fileMustExist: true });
  const conversationRows = database.prepare<[], ConversationRow>(
    'SELECT n, id, deleted_at IS NOT NULL AS isDeleted, settings FROM conversations',
  );
  /** Most conversations have the same settings. */
  const parsed = new LRUCache<string, RecallSettings>({ max: 1_000 });
  const settingsOf = (text: string): RecallSettings => {
    const known = parsed.get(text) ?? settingsSchema.parse(parseJson(text));
    parsed.set(text, known);
    return known;
  };
  const messageRows = database.prepare<[number, number], RecallMessage>(
    `SELECT ${messageColumns} FROM messages WHERE n > ? ORDER BY n LIMIT ?`,
  );
  const messageRow = database.prepare<[number], RecallMessage>(`SELECT ${messageColumns} FROM messages WHERE n = ?`);
  const highestTurn = database.prepare<[], number | null>('SELECT max(rowid) FROM turns').pluck();
  const turnRows = database
    .prepare<[number], number>('SELECT m.n FROM turns t JOIN messages m ON m.id = t.message_id WHERE t.rowid > ?')
    .pluck();
  const itemRows = database.prepare<[number, number], RecallItem>(`SELECT ${itemColumns} FROM memory_items WHERE n > ? ORDER BY n LIMIT ?`);
  const changedRows = database.prepare<[number], RecallItem>(
    `SELECT ${itemColumns} FROM memory_items INDEXED BY memory_items_live
     WHERE updated_at >= ? AND deleted_at IS NULL AND archived_at IS NULL`,
  );
  const itemCount = database.prepare<[], number>('SELECT count(*) FROM memory_items').pluck();
  const itemNumbers = database.prepare<[], number>('SELECT n FROM memory_items').pluck();
  return {
    version: () => database.pragma('data_version', { simple: true }),
    conversations: () =>
      conversationRows.all().map(({ n, id, isDeleted, settings }) => {
        const { private: isPrivate, agentId } = settingsOf(settings);
        return { n, id, isDeleted: isDeleted === 1, isPrivate, agentId };
      }),
    messagesAfter: (n, limit) => messageRows.all(n, limit),
    message: (n) => messageRow.get(n) ?? null,
    writtenByTurns: (above) => ({ highest: highestTurn.get() ?? 0, messages: turnRows.all(above) }),
    itemsAfter: (n, limit) => itemRows.all(n, limit),
    itemsChangedFrom: (at) => changedRows.all(at),
    itemCount: () => itemCount.get() ?? 0,
    itemNumbers: () => itemNumbers.all(),
    close: () => database.close(),
  };
};
