import type { ReadableDb, WritableDb } from './database';

export interface BlobRow {
  hash: string;
  size: number;
  mime: string;
}

export const insertBlob = (db: WritableDb, blob: BlobRow, at: number): void => {
  db.prepare('INSERT OR IGNORE INTO blobs(hash, size, mime, created_at) VALUES (?, ?, ?, ?)').run(blob.hash, blob.size, blob.mime, at);
};

export const blobByHash = (db: ReadableDb, hash: string): BlobRow | null =>
  db.prepare<[string], BlobRow>('SELECT hash, size, mime FROM blobs WHERE hash = ?').get(hash) ?? null;

/** Of the hashes given, those that no version needs any more; their rows are deleted. */
export const deleteUnusedBlobs = (db: WritableDb, hashes: readonly string[]): string[] =>
  hashes.filter(
    (hash) =>
      db.prepare('DELETE FROM blobs WHERE hash = ? AND NOT EXISTS (SELECT 1 FROM document_versions WHERE blob_hash = ?)').run(hash, hash)
        .changes > 0,
  );

export const blobBytes = (db: ReadableDb): number =>
  db.prepare<[], { bytes: number }>('SELECT coalesce(sum(min(size, 1000000000000)), 0) AS bytes FROM blobs').get()?.bytes ?? 0;
