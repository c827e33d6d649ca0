import { type ConversationSummary, conversationSummarySchema } from '@shared/model';
import type { ReadableDb, WritableDb } from './database';
import { readRow } from './json';

interface SummaryRow extends Omit<ConversationSummary, 'enabled'> {
  enabled: number;
  undoneAt: number | null;
}

const columns = `id, conversation_id AS conversationId, up_to_message AS upToMessage, text, origin, model, enabled,
  created_at AS createdAt, edited_at AS editedAt, undone_at AS undoneAt`;

export interface StoredSummary extends ConversationSummary {
  undone: boolean;
}

const toSummary = ({ enabled, undoneAt, ...row }: SummaryRow): StoredSummary[] => {
  const summary = readRow(conversationSummarySchema, { ...row, enabled: enabled === 1 }, `conversation_summaries ${row.id}`, {
    origin: 'model',
  });
  return summary ? [{ ...summary, undone: undoneAt !== null }] : [];
};

/** The summaries of a conversation, of every branch and the undone ones, newest first. */
export const summariesOf = (db: ReadableDb, conversationId: string): StoredSummary[] =>
  db
    .prepare<[string], SummaryRow>(
      `SELECT ${columns} FROM conversation_summaries INDEXED BY conversation_summaries_of WHERE conversation_id = ?
       ORDER BY created_at DESC, rowid DESC`,
    )
    .all(conversationId)
    .flatMap(toSummary);

export const findSummary = (db: ReadableDb, id: string): StoredSummary | null => {
  const row = db.prepare<[string], SummaryRow>(`SELECT ${columns} FROM conversation_summaries WHERE id = ?`).get(id);
  return row ? (toSummary(row)[0] ?? null) : null;
};

export const insertSummary = (db: WritableDb, summary: Omit<ConversationSummary, 'enabled' | 'editedAt' | 'origin'>): void => {
  db.prepare(
    `INSERT INTO conversation_summaries(id, conversation_id, up_to_message, text, origin, model, enabled, created_at)
     VALUES (@id, @conversationId, @upToMessage, @text, 'model', @model, 1, @createdAt)`,
  ).run(summary);
};

export const editSummary = (db: WritableDb, id: string, text: string, at: number): void => {
  db.prepare("UPDATE conversation_summaries SET text = ?, origin = 'person', edited_at = ? WHERE id = ?").run(text, at, id);
};

export const setSummaryEnabled = (db: WritableDb, id: string, enabled: boolean): void => {
  db.prepare('UPDATE conversation_summaries SET enabled = ? WHERE id = ?').run(enabled ? 1 : 0, id);
};

/** Takes a summary back; null brings it again. */
export const setSummaryUndone = (db: WritableDb, id: string, at: number | null): void => {
  db.prepare('UPDATE conversation_summaries SET undone_at = ? WHERE id = ?').run(at, id);
};
