import type { ReadableDb, WritableDb } from './database';

export interface Upload {
  id: string;
  collectionId: string | null;
  source: string;
  sourceKey: string;
  size: number;
  state: 'open' | 'done';
  documentId: string | null;
}
interface UploadRow {
  id: string;
  collection_id: string | null;
  source: string;
  source_key: string;
  size: number;
  state: Upload['state'];
  document_id: string | null;
}

/** The same id twice is one upload: the first announcement stands. */
export const insertUpload = (db: WritableDb, upload: Omit<Upload, 'state' | 'documentId'>, at: number): void => {
  db.prepare(
    `INSERT OR IGNORE INTO uploads(id, collection_id, source, source_key, size, state, document_id, created_at) VALUES (?, ?, ?, ?, ?, 'open', NULL, ?)`,
  ).run(upload.id, upload.collectionId, upload.source, upload.sourceKey, upload.size, at);
};

export const uploadById = (db: ReadableDb, id: string): Upload | null => {
  const row = db.prepare<[string], UploadRow>('SELECT * FROM uploads WHERE id = ?').get(id);
  return row
    ? {
        id: row.id,
        collectionId: row.collection_id,
        source: row.source,
        sourceKey: row.source_key,
        size: row.size,
        state: row.state,
        documentId: row.document_id,
      }
    : null;
};

export const closeUpload = (db: WritableDb, id: string, documentId: string): void => {
  db.prepare(`UPDATE uploads SET state = 'done', document_id = ? WHERE id = ?`).run(documentId, id);
};

/** Announcements that were never followed by bytes, and ended ones that no retry can ask about any more. */
export const deleteOldUploads = (db: WritableDb, before: number): void => {
  db.prepare('DELETE FROM uploads WHERE created_at < ?').run(before);
};
