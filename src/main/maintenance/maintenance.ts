import { createJobRunner, type JobRun } from '@main/jobs/jobRunner';
import { searchStatusOf } from '@main/knowledge/searchStatus';
import { largestDocuments, libraryNumbers, searchableVersions } from '@main/store/libraryRoom';
import { EmergenceError, type LibraryRoom, type MaintenanceReport, type MaintenanceTask } from '@shared/model';
import { findingsOf, runChecks } from './checks';
import type { MaintenanceDeps } from './deps';
import { folderRoom } from './folderRoom';
import { mend } from './mend';

const largestShown = 8;
/** Shares of a repair's progress: the first check, the backup and the mending, the check after it. */
const shares = { mend: 0.4, again: 0.7 } as const;

/** The checks, repairs and figures of the stored library. One task runs at a time, as a job. */
export const createMaintenance = (deps: MaintenanceDeps) => {
  const { db, changes, log, now, search, queue } = deps;
  const jobs = createJobRunner('maintenance', { db, changes, log, now });
  let running: { task: MaintenanceTask; run: JobRun } | null = null;
  let report: MaintenanceReport | null = null;

  const check = async (run: JobRun, signal: AbortSignal, from = 0, to = 1) =>
    runChecks(deps, signal, (share) => jobs.report(run, 'check', from + (to - from) * share));

  /** Indexes every live document anew from its stored text; one that fails is logged and does not stop the others. */
  const reindexAll = async (run: JobRun, signal: AbortSignal): Promise<void> => {
    const all = searchableVersions(db);
    let error: unknown = null;
    for (const [done, { versionId }] of all.entries()) {
      signal.throwIfAborted();
      jobs.report(run, 'reindex', done / all.length);
      try {
        await queue.reindex(versionId);
      } catch (failed) {
        error = failed;
        log.warn({ err: failed, versionId }, 'a document could not be indexed again');
      }
    }
    if (error) throw error;
  };

  const work: Record<MaintenanceTask, (run: JobRun, signal: AbortSignal) => Promise<void>> = {
    check: async (run, signal) => {
      const started = performance.now();
      const found = findingsOf(db, await check(run, signal));
      report = { task: 'check', at: now(), ms: performance.now() - started, found, left: null };
    },
    repair: async (run, signal) => {
      const started = performance.now();
      const before = await check(run, signal, 0, shares.mend);
      const found = findingsOf(db, before);
      if (found.length > 0) {
        // The backup keeps everything that a repair deletes.
        if (before.store.problems.length === 0) await deps.backup('manual');
        signal.throwIfAborted();
        await mend(deps, before, signal, (share) => jobs.report(run, 'repair', shares.mend + (shares.again - shares.mend) * share));
      }
      const left = found.length === 0 ? [] : findingsOf(db, await check(run, signal, shares.again, 1));
      report = { task: 'repair', at: now(), ms: performance.now() - started, found, left };
    },
    reindex: reindexAll,
  };

  return {
    /** Throws `conflict` while a task is running. */
    start: (task: MaintenanceTask): void => {
      if (running) throw new EmergenceError('conflict');
      const run = jobs.startNew({ subjectId: 'maintenance', documentId: null, title: task });
      running = { task, run };
      void jobs
        .perform(run, 'work', (signal) => work[task](run, signal))
        .finally(() => {
          running = null;
          changes.publish('job', run.job.id);
          changes.publish('document');
        });
    },
    state: (): { running: MaintenanceTask | null; report: MaintenanceReport | null } => ({ running: running?.task ?? null, report }),
    cancel: async (): Promise<void> => {
      if (running) await jobs.cancel(running.run.job.id);
    },
    room: async (): Promise<LibraryRoom> => {
      const [status, second, parts] = await Promise.all([
        searchStatusOf(search),
        search.call('reading', undefined, { timeLimitMs: 1_000, timeoutCode: 'search.unavailable' }).catch(() => null),
        folderRoom(deps.dataFolder),
      ]);
      return {
        ...libraryNumbers(db),
        first: status && { model: status.embedder.id, vectors: status.vectors.count, missing: status.vectors.pending },
        second,
        parts,
        largest: largestDocuments(db, largestShown),
      };
    },
    endStray: (): void => void jobs.requeueStray(),
    stop: async (): Promise<void> => {
      jobs.stop();
      await running?.run.ended.promise;
    },
  };
};
export type Maintenance = ReturnType<typeof createMaintenance>;
