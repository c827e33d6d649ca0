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
 * Condemns those of the hashes that nothing owns any more and returns them: their rows are deleted, and a note stays until
 * their files are deleted too, so that a kill between the two leaves no original behind.
 */
export const condemnUnusedBlobs = (db: WritableDb, hashes: readonly string[]): string[] =>
  hashes.filter((hash) => {
    if (isNeeded(db, hash)) return false;
    db.prepare('DELETE FROM blobs WHERE hash = ?').run(hash);
    db.prepare('INSERT OR IGNORE INTO condemned_blobs(hash) VALUES (?)').run(hash);
    return true;
  });

/** True when something owns these bytes. */
export const isNeeded = (db: ReadableDb, hash: string): boolean =>
  db.prepare<[string], number>('SELECT 1 FROM blob_owners WHERE hash = ? LIMIT 1').pluck().get(hash) !== undefined;

/**
 * Adds the owners of kind `version` that are missing and deletes those whose version is gone. Triggers keep both right, but a damaged
 * database may have lost rows on either side.
 */
export const mendVersionOwners = (db: WritableDb): void => {
  db.transaction(() => {
    db.prepare(
      `INSERT OR IGNORE INTO blob_owners SELECT blob_hash, 'version', id FROM document_versions v
       WHERE NOT EXISTS (SELECT 1 FROM blob_owners WHERE owner_kind = 'version' AND owner_id = v.id)`,
    ).run();
    db.prepare("DELETE FROM blob_owners WHERE owner_kind = 'version' AND owner_id NOT IN (SELECT id FROM document_versions)").run();
  })();
};

export const condemnedBlobs = (db: ReadableDb): string[] => db.prepare<[], string>('SELECT hash FROM condemned_blobs').pluck().all();

/** To be called when the file is deleted, or when the same bytes came in again. */
export const unCondemn = (db: WritableDb, hash: string): void => {
  db.prepare('DELETE FROM condemned_blobs WHERE hash = ?').run(hash);
};

export const listBlobs = (db: ReadableDb): BlobRow[] => db.prepare<[], BlobRow>('SELECT hash, size, mime FROM blobs').all();

/** Hash and size of every original that is owned. */
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
