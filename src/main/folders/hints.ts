import { type FSWatcher, watch } from 'node:fs';
import { dirname, sep } from 'node:path';
import { openable } from './paths';

/** The system reports changes of a whole tree by itself. */
const watchesTrees = process.platform === 'darwin' || process.platform === 'win32';
/** Each folder watched by itself takes one of the watches that the system grants a person. */
const mostWatched = 4_000;
/** Changes that come together are looked at together. */
const quietMs = 500;

/**
 * Listens for changes in a folder. The reports of the system are hints where to look, and may be incomplete: none says what happened.
 * Where the system can watch single folders only (Linux), those that were looked through are watched, one by one: Node's own
 * recursive watching there walks the tree on the calling thread.
 */
export const createHints = (root: string, onHint: (dirs: ReadonlySet<string>) => void) => {
  const watchers = new Map<string, FSWatcher>();
  const hinted = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let complete = true;

  const hint = (dir: string): void => {
    hinted.add(dir);
    timer ??= setTimeout(() => {
      timer = undefined;
      const dirs = new Set(hinted);
      hinted.clear();
      onHint(dirs);
    }, quietMs).unref();
  };
  const drop = (dir: string): void => {
    watchers.get(dir)?.close();
    watchers.delete(dir);
  };
  const listen = (dir: string): void => {
    if (watchers.has(dir)) return;
    if (watchers.size >= mostWatched) {
      complete = false;
      return;
    }
    try {
      const watcher = watch(openable(root, dir), { persistent: false, recursive: watchesTrees }, (_event, name) => {
        if (!watchesTrees) return hint(dir);
        const inside = typeof name === 'string' ? dirname(name).split(sep).join('/') : '.';
        hint(inside === '.' ? '' : inside);
      });
      // The folder is gone, or its disk: the next look finds out.
      watcher.on('error', () => drop(dir));
      watchers.set(dir, watcher);
    } catch {
      // The system grants no more watches: the hourly look sees the rest.
      complete = false;
    }
  };

  return {
    /** Watches these folders and, after a look at all, no others. */
    follow: (dirs: ReadonlySet<string>, all: boolean): void => {
      if (all) {
        complete = true;
        for (const dir of watchers.keys()) if (!dirs.has(dir)) drop(dir);
      }
      for (const dir of watchesTrees ? [''] : dirs) listen(dir);
    },
    /** True when every change is reported. */
    isComplete: (): boolean => complete && watchers.size > 0,
    close: (): void => {
      clearTimeout(timer);
      for (const dir of [...watchers.keys()]) drop(dir);
    },
  };
};
export type Hints = ReturnType<typeof createHints>;
