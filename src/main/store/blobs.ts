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

/**
 * Condemns those of the hashes that no version needs any more and returns them: their rows are deleted, and a note stays until
 * their files are deleted too, so that a kill between the two leaves no original behind.
 */
export const condemnUnusedBlobs = (db: WritableDb, hashes: readonly string[]): string[] =>
  hashes.filter((hash) => {
    if (isNeeded(db, hash)) return false;
    db.prepare('DELETE FROM blobs WHERE hash = ?').run(hash);
    db.prepare('INSERT OR IGNORE INTO condemned_blobs(hash) VALUES (?)').run(hash);
    return true;
  });

/** True when a version has these bytes. */
export const isNeeded = (db: ReadableDb, hash: string): boolean =>
  db.prepare<[string], number>('SELECT 1 FROM document_versions WHERE blob_hash = ? LIMIT 1').pluck().get(hash) !== undefined;

export const condemnedBlobs = (db: ReadableDb): string[] => db.prepare<[], string>('SELECT hash FROM condemned_blobs').pluck().all();

/** To be called when the file is deleted, or when the same bytes came in again. */
export const unCondemn = (db: WritableDb, hash: string): void => {
  db.prepare('DELETE FROM condemned_blobs WHERE hash = ?').run(hash);
};

export const listBlobs = (db: ReadableDb): BlobRow[] => db.prepare<[], BlobRow>('SELECT hash, size, mime FROM blobs').all();

/** Hash and size of every original that a version needs. */
export const listOriginals = (db: ReadableDb): [string, number][] =>
  db
    .prepare<[], { hash: string; size: number }>('SELECT hash, size FROM blobs')
    .all()
    .map(({ hash, size }) => [hash, size]);

/** Titles of up to `limit` documents that have one of these originals. */
export const titlesOfOriginals = (db: ReadableDb, hashes: readonly string[], limit: number): string[] =>
  db
    .prepare<[string, number], { title: string }>(
      `SELECT DISTINCT d.title FROM json_each(?) wanted JOIN document_versions v ON v.blob_hash = wanted.value
       JOIN documents d ON d.id = v.document_id ORDER BY d.title LIMIT ?`,
    )
    .all(JSON.stringify(hashes), limit)
    .map(({ title }) => title);

export const blobBytes = (db: ReadableDb): number =>
  db.prepare<[], { bytes: number }>('SELECT coalesce(sum(min(size, 1000000000000)), 0) AS bytes FROM blobs').get()?.bytes ?? 0;
