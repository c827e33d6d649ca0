import type { ReadableDb, WritableDb } from './database';

/** The note of a model on a part of a version, under a hash of the model, the prompt and the text that it read; null where it has not. */
export const findNote = (db: ReadableDb, versionId: string, key: string): string | null =>
  db.prepare<[string, string], string>('SELECT text FROM document_notes WHERE version_id = ? AND key = ?').pluck().get(versionId, key) ??
  null;

/** Keeps a note. Returns false where the version no longer exists: nothing of a forgotten document may come back. */
export const keepNote = (
  db: WritableDb,
  note: { versionId: string; key: string; text: string; model: string; createdAt: number },
): boolean =>
  db
    .prepare(
      `INSERT OR REPLACE INTO document_notes(version_id, key, text, model, created_at)
       SELECT @versionId, @key, @text, @model, @createdAt WHERE EXISTS (SELECT 1 FROM document_versions WHERE id = @versionId)`,
    )
    .run(note).changes === 1;
