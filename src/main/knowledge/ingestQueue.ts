import { addJob, createJobRunner, type JobRunnerDeps, storeJobEnd } from '@main/jobs/jobRunner';
import { withSilenceLimit } from '@main/jobs/silence';
import { condemnUnusedBlobs } from '@main/store/blobOwners';
import type { DiskRoom } from '@main/store/diskRoom';
import { setVersionState } from '@main/store/documentVersions';
import { deleteEndedJobs, nextQueuedJob, openJobs } from '@main/store/jobs';
import { deleteVersion, versionsBeyond } from '@main/store/pastVersions';
import { EmergenceError, formatsVersion, type Job, jobKinds } from '@shared/model';
import { createIngestStages, type FoundMembers, type IngestRun, type IngestStagesDeps } from './ingestStages';
import type { Originals } from './originals';
import { passOver } from './passOver';

export interface IngestQueueDeps extends Omit<IngestStagesDeps, 'jobs' | 'onMembers'> {
  originals: Pick<Originals, 'removeCondemned'>;
  diskRoom: Pick<DiskRoom, 'retryLater'>;
  silence?: JobRunnerDeps<'ingest'>['silence'];
  /** The newest versions that are kept of each document; 0, the default, keeps all. */
  versionsKept?: () => number;
}

/**
 * Takes up the scanned pages of a version, in the transaction that ends its job with this error, or without one. True where the version
 * waits for their text.
 */
type TakeScans = (job: Job, error: EmergenceError | null) => boolean;

export interface IngestQueue {
  /** The one listener for versions with scanned pages. */
  onScans(listener: TakeScans): void;
  /** The one listener for files within documents. A document is not ready before it has answered. */
  onMembers(listener: (found: FoundMembers) => Promise<void>): void;
  /** Resumes the jobs that the last run left. */
  start(): void;
  /** Adds a job for a pending version. To be called inside the transaction that made the version; `wake` follows. */
  add(versionId: string, documentId: string, title: string): void;
  wake(): void;
  /** Open jobs with their live progress. */
  jobs(): Job[];
  /** A stored job with its live progress. */
  live(job: Job): Job;
  /**
   * Cancels queued and running jobs and ignores ended ones. Resolves when none of them runs any more. Throws where that cannot be
   * stored.
   */
  cancel(jobIds: readonly string[]): Promise<void>;
  /** Indexes a version again that was parsed before (restored documents, a lost index). */
  reindex(versionId: string): Promise<void>;
  /** Deletes jobs that ended long ago. */
  dropEnded(): void;
  /**
   * Indexes the versions that the index lacks: soon after the start, after a rename, and after a restart of the search process (which creates a
   * damaged index anew).
   */
  reconcile(): void;
  /** Resolves when nothing is queued or running. */
  idle(): Promise<void>;
  stop(): Promise<void>;
}

/** The time between two tries to complete the index; doubled each time. */
const fillAgainMs = { first: 30_000, longest: 3_600_000 };
/** A version whose indexing kills the search process this often is skipped until the next start. */
const mostDeaths = 3;
const endedJobsKeptMs = 7 * 86_400_000;

/**
 * Ingests documents one at a time: parsed in the ingest process, stored, indexed by the search process, then made current. Jobs are
 * durable.
 */
export const createIngestQueue = (deps: IngestQueueDeps): IngestQueue => {
  const { db, originals, diskRoom, search, changes, telemetry, now } = deps;
  let working = false;
  let loop: Promise<void> = Promise.resolve();
  let fillLater: NodeJS.Timeout | undefined;
  /** True when the end of a job could not be stored since the queue last woke. */
  let unsavedEnds = false;
  let stopped = false;

  let takeScans: TakeScans = () => false;
  const storeFailure = (job: Job, state: 'failed' | 'cancelled', error: EmergenceError | null): void => {
    const record = error?.toRecord() ?? null;
    // A later version of the program may read what this one refuses.
    if (record?.code === 'document.unsupported') record.details = { ...record.details, formats: formatsVersion };
    const passed = db.transaction(() => {
      storeJobEnd(db, job, state, error, now());
      setVersionState(db, job.subjectId, state, record);
      // It waits for the text of its pages, and has not failed.
      if (error && takeScans(job, error)) {
        setVersionState(db, job.subjectId, 'pending', null);
        return false;
      }
      return error !== null && passOver(db, job.subjectId, error);
    })();
    if (passed) originals.removeCondemned();
  };

  const jobs = createJobRunner('ingest', {
    db,
    changes,
    log: telemetry.log,
    now,
    silence: deps.silence,
    storeFailure,
    onChange: (job, ended) => {
      if (!ended) return;
      if (job.documentId) changes.publish('document', job.documentId);
      changes.publish('collection');
    },
    onFailure: (job, error) => {
      if (error.code === 'internal') telemetry.log.error({ err: error, versionId: job.subjectId }, 'a document could not be taken in');
    },
  });
  let takeMembers: (found: FoundMembers) => Promise<void> = () => Promise.resolve();
  const stages = createIngestStages({ ...deps, jobs, onMembers: (found) => takeMembers(found) });

  const count = (outcome: 'ready' | 'failed' | 'cancelled', format: IngestRun['format']): void => {
    if (!stopped) telemetry.increment('ingestion_documents_total', { outcome, format });
  };

  const fail = (run: IngestRun, error: unknown): void => {
    const outcome = jobs.fail(run, error);
    // The job runs again when the queue next wakes.
    if (run.unsaved) unsavedEnds = true;
    count(outcome, run.format);
  };

  /** A version that cannot be deleted now is deleted with the next change of its document. */
  const dropPastVersions = (documentId: string | null): void => {
    const keep = deps.versionsKept?.() ?? 0;
    if (keep === 0 || documentId === null) return;
    try {
      const past = versionsBeyond(db, documentId, keep);
      if (past.length === 0) return;
      db.transaction(() => {
        for (const { id } of past) deleteVersion(db, id);
        condemnUnusedBlobs(
          db,
          past.map(({ blobHash }) => blobHash),
        );
      })();
      originals.removeCondemned();
    } catch (error) {
      telemetry.log.warn({ err: error, documentId }, 'past versions could not be deleted');
    }
  };

  /** A version that answers without its scanned pages gets them later; where that cannot be noted, the person may ask for it. */
  const recogniseScans = (job: Job): void => {
    try {
      db.transaction(() => takeScans(job, null))();
    } catch (error) {
      telemetry.log.warn({ err: error, versionId: job.subjectId }, 'the scanned pages of a document could not be queued');
    }
  };

  const indexStage = async (run: IngestRun): Promise<void> => {
    let retitled = false;
    try {
      ({ retitled } = await stages.index(run));
    } catch (error) {
      return fail(run, error);
    }
    recogniseScans(run.job);
    jobs.finish(run);
    dropPastVersions(run.job.documentId);
    count('ready', run.format);
    // Passages are also found by the title of their document.
    if (retitled) reconcile();
  };

  /**
   * One document is parsed while the one before it is indexed: two processes work, and never more than two documents are in memory.
   */
  const runAll = async (): Promise<void> => {
    let indexing: Promise<void> = Promise.resolve();
    try {
      for (let job = nextQueuedJob(db, 'ingest'); job && !stopped; job = nextQueuedJob(db, 'ingest')) {
        const run: IngestRun = Object.assign(jobs.start(job), { format: 'unknown' as const });
        const read = await stages.read(run).then(
          () => true,
          (error: unknown) => {
            fail(run, error);
            return false;
          },
        );
        await indexing;
        if (read) indexing = indexStage(run);
      }
    } finally {
      await indexing;
    }
  };

  const work = async (): Promise<void> => {
    unsavedEnds = false;
    let failed = false;
    try {
      jobs.requeueStray();
      // Repeated for jobs added while the last document was indexed.
      while (!stopped && nextQueuedJob(db, 'ingest')) await runAll();
    } catch (error) {
      failed = true;
      telemetry.log.error({ err: error }, 'the ingestion queue stopped');
    } finally {
      working = false;
      // On a full disk no job can start or end: the queue retries until there is room.
      if ((failed || unsavedEnds) && !stopped) diskRoom.retryLater('go on with the ingestion queue', wake);
    }
  };
  const wake = (): void => {
    if (stopped || working) return;
    working = true;
    loop = work();
  };

  const reindex = async (versionId: string): Promise<void> => {
    await withSilenceLimit(jobKinds.ingest.silence.index, (signal, alive) =>
      search.call('indexVersion', { versionId }, { signal, onProgress: alive }),
    );
    changes.publish('document');
  };

  /** How often indexing a version killed the search process since the program started. */
  const deaths = new Map<string, number>();
  /**
   * Indexes the missing versions. A version that cannot be indexed does not stop the others. One that kills the process each time
   * (the restart then calls this again) is skipped until the next start. Throws the last error.
   */
  const fillIndex = async (): Promise<void> => {
    const { missing } = await search.call('reconcile', undefined);
    const errors: unknown[] = [];
    for (const versionId of missing) {
      if (stopped) return;
      if ((deaths.get(versionId) ?? 0) >= mostDeaths) continue;
      await reindex(versionId).catch((error: unknown) => {
        if (error instanceof EmergenceError && error.code === 'process.died') deaths.set(versionId, (deaths.get(versionId) ?? 0) + 1);
        errors.push(error);
      });
    }
    if (errors.length > 0) throw errors.at(-1);
  };

  let fillFailures = 0;
  /** Retries later: a full disk or a dying search process may recover. */
  const reconcile = (): void => {
    clearTimeout(fillLater);
    fillIndex().then(
      () => {
        fillFailures = 0;
      },
      (error: unknown) => {
        if (stopped) return;
        telemetry.log.warn({ err: error }, 'the index could not be made complete');
        fillLater = setTimeout(reconcile, Math.min(fillAgainMs.first * 2 ** fillFailures++, fillAgainMs.longest)).unref();
      },
    );
  };

  return {
    onScans: (listener) => {
      takeScans = listener;
    },
    onMembers: (listener) => {
      takeMembers = listener;
    },
    start: wake,
    reconcile,
    dropEnded: () => deleteEndedJobs(db, now() - endedJobsKeptMs),
    add: (versionId, documentId, title) => addJob(db, 'ingest', { subjectId: versionId, documentId, title }, now()),
    wake,
    jobs: () => openJobs(db).map(jobs.live),
    live: jobs.live,
    cancel: async (jobIds) => {
      for (const id of jobIds) if (await jobs.cancel(id)) count('cancelled', 'unknown');
    },
    reindex,
    idle: async () => {
      while (working) await loop;
    },
    stop: async () => {
      stopped = true;
      clearTimeout(fillLater);
      jobs.stop();
      await loop;
    },
  };
};
