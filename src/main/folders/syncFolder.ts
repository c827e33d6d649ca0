import type { WritableDb } from '@main/store/database';
import { fileAt } from '@main/store/watchedFiles';
import { type FolderRow, folderById, updateFolder } from '@main/store/watchedFolders';
import type { FolderState } from '@shared/model';
import { readIgnoreRules } from './ignoreRules';
import { lookThrough } from './lookThrough';
import { isReachable, rootIdentity } from './root';
import type { TakeFiles } from './takeFiles';

/** How a look at a folder stands; shown, and gone when the program ends. */
export interface Progress {
  state: FolderState;
  seen: number;
  toTake: number;
  taken: number;
}

export interface Synced {
  /** The folders that were looked through. */
  dirs: ReadonlySet<string>;
  /** Those in which files are just being written: to be looked at again soon. */
  unsettled: ReadonlySet<string>;
}

export interface SyncOptions {
  db: WritableDb;
  dataFolder: string;
  takeFiles: TakeFiles;
  folder: FolderRow;
  /** The folders to look at; null for all. */
  only: ReadonlySet<string> | null;
  knownDirs: ReadonlySet<string>;
  signal: AbortSignal;
  now: () => number;
  onProgress: (progress: Progress) => void;
}

const nothing: Synced = { dirs: new Set(), unsettled: new Set() };

/**
 * One pass over a folder: looks through it, takes in what is new or changed, then notes what is gone, in this order, so that a file
 * which moved is met at its new place first. A folder that is not reachable loses nothing. A pass that is cut short is made again at
 * the next look: each file is written by itself.
 */
export const syncFolder = async (options: SyncOptions): Promise<Synced> => {
  const { db, folder, only, signal, takeFiles, now, onProgress } = options;
  const { id, path } = folder;
  const progress: Progress = { state: 'looking', seen: 0, toTake: 0, taken: 0 };
  const report = (change: Partial<Progress>): void => onProgress(Object.assign(progress, change));
  const end = (state: FolderState): void => {
    updateFolder(db, id, { state });
    report({ state });
  };
  if (!(await isReachable(folder))) {
    end('unreachable');
    return nothing;
  }
  report({});
  const started = performance.now();
  const rules = await readIgnoreRules(path, folder.ignore);
  let look: Awaited<ReturnType<typeof lookThrough>>;
  try {
    look = await lookThrough({ ...options, folderId: id, root: path, rules, onProgress: (seen) => report({ seen }) });
  } catch (error) {
    if (signal.aborted) throw error;
    end((await isReachable(folder)) ? 'denied' : 'unreachable');
    return nothing;
  }
  const lookedMs = Math.round(performance.now() - started);
  report({ state: look.fresh.length > 0 ? 'taking' : 'looking', seen: look.seen, toTake: look.fresh.length });
  for (const seen of look.fresh) {
    signal.throwIfAborted();
    await takeFiles.take(folder, seen);
    // Changed while it was read.
    if (fileAt(db, id, seen.key)?.state === 'writing') look.unsettled.add(seen.dir);
    report({ taken: progress.taken + 1 });
  }
  // The disk may have gone while its files were read.
  if (look.missing.length > 0 && (await isReachable(folder)))
    for (const row of look.missing) {
      signal.throwIfAborted();
      await takeFiles.lose(row, path, rules);
    }
  // The person may have stopped watching meanwhile.
  if (!folderById(db, id)) return nothing;
  const root = await rootIdentity(path).catch(() => folder.root);
  updateFolder(db, id, { root, ...(only === null ? { lookedAt: now(), lookedMs } : {}) });
  // Only a look at all knows that there are no longer too many.
  end(look.tooMany || (only !== null && folder.state === 'too_many') ? 'too_many' : 'in_step');
  return { dirs: look.dirs, unsettled: look.unsettled };
};
