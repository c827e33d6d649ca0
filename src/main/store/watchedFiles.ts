import type { DocumentOrigin, FileProblem, WatchedFile, WatchedFileState } from '@shared/model';
import type { ReadableDb, WritableDb } from './database';

export interface FileRow {
  n: number;
  folderId: string;
  /** The path within the folder, by which the file is opened. */
  key: string;
  /** The key of the folder in which it lies; empty for the watched folder itself. */
  dir: string;
  /** The path as it is shown. */
  path: string;
  /** The key of the place of its document. */
  place: string;
  state: WatchedFileState;
  problem: FileProblem | null;
  size: number;
  /** Microseconds since 1970. */
  changedUs: number;
  inode: string;
  /** Of the bytes that were taken in; null where none were. */
  hash: string | null;
  /** 1 where the document came into the library from here. */
  own: number;
  /** 1 where the document went into the bin with the file. */
  binned: number;
  goneAt: number | null;
}

const columns = `n, folder_id AS folderId, key, dir, path, place, state, problem, size, changed_us AS changedUs, inode, hash, own, binned, gone_at AS goneAt`;

export const filesIn = (db: ReadableDb, folderId: string, dir: string): FileRow[] =>
  db.prepare<[string, string], FileRow>(`SELECT ${columns} FROM watched_files WHERE folder_id = ? AND dir = ?`).all(folderId, dir);

/** The folders within a watched one in which files were seen. */
export const dirsOf = (db: ReadableDb, folderId: string): string[] =>
  db.prepare<[string], string>('SELECT DISTINCT dir FROM watched_files WHERE folder_id = ?').pluck().all(folderId);

export const fileAt = (db: ReadableDb, folderId: string, key: string): FileRow | null =>
  db.prepare<[string, string], FileRow>(`SELECT ${columns} FROM watched_files WHERE folder_id = ? AND key = ?`).get(folderId, key) ?? null;

export const fileByNumber = (db: ReadableDb, n: number): FileRow | null =>
  db.prepare<[number], FileRow>(`SELECT ${columns} FROM watched_files WHERE n = ?`).get(n) ?? null;

/** Files that were taken in with these bytes, at any place. */
export const filesWithHash = (db: ReadableDb, hash: string): FileRow[] =>
  db.prepare<[string], FileRow>(`SELECT ${columns} FROM watched_files WHERE hash = ? ORDER BY n`).all(hash);

/** Files that were taken in and are the same for the system: moved within a disk, a file keeps its number, size and time. */
export const filesWithInode = (db: ReadableDb, file: Pick<FileRow, 'inode' | 'size' | 'changedUs'>): FileRow[] =>
  db
    .prepare<[string, number, number], FileRow>(
      `SELECT ${columns} FROM watched_files WHERE inode = ? AND size = ? AND changed_us = ? AND hash IS NOT NULL ORDER BY n`,
    )
    .all(file.inode, file.size, file.changedUs);

/** Writes what was seen of a file; what was taken in from it earlier stays known. */
export const noteSeen = (
  db: WritableDb,
  file: Pick<FileRow, 'folderId' | 'key' | 'dir' | 'path' | 'place' | 'state' | 'problem' | 'size' | 'changedUs' | 'inode'>,
): void => {
  db.prepare(
    `INSERT INTO watched_files(folder_id, key, dir, path, place, state, problem, size, changed_us, inode)
     VALUES (@folderId, @key, @dir, @path, @place, @state, @problem, @size, @changedUs, @inode)
     ON CONFLICT (folder_id, key) DO UPDATE SET state = excluded.state, problem = excluded.problem,
       size = CASE WHEN hash IS NULL THEN excluded.size ELSE size END, changed_us = CASE WHEN hash IS NULL THEN excluded.changed_us ELSE changed_us END`,
  ).run(file);
};

/** Writes that the bytes of a file are in the library. */
export const noteTaken = (
  db: WritableDb,
  file: Pick<FileRow, 'folderId' | 'key' | 'dir' | 'path' | 'place' | 'size' | 'changedUs' | 'inode'> & { hash: string; own: boolean },
): void => {
  db.prepare(
    `INSERT INTO watched_files(folder_id, key, dir, path, place, state, size, changed_us, inode, hash, own)
     VALUES (@folderId, @key, @dir, @path, @place, 'document', @size, @changedUs, @inode, @hash, @own)
     ON CONFLICT (folder_id, key) DO UPDATE SET state = 'document', problem = NULL, size = excluded.size, changed_us = excluded.changed_us,
       inode = excluded.inode, hash = excluded.hash, own = max(own, excluded.own), binned = 0, gone_at = NULL`,
  ).run({ ...file, own: file.own ? 1 : 0 });
};

export const setFileState = (
  db: WritableDb,
  n: number,
  state: WatchedFileState,
  { problem = null, goneAt = null, binned = false }: { problem?: FileProblem | null; goneAt?: number | null; binned?: boolean } = {},
): void => {
  db.prepare('UPDATE watched_files SET state = ?, problem = ?, gone_at = ?, binned = ? WHERE n = ?').run(
    state,
    problem,
    goneAt,
    binned ? 1 : 0,
    n,
  );
};

export const deleteFile = (db: WritableDb, n: number): void => {
  db.prepare('DELETE FROM watched_files WHERE n = ?').run(n);
};

/** Gives a file that was moved or renamed its new place, and its document too; another entry of the new place is replaced. */
export const moveFile = (
  db: WritableDb,
  file: FileRow,
  to: Pick<FileRow, 'folderId' | 'key' | 'dir' | 'path' | 'place' | 'size' | 'changedUs' | 'inode'>,
  source: string,
): void => {
  db.prepare('DELETE FROM watched_files WHERE folder_id = ? AND key = ? AND n <> ?').run(to.folderId, to.key, file.n);
  db.prepare(
    `UPDATE watched_files SET folder_id = @folderId, key = @key, dir = @dir, path = @path, place = @place, size = @size, changed_us = @changedUs,
       inode = @inode, state = 'document', problem = NULL, gone_at = NULL, binned = 0 WHERE n = @n`,
  ).run({ ...to, n: file.n });
  db.prepare(
    `UPDATE OR REPLACE document_places SET key = @to, source = @source, name = @name WHERE key = @from AND version_id IN (
       SELECT v.id FROM document_versions v WHERE v.document_id = @documentId)`,
  ).run({
    from: file.place,
    to: to.place,
    source,
    name: source.split('/').at(-1) ?? source,
    documentId: documentOf(db, file.place)?.id ?? '',
  });
};

/** The document whose file lay at a place last, also one in the bin; null where it was deleted for good. */
export const documentOf = (db: ReadableDb, place: string): { id: string; deletedAt: number | null } | null =>
  db
    .prepare<[string], { id: string; deletedAt: number | null }>(
      `SELECT d.id, d.deleted_at AS deletedAt FROM document_places p JOIN document_versions v ON v.id = p.version_id
       JOIN documents d ON d.id = v.document_id WHERE p.key = ? AND d.forgetting = 0 ORDER BY p.n DESC LIMIT 1`,
    )
    .get(place) ?? null;

/** True when the newest version of a document also lies at another place. */
export const liesElsewhere = (db: ReadableDb, documentId: string, place: string): boolean =>
  db
    .prepare(
      `SELECT 1 FROM document_versions v JOIN document_places p ON p.version_id = v.id
       WHERE v.document_id = ? AND p.key <> ? AND v.ordinal = (SELECT max(ordinal) FROM document_versions WHERE document_id = v.document_id)
         AND NOT EXISTS (SELECT 1 FROM watched_files f WHERE f.place = p.key AND f.state = 'gone') LIMIT 1`,
    )
    .get(documentId, place) !== undefined;

/** The number of files of a folder in each state. */
export const countFiles = (db: ReadableDb, folderId: string): Partial<Record<WatchedFileState, number>> =>
  Object.fromEntries(
    db
      .prepare<[string], { state: WatchedFileState; count: number }>(
        'SELECT state, count(*) AS count FROM watched_files WHERE folder_id = ? GROUP BY state',
      )
      .all(folderId)
      .map(({ state, count }) => [state, count]),
  );

/** Files in some states, by path. */
export const listFiles = (
  db: ReadableDb,
  folderId: string,
  states: readonly WatchedFileState[],
  limit: number,
  keptMs: number,
): WatchedFile[] =>
  db
    .prepare<[string, string, number], FileRow>(
      `SELECT ${columns} FROM watched_files WHERE folder_id = ? AND state IN (SELECT value FROM json_each(?)) ORDER BY path LIMIT ?`,
    )
    .all(folderId, JSON.stringify(states), limit)
    .map((row) => ({
      id: row.n,
      folderId: row.folderId,
      path: row.path,
      state: row.state,
      problem: row.problem,
      size: row.size,
      documentId: documentOf(db, row.place)?.id ?? null,
      goneAt: row.goneAt,
      restorableUntil: row.binned && row.goneAt !== null ? row.goneAt + keptMs : null,
    }));

/** Files of a folder whose documents came from it. */
export const ownFiles = (db: ReadableDb, folderId: string): FileRow[] =>
  db.prepare<[string], FileRow>(`SELECT ${columns} FROM watched_files WHERE folder_id = ? AND own = 1`).all(folderId);

/** Files that vanished before a time. */
export const goneBefore = (db: ReadableDb, at: number): FileRow[] =>
  db.prepare<[number], FileRow>(`SELECT ${columns} FROM watched_files WHERE gone_at IS NOT NULL AND gone_at < ?`).all(at);

/** The places of a document's newest version in watched folders. */
export const originsOf = (
  db: ReadableDb,
  documentId: string,
): (Omit<DocumentOrigin, 'folderName' | 'fullPath'> & { root: string; key: string })[] =>
  db
    .prepare<[string], Omit<DocumentOrigin, 'folderName' | 'fullPath'> & { root: string; key: string }>(
      `SELECT DISTINCT f.n AS id, f.folder_id AS folderId, f.path, f.state, f.key, w.path AS root FROM document_versions v
       JOIN document_places p ON p.version_id = v.id JOIN watched_files f ON f.place = p.key JOIN watched_folders w ON w.id = f.folder_id
       WHERE v.document_id = ? ORDER BY f.path`,
    )
    .all(documentId);

/**
 * The document of the note that a link names within a folder: by its path, with or without an ending, else by its name alone; the note
 * with the shortest path where several have it. Logseq writes the slash of a name as three underscores.
 */
export const noteNamed = (db: ReadableDb, folderId: string, target: string): string | null => {
  const names = [target, `${target}.md`, `${target}.markdown`, `${target.replaceAll('/', '___')}.md`];
  const found = db
    .prepare<[string, string], { id: string; path: string }>(
      `SELECT DISTINCT d.id, f.path FROM document_places p JOIN watched_files f ON f.place = p.key
       JOIN document_versions v ON v.id = p.version_id JOIN documents d ON d.id = v.document_id
       WHERE p.name IN (SELECT value FROM json_each(?)) AND f.folder_id = ? AND f.state = 'document' AND d.deleted_at IS NULL`,
    )
    .all(JSON.stringify(names.map((name) => name.split('/').at(-1) ?? name)), folderId)
    .filter(({ path }) => names.some((name) => path === name || path.endsWith(`/${name}`)));
  return found.sort((one, other) => one.path.length - other.path.length || (one.path < other.path ? -1 : 1))[0]?.id ?? null;
};
