import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import Database from 'better-sqlite3';

export interface LongConversation {
  id: string;
  messageIds: string[];
}

/** A question of a line or two, or an answer of some paragraphs with a list and code now and then. Names its number, from 1. */
const textOf = (number: number): string => {
  if (number % 2 === 1) return `Question ${number}: ${'when does the lamp burn, and who keeps it? '.repeat(1 + (number % 5))}`;
  const paragraph = `The keeper of lamp ${number} writes the tide into the book, morning and evening. `.repeat(2 + (number % 4));
  const more = [
    '',
    '\n\n- one for the oil\n- one for the wick\n- one for the **glass**',
    '\n\n```ts\nconst lamp = "lit";\n```',
    `\n\n${paragraph}`,
  ];
  return `Answer ${number}. ${paragraph}${more[(number / 2) % more.length]}\n\n${paragraph}`;
};

/**
 * Writes conversations into the database of a program that does not run. `texts` says what single messages say instead, by
 * their numbers from 1.
 */
export const writeConversations = (
  dataFolder: string,
  lengths: readonly number[],
  texts: Record<number, string> = {},
): LongConversation[] => {
  const db = new Database(join(dataFolder, 'emergence.db'));
  const conversation = db.prepare(
    "INSERT INTO conversations (id, kind, title, settings, active_leaf, created_at, updated_at) VALUES (?, 'chat', ?, ?, ?, ?, ?)",
  );
  const message = db.prepare(
    `INSERT INTO messages (id, conversation_id, parent_id, role, speaker, state, text, at, tz_offset)
     VALUES (?, ?, ?, ?, ?, 'complete', ?, ?, 0)`,
  );
  const settings = JSON.stringify({ documents: false, collectionIds: [], agentId: 'neo', model: null });
  const at = Date.now() - 3_600_000;
  try {
    return db.transaction(() =>
      lengths.map((length) => {
        const id = randomUUID();
        const messageIds = Array.from({ length }, () => randomUUID());
        conversation.run(id, `${length} messages`, settings, messageIds.at(-1), at, at);
        for (const [index, own] of messageIds.entries()) {
          const user = index % 2 === 0;
          const text = texts[index + 1] ?? textOf(index + 1);
          message.run(own, id, messageIds[index - 1] ?? null, user ? 'user' : 'assistant', user ? null : 'neo', text, at + index);
        }
        return { id, messageIds };
      }),
    )();
  } finally {
    db.close();
  }
};
