import type { ReadableDb, WritableDb } from './database';
import { forgetSourcesOfVersion } from './turns';

/** The versions of a document beyond its newest `keep`, except the current one, those being read and those that an answer cites. */
export const versionsBeyond = (db: ReadableDb, documentId: string, keep: number): { id: string; blobHash: string }[] =>
  db
    .prepare<[string, number], { id: string; blobHash: string }>(
      `SELECT id, blob_hash AS blobHash FROM (
         SELECT id, blob_hash, state FROM document_versions WHERE document_id = ? ORDER BY ordinal DESC LIMIT -1 OFFSET ?) v
       WHERE state <> 'pending' AND NOT EXISTS (SELECT 1 FROM documents WHERE current_version = v.id)
         AND NOT EXISTS (SELECT 1 FROM citations WHERE version_id = v.id)`,
    )
    .all(documentId, keep);

/** Deletes one version with its text and its job. Inside a transaction; `condemnUnusedBlobs` follows. */
export const deleteVersion = (db: WritableDb, id: string): void => {
  db.prepare('DELETE FROM jobs WHERE subject_id = ?').run(id);
  forgetSourcesOfVersion(db, id);
  db.prepare('DELETE FROM document_versions WHERE id = ?').run(id);
};
