import type { ReadableDb, WritableDb } from './database';

export const findDraft = (db: ReadableDb, key: string): string =>
  db.prepare<[string], string>('SELECT text FROM drafts WHERE key = ?').pluck().get(key) ?? '';

/** An empty draft is no draft. */
export const saveDraft = (db: WritableDb, key: string, text: string, now: number): void => {
  if (text === '') db.prepare('DELETE FROM drafts WHERE key = ?').run(key);
  else
    db.prepare(
      'INSERT INTO drafts(key, text, updated_at) VALUES (?, ?, ?) ON CONFLICT(key) DO UPDATE SET text = excluded.text, updated_at = excluded.updated_at',
    ).run(key, text, now);
};
