import { setImmediate as nextTick } from 'node:timers/promises';
import type { ChangeBus } from '@main/store/changes';
import type { WritableDb } from '@main/store/database';
import type { DiskRoom } from '@main/store/diskRoom';
import { folderById, listFolders } from '@main/store/watchedFolders';
import type { Logger } from '@main/telemetry/telemetry';
import { EmergenceError, type FolderState } from '@shared/model';
import { createHints, type Hints } from './hints';
import { settleMs } from './lookThrough';
import { isReachable } from './root';
import { type Progress, syncFolder } from './syncFolder';
import type { TakeFiles } from './takeFiles';

/** A whole look at every folder, whatever the system reported. */
const everyMs = 3_600_000;
/** A folder that is not reachable is asked for again. */
const reachAgainMs = 30_000;
/** Files that stay unsettled are looked at again after this time, doubled each time. */
const longestSettleMs = 60_000;
/** Progress is published this often. */
const publishEveryMs = 250;

export interface FollowerDeps {
  db: WritableDb;
  changes: ChangeBus;
  dataFolder: string;
  takeFiles: TakeFiles;
  log: Pick<Logger, 'warn' | 'error'>;
  diskRoom: Pick<DiskRoom, 'retryLater'>;
  now: () => number;
  /** Called after each pass. */
  onPass?: () => void;
}

interface Followed {
  progress: Progress;
  hints: Hints | null;
  dirs: Set<string>;
  /** The folders that wait for a look; null for all of them. */
  waiting: ReadonlySet<string> | null | undefined;
  /** The folders in which files were being written when they were last looked at. */
  unsettled: Set<string>;
  settle: NodeJS.Timeout | undefined;
  settleAfterMs: number;
  controller: AbortController | null;
}

const idle = (): Followed => ({
  progress: { state: 'waiting', seen: 0, toTake: 0, taken: 0 },
  hints: null,
  dirs: new Set(),
  waiting: undefined,
  unsettled: new Set(),
  settle: undefined,
  settleAfterMs: settleMs,
  controller: null,
});

/** Looks through watched folders, one pass at a time: at the start, each hour, when the person asks, and where the system hints. */
export const createFollower = (deps: FollowerDeps) => {
  const { db, changes, log, diskRoom } = deps;
  const followed = new Map<string, Followed>();
  let loop: Promise<void> | null = null;
  let hourly: NodeJS.Timeout | undefined;
  let reaching: NodeJS.Timeout | undefined;
  let stopped = false;

  const of = (id: string): Followed => {
    const known = followed.get(id) ?? idle();
    followed.set(id, known);
    return known;
  };

  /** Asks for a look at some folders, or at all. */
  const ask = (id: string, only: ReadonlySet<string> | null): void => {
    if (stopped) return;
    const one = of(id);
    one.waiting = only === null || one.waiting === null ? null : new Set([...(one.waiting ?? []), ...only]);
    loop ??= work();
  };

  const pass = async (id: string, one: Followed): Promise<void> => {
    const folder = folderById(db, id);
    const only = one.waiting ?? null;
    one.waiting = undefined;
    if (!folder || folder.paused === 1) return;
    const controller = new AbortController();
    one.controller = controller;
    let published = Number.NEGATIVE_INFINITY;
    const onProgress = (progress: Progress): void => {
      const changed = one.progress.state !== progress.state;
      one.progress = { ...progress };
      if (!changed && performance.now() - published < publishEveryMs) return;
      published = performance.now();
      changes.publish('folder', id);
    };
    try {
      const synced = await syncFolder({ ...deps, folder, only, knownDirs: one.dirs, signal: controller.signal, onProgress });
      // The person stopped watching, or the program ends.
      if (stopped || followed.get(id) !== one) return;
      if (only === null) one.dirs = new Set(synced.dirs);
      else for (const dir of synced.dirs) one.dirs.add(dir);
      one.hints ??= createHints(folder.path, (dirs) => ask(id, dirs));
      if (synced.dirs.size > 0) one.hints.follow(synced.dirs, only === null);
      for (const dir of synced.dirs) one.unsettled.delete(dir);
      for (const dir of synced.unsettled) one.unsettled.add(dir);
      settleLater(id, one);
    } catch (error) {
      if (controller.signal.aborted) return;
      log.error({ err: error, folderId: id }, 'a watched folder could not be looked through');
      one.progress = { ...one.progress, state: 'waiting' };
      const isFull = error instanceof EmergenceError && (error.code === 'storage.full' || error.code === 'storage.unwritable');
      if (isFull) diskRoom.retryLater('look through a watched folder', () => ask(id, null));
    } finally {
      one.controller = null;
      changes.publish('folder', id);
      deps.onPass?.();
    }
  };

  const settleLater = (id: string, one: Followed): void => {
    clearTimeout(one.settle);
    if (one.unsettled.size === 0) {
      one.settleAfterMs = settleMs;
      return;
    }
    one.settle = setTimeout(() => ask(id, one.unsettled), one.settleAfterMs + 100).unref();
    one.settleAfterMs = Math.min(longestSettleMs, one.settleAfterMs * 2);
  };

  const work = async (): Promise<void> => {
    for (;;) {
      // First a turn of the loop, so that what asked has its promise.
      await nextTick();
      const next = [...followed].find(([, { waiting }]) => waiting !== undefined);
      if (!next || stopped) break;
      await pass(...next);
    }
    loop = null;
  };

  const reachAgain = async (): Promise<void> => {
    for (const row of listFolders(db)) if (row.state === 'unreachable' && row.paused === 0 && (await isReachable(row))) ask(row.id, null);
  };

  return {
    start: (): void => {
      for (const { id } of listFolders(db)) ask(id, null);
      hourly = setInterval(() => {
        for (const { id } of listFolders(db)) ask(id, null);
      }, everyMs).unref();
      reaching = setInterval(
        () => void reachAgain().catch((error: unknown) => log.warn({ err: error }, 'a folder could not be asked for')),
        reachAgainMs,
      ).unref();
    },
    /** Looks through a folder, and follows it from now on. */
    begin: (id: string): void => ask(id, null),
    /** Ends a look that is running, and follows the folder no longer. */
    end: async (id: string): Promise<void> => {
      const one = followed.get(id);
      if (!one) return;
      followed.delete(id);
      one.controller?.abort();
      clearTimeout(one.settle);
      one.hints?.close();
      while (loop && one.controller) await Promise.race([loop, nextTick()]);
    },
    stateOf: (id: string): Omit<Progress, 'state'> & { state: FolderState | null; live: boolean } => {
      const one = followed.get(id);
      if (!one) return { state: null, seen: 0, toTake: 0, taken: 0, live: false };
      return { ...one.progress, live: one.hints?.isComplete() ?? false };
    },
    /** Resolves when no folder waits for a look. */
    idle: async (): Promise<void> => {
      while (loop) await loop;
    },
    stop: async (): Promise<void> => {
      stopped = true;
      clearInterval(hourly);
      clearInterval(reaching);
      for (const one of followed.values()) {
        one.controller?.abort();
        clearTimeout(one.settle);
        one.hints?.close();
      }
      while (loop) await loop;
      // A pass that was ending may have begun to listen again.
      for (const one of followed.values()) one.hints?.close();
    },
  };
};
export type Follower = ReturnType<typeof createFollower>;
