import type { ChangeBus } from '@main/store/changes';
import type { WritableDb } from '@main/store/database';
import { insertJob, jobById, jobOfSubject, requeueStrayJobs, updateJob } from '@main/store/jobs';
import type { Telemetry } from '@main/telemetry/telemetry';
import {
  EmergenceError,
  isCancelled,
  type Job,
  type JobKindName,
  jobKinds,
  newId,
  type SilenceLimit,
  toEmergenceError,
} from '@shared/model';
import { withSilenceLimit } from './silence';

type Subject = Pick<Job, 'subjectId' | 'documentId' | 'title'>;
type StepOf<Kind extends JobKindName> = keyof (typeof jobKinds)[Kind]['silence'] & string;
type EndState = 'done' | 'failed' | 'cancelled';

/** A running job. */
export interface JobRun {
  /** With its live stage and progress. */
  job: Job;
  controller: AbortController;
  ended: PromiseWithResolvers<void>;
  /** The error that kept its end from being stored, if any. */
  unsaved?: unknown;
  /** Called at each report: a sign of life. */
  alive: () => void;
}

export interface JobRunnerDeps<Kind extends JobKindName> {
  db: WritableDb;
  changes: ChangeBus;
  log: Telemetry['log'];
  now: () => number;
  /** Limits in place of those of the table. */
  silence?: Partial<Record<StepOf<Kind>, number>> | undefined;
  /** Stores a failed or cancelled job together with what depends on it; by default only its row. */
  storeFailure?: (job: Job, state: 'failed' | 'cancelled', error: EmergenceError | null) => void;
  /** Publishes more than the change of the job. */
  onChange?: (job: Job, ended: boolean) => void;
  onFailure?: (job: Job, error: EmergenceError) => void;
}

/**
 * Adds a queued job, or queues the last one of its kind and subject again. To be called inside the transaction that made the subject.
 */
export const addJob = (db: WritableDb, kind: JobKindName, subject: Subject, at: number): void => {
  const job = jobOfSubject(db, subject.subjectId, kind);
  if (job) updateJob(db, job.id, { state: 'queued', stage: 'queued', progress: 0, attempts: 0, error: null }, at);
  else insertJob(db, { id: newId(), kind, ...subject, stage: 'queued' }, at);
};

/** Stores the end of a job in its row. */
export const storeJobEnd = (db: WritableDb, job: Job, state: EndState, error: EmergenceError | null, at: number): void =>
  updateJob(
    db,
    job.id,
    { state, error: error?.toRecord() ?? null, ...(state === 'done' ? { stage: jobKinds[job.kind].stages.last, progress: 1 } : {}) },
    at,
  );

/** Runs the jobs of one kind: starts them, reports their progress, ends them, and finds those that a crash left. */
export const createJobRunner = <Kind extends JobKindName>(kind: Kind, deps: JobRunnerDeps<Kind>) => {
  const { db, changes, log, now } = deps;
  const facts = jobKinds[kind];
  const running = new Map<string, JobRun>();
  let reported = Number.NEGATIVE_INFINITY;
  let stopped = false;

  const storeFailure =
    deps.storeFailure ??
    ((job: Job, state: 'failed' | 'cancelled', error: EmergenceError | null): void => storeJobEnd(db, job, state, error, now()));

  const limitOf = (step: StepOf<Kind>): SilenceLimit => {
    const limit = (facts.silence as Record<StepOf<Kind>, SilenceLimit>)[step];
    return { ...limit, limitMs: deps.silence?.[step] ?? limit.limitMs };
  };

  const publish = (job: Job, ended = false): void => {
    changes.publish('job', job.id);
    deps.onChange?.(job, ended);
  };

  const store = (job: Job, write: () => void): void => {
    try {
      write();
    } catch (error) {
      if (facts.mustBeStored) throw error;
      log.warn({ err: error, kind, subjectId: job.subjectId }, 'the state of a job could not be stored');
    }
  };

  const launch = (known: Job, controller: AbortController, insert: () => void): JobRun => {
    const job: Job = { ...known, state: 'running', stage: facts.stages.first, progress: 0, attempts: known.attempts + 1, error: null };
    store(job, () => {
      insert();
      updateJob(db, job.id, job, now());
    });
    const run: JobRun = { job, controller, ended: Promise.withResolvers<void>(), alive: () => {} };
    running.set(job.id, run);
    publish(job);
    return run;
  };
  /** Starts a stored job. */
  const start = (job: Job): JobRun => launch(job, new AbortController(), () => {});
  /** Inserts a job and starts it at once. */
  const startNew = (subject: Subject, controller = new AbortController()): JobRun => {
    const at = now();
    const row = { id: newId(), kind, ...subject, stage: facts.stages.first };
    const job: Job = { ...row, state: 'queued', progress: 0, attempts: 0, error: null, createdAt: at, updatedAt: at };
    return launch(job, controller, () => insertJob(db, row, at));
  };

  /** Reports the stage and the progress (0..1 of the whole job) of a run, and its pages where it counts them. */
  const report = (run: JobRun, stage: string, progress: number, pages?: Job['pages']): void => {
    run.alive();
    const changed = run.job.stage !== stage || pages?.done !== run.job.pages?.done;
    run.job = { ...run.job, stage, progress: Math.min(1, Math.max(0, progress)), ...(pages && { pages }) };
    if (!changed && performance.now() - reported < facts.reportEveryMs) return;
    reported = performance.now();
    const { job } = run;
    if (facts.storesProgress) store(job, () => updateJob(db, job.id, { stage, progress: job.progress }, now()));
    publish(job);
  };

  /** Runs one step of a job; it fails when it reports nothing for the limit of the step. */
  const step = <T>(run: JobRun, name: StepOf<Kind>, work: (signal: AbortSignal) => Promise<T>): Promise<T> =>
    withSilenceLimit(limitOf(name), async (silent, alive) => {
      run.alive = alive;
      return work(AbortSignal.any([run.controller.signal, silent]));
    });

  /** Notifies that a run, whose end is stored, has ended. */
  const finish = (run: JobRun): void => {
    running.delete(run.job.id);
    publish(run.job, true);
    run.ended.resolve();
  };

  /** Ends a run that threw. An end that cannot be stored is kept in `unsaved`; the job then counts as stray. */
  const fail = (run: JobRun, thrown: unknown): 'failed' | 'cancelled' => {
    const { job } = run;
    const state = run.controller.signal.aborted || isCancelled(thrown) ? 'cancelled' : 'failed';
    try {
      if (!stopped) {
        const error = state === 'failed' ? toEmergenceError(thrown) : null;
        if (error) deps.onFailure?.(job, error);
        store(job, () => storeFailure(job, state, error));
      }
      // The stop is not the fault of the subject: the attempt does not count.
      else if (facts.onStop === 'requeue')
        updateJob(db, job.id, { state: 'queued', stage: 'queued', progress: 0, attempts: job.attempts - 1 }, now());
    } catch (error) {
      run.unsaved = error;
      log.error({ err: error, kind, subjectId: job.subjectId }, 'the end of a job could not be stored');
    }
    finish(run);
    return state;
  };

  return {
    start,
    startNew,
    report,
    step,
    finish,
    fail,
    /** Runs a job of one step to its end. Never rejects. */
    perform: async (run: JobRun, name: StepOf<Kind>, work: (signal: AbortSignal) => Promise<void>): Promise<void> => {
      try {
        await step(run, name, work);
        store(run.job, () => storeJobEnd(db, run.job, 'done', null, now()));
      } catch (error) {
        fail(run, error);
        return;
      }
      finish(run);
    },
    /** The stored job with its live progress. */
    live: (job: Job): Job => running.get(job.id)?.job ?? job,
    /**
     * Cancels a queued or running job of this kind and ignores any other; a running one has ended when this resolves. Returns true
     * for a job that had not started. Throws where the end cannot be stored.
     */
    cancel: async (id: string): Promise<boolean> => {
      const run = running.get(id);
      if (run) {
        run.controller.abort(new EmergenceError('cancelled'));
        await run.ended.promise;
        if (run.unsaved) throw run.unsaved;
        return false;
      }
      const job = jobById(db, id);
      if (job?.kind !== kind || job.state !== 'queued') return false;
      storeFailure(job, 'cancelled', null);
      publish(job, true);
      return true;
    },
    /** Finds the jobs that a crash or a full disk left running while nobody works on their subject; returns those now queued. */
    requeueStray: (): Job[] => {
      const live = new Set([...running.values()].map(({ job }) => job.subjectId));
      const stray = requeueStrayJobs(db, kind, now(), ({ subjectId }) => live.has(subjectId));
      if (facts.afterCrash === 'queue') return stray;
      for (const job of stray) updateJob(db, job.id, { state: 'cancelled' }, now());
      return [];
    },
    /** Aborts the running jobs; from now on an abort is the program's stop and no cancellation. */
    stop: (): void => {
      stopped = true;
      for (const { controller } of running.values()) controller.abort(new EmergenceError('cancelled'));
    },
  };
};

export type JobRunner<Kind extends JobKindName> = ReturnType<typeof createJobRunner<Kind>>;
