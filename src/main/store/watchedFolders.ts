import type { FolderState } from '@shared/model';
import type { ReadableDb, WritableDb } from './database';

export interface FolderRow {
  id: string;
  path: string;
  collectionId: string | null;
  ignore: string;
  paused: number;
  /** Device and number of the folder itself, as it was when it was last looked through. */
  root: string;
  state: FolderState;
  lookedAt: number | null;
  lookedMs: number | null;
}

const columns = `id, path, (SELECT c.id FROM collections c WHERE c.id = collection_id) AS collectionId, ignore_lines AS ignore, paused, root, state,
  looked_at AS lookedAt, looked_ms AS lookedMs`;

export const listFolders = (db: ReadableDb): FolderRow[] =>
  db.prepare<[], FolderRow>(`SELECT ${columns} FROM watched_folders ORDER BY created_at, id`).all();

export const folderById = (db: ReadableDb, id: string): FolderRow | null =>
  db.prepare<[string], FolderRow>(`SELECT ${columns} FROM watched_folders WHERE id = ?`).get(id) ?? null;

export const insertFolder = (db: WritableDb, folder: Pick<FolderRow, 'id' | 'path' | 'collectionId' | 'root'>, at: number): void => {
  db.prepare('INSERT INTO watched_folders(id, path, collection_id, root, created_at) VALUES (?, ?, ?, ?, ?)').run(
    folder.id,
    folder.path,
    folder.collectionId,
    folder.root,
    at,
  );
};

export const updateFolder = (
  db: WritableDb,
  id: string,
  change: Partial<Pick<FolderRow, 'ignore' | 'paused' | 'root' | 'state' | 'lookedAt' | 'lookedMs'>>,
): void => {
  db.prepare(
    `UPDATE watched_folders SET ignore_lines = coalesce(@ignore, ignore_lines), paused = coalesce(@paused, paused), root = coalesce(@root, root),
       state = coalesce(@state, state), looked_at = coalesce(@lookedAt, looked_at), looked_ms = coalesce(@lookedMs, looked_ms) WHERE id = @id`,
  ).run({ id, ignore: null, paused: null, root: null, state: null, lookedAt: null, lookedMs: null, ...change });
};

/** Deletes a folder with what is known of its files; its documents stay. */
export const deleteFolder = (db: WritableDb, id: string): void => {
  db.prepare('DELETE FROM watched_folders WHERE id = ?').run(id);
};
