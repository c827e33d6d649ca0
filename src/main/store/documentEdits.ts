import type { ReadableDb, WritableDb } from './database';
import { followVersion } from './documentNames';

/** Facts that the person wrote about a document: null leaves a fact as it was read, an empty text says that there is none. */
export interface DocumentEdit {
  author?: string | null | undefined;
  dated?: string | null | undefined;
  language?: string | null | undefined;
}

const columns = ['author', 'dated', 'language'] as const;

/** Writes facts about a document, apart from those that were read; a fact that is not given stays as it is. */
export const editDocument = (db: WritableDb, id: string, edit: DocumentEdit, at: number): void =>
  db.transaction(() => {
    const now =
      db.prepare<[string], Required<DocumentEdit>>('SELECT author, dated, language FROM document_edits WHERE document_id = ?').get(id) ??
      {};
    const next: DocumentEdit = { ...now };
    for (const column of columns) if (edit[column] !== undefined) next[column] = edit[column];
    if (columns.every((column) => next[column] == null)) db.prepare('DELETE FROM document_edits WHERE document_id = ?').run(id);
    else
      db.prepare(
        `INSERT INTO document_edits(document_id, author, dated, language) VALUES (@id, @author, @dated, @language)
         ON CONFLICT(document_id) DO UPDATE SET author = @author, dated = @dated, language = @language`,
      ).run({ id, author: next.author ?? null, dated: next.dated ?? null, language: next.language ?? null });
    db.prepare('UPDATE documents SET updated_at = ? WHERE id = ?').run(at, id);
  })();

/** Gives a document the title of its file again. Returns true when the title changed. */
export const resetTitle = (db: WritableDb, id: string): boolean => {
  db.prepare("UPDATE documents SET title_origin = 'program' WHERE id = ?").run(id);
  return followVersion(db, id);
};

/** The same facts as the file has them, by the version that answers for its document, else by its newest. */
export const factsRead = (db: ReadableDb, id: string): { author: string | null; dated: string | null; language: string | null } =>
  db
    .prepare<[string], { author: string | null; dated: string | null; language: string | null }>(
      `SELECT v.author, v.dated, v.lang AS language FROM documents d JOIN document_versions v ON v.id = coalesce(
         (SELECT id FROM document_versions WHERE id = d.current_version),
         (SELECT id FROM document_versions WHERE document_id = d.id ORDER BY ordinal DESC LIMIT 1)) WHERE d.id = ?`,
    )
    .get(id) ?? { author: null, dated: null, language: null };
