/**
 * Folders that the library follows, and each file that was seen in them. `key` is the path within the folder, by which the file is
 * opened; `place` the key of its document's place (`document_places.key`). `hash` belongs to the bytes that were taken in, with the
 * size and the time (microseconds) that the file had then; null for a file that never was.
 */
export const sql = `
CREATE TABLE watched_folders (
  id TEXT PRIMARY KEY, path TEXT NOT NULL UNIQUE, collection_id TEXT, ignore_lines TEXT NOT NULL DEFAULT '', paused INTEGER NOT NULL DEFAULT 0,
  root TEXT NOT NULL, state TEXT NOT NULL DEFAULT 'waiting', looked_at INTEGER, looked_ms INTEGER, created_at INTEGER NOT NULL
) STRICT;
CREATE TABLE watched_files (
  n INTEGER PRIMARY KEY, folder_id TEXT NOT NULL REFERENCES watched_folders(id) ON DELETE CASCADE,
  key TEXT NOT NULL, dir TEXT NOT NULL, path TEXT NOT NULL, place TEXT NOT NULL, state TEXT NOT NULL, problem TEXT,
  size INTEGER NOT NULL, changed_us INTEGER NOT NULL, inode TEXT NOT NULL, hash TEXT,
  own INTEGER NOT NULL DEFAULT 0, binned INTEGER NOT NULL DEFAULT 0, gone_at INTEGER, UNIQUE (folder_id, key)
) STRICT;
CREATE INDEX watched_files_dir ON watched_files(folder_id, dir);
CREATE INDEX watched_files_state ON watched_files(folder_id, state, path);
CREATE INDEX watched_files_hash ON watched_files(hash) WHERE hash IS NOT NULL;
CREATE INDEX watched_files_inode ON watched_files(inode);
CREATE INDEX watched_files_place ON watched_files(place);
CREATE INDEX watched_files_gone ON watched_files(gone_at) WHERE gone_at IS NOT NULL;
`;
