import type { Conversation } from '@shared/model';
import { conversationColumns, toConversation } from './conversations';
import type { ReadableDb } from './database';

export interface ConversationHit {
  conversation: Conversation;
  /** Null when the title matched. */
  messageId: string | null;
  snippet: string;
  /** Ranges of `snippet` that match. */
  matches: [number, number][];
  at: number;
}

const wordsOf = (typed: string): string[] => typed.normalize('NFC').match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];

/** The last word is matched by its beginning, except a single Latin letter, with which half of all words begin. */
const endOf = (words: readonly string[]): string => (/^[a-z]$/i.test(words.at(-1) ?? '') ? '' : '*');

/**
 * The FTS5 query for what a person typed: every word is quoted, so that nothing is syntax; all words are required, and the last one
 * matches by its beginning. Null when there is no word to search for.
 */
export const toMatchExpression = (typed: string): string | null => {
  const words = wordsOf(typed);
  return words.length === 0 ? null : words.map((word) => `"${word}"`).join(' ') + endOf(words);
};

/** Like `toMatchExpression`, but the words must follow each other. */
export const toPhraseExpression = (typed: string): string | null => {
  const words = wordsOf(typed);
  return words.length === 0 ? null : `"${words.join(' ')}"${endOf(words)}`;
};

/** The FTS5 query for a name: its whole words, one after the other; nothing where there is no word. */
export const toNameExpression = (name: string): string => `"${wordsOf(name).join(' ')}"`;

/** The hits of one conversation are limited to this many, so that a long one does not hide the others. */
const hitsPerConversation = 3;

// Characters that no text typed by a person contains; `snippet()` puts them around matches.
const open = '\u0002';
const close = '\u0003';

/** Removes the marks of `snippet()` and returns the ranges they enclosed. */
export const readMarks = (marked: string): Pick<ConversationHit, 'snippet' | 'matches'> => {
  const matches: [number, number][] = [];
  let snippet = '';
  let start = -1;
  for (const character of marked) {
    if (character === open) start = snippet.length;
    else if (character === close) {
      if (start >= 0) matches.push([start, snippet.length]);
      start = -1;
    } else snippet += character;
  }
  return { snippet, matches };
};

type HitRow = Parameters<typeof toConversation>[0] & { message_id: string | null; marked: string; at: number };

export const titleSearchSql = `SELECT ${conversationColumns}, NULL AS message_id, c.updated_at AS at,
    highlight(conversation_fts, 0, char(2), char(3)) AS marked
  FROM conversation_fts f CROSS JOIN conversations c ON c.n = f.rowid
  WHERE conversation_fts MATCH ? AND c.deleted_at IS NULL ORDER BY f.rowid DESC LIMIT ?`;

/** The newest first: FTS5 walks its lists backwards and stops at the limit, while a ranking would have to weigh every match. */
export const messageSearchSql = `SELECT ${conversationColumns}, m.id AS message_id, m.at AS at,
    snippet(message_fts, 0, char(2), char(3), '…', 24) AS marked
  FROM message_fts f CROSS JOIN messages m ON m.n = f.rowid CROSS JOIN conversations c ON c.id = m.conversation_id
  WHERE message_fts MATCH ? AND c.deleted_at IS NULL ORDER BY f.rowid DESC LIMIT ?`;

/** Searches titles (first) and messages by full text, the newest first. Any input is safe. */
export const searchConversations = (db: ReadableDb, query: string, limit: number): ConversationHit[] => {
  const match = toMatchExpression(query);
  if (!match) return [];
  const toHit = (row: HitRow): ConversationHit[] => {
    const conversation = toConversation(row);
    return conversation ? [{ conversation, messageId: row.message_id, ...readMarks(row.marked), at: row.at }] : [];
  };
  const titles = db.prepare<[string, number], HitRow>(titleSearchSql).all(match, limit).flatMap(toHit);
  const shown = new Map<string, number>();
  const messages: ConversationHit[] = [];
  for (const row of db.prepare<[string, number], HitRow>(messageSearchSql).all(match, limit * hitsPerConversation)) {
    const count = shown.get(row.id) ?? 0;
    if (count === hitsPerConversation) continue;
    shown.set(row.id, count + 1);
    messages.push(...toHit(row));
  }
  return [...titles, ...messages].slice(0, limit);
};
