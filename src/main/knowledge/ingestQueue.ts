import type { Helper } from '@main/processes/caller';
import type { IngestApi, ParsedDocument } from '@main/processes/ingest/api';
import type { SearchApi } from '@main/processes/search/api';
import type { ChangeBus } from '@main/store/changes';
import type { WritableDb } from '@main/store/database';
import { documentById, renameDocument } from '@main/store/documents';
import { makeCurrent, setVersionState, versionById } from '@main/store/documentVersions';
import { deleteEndedJobs, insertJob, jobById, jobOfSubject, nextQueuedJob, openJobs, requeueStrayJobs, updateJob } from '@main/store/jobs';
import { saveParsed } from '@main/store/parsedVersions';
import type { Telemetry } from '@main/telemetry/telemetry';
import { type DocumentFormat, EmergenceError, type IngestStage, isCancelled, type Job, newId, toEmergenceError } from '@shared/model';
import type { Blobs } from './blobs';
import { fileNameOfSource, titleOfSource } from './sources';

export interface IngestQueueDeps {
  db: WritableDb;
  blobs: Blobs;
  ingest: Pick<Helper<IngestApi>, 'call'>;
  search: Pick<Helper<SearchApi>, 'call'>;
  changes: ChangeBus;
  telemetry: Telemetry;
  now: () => number;
  /** Id of the embedding model in use, for the metrics. */
  embeddingModel: () => string;
  timeLimits?: { parseMs: number; indexMs: number };
}

/** A job at work. */
interface Run {
  job: Job;
  controller: AbortController;
  ended: PromiseWithResolvers<void>;
  /** Why its end could not be stored, if so. */
  unsaved?: unknown;
  /** For the metrics; known once read. */
  format: DocumentFormat | 'unknown';
}

export interface IngestQueue {
  /** Begins with what the last run left, and compares the index with the database. */
  start(): void;
  /** Adds a job for a pending version; call inside the transaction that made it, then `wake`. */
  add(versionId: string, documentId: string, title: string): void;
  wake(): void;
  /** Open jobs with their live progress. */
  jobs(): Job[];
  /** A stored job with its live progress. */
  live(job: Job): Job;
  /** Cancels queued and running jobs; ended ones are left alone. Resolves when nothing of them runs any more. Throws where that cannot be stored. */
  cancel(jobIds: readonly string[]): Promise<void>;
  /** Indexes a version again that was read before (restored documents, a lost index). */
  reindex(versionId: string): Promise<void>;
  /** Drops jobs that ended long ago. */
  dropEnded(): void;
  /** Fills the index with what it lacks: at start, and after the search process began again (it begins a damaged index anew). */
  reconcile(): void;
  /** Resolves when nothing is queued or running. */
  idle(): Promise<void>;
  stop(): Promise<void>;
}

const defaultTimeLimits = { parseMs: 120_000, indexMs: 600_000 };
/** A document that ends the process this often is given up. */
const mostDeaths = 2;
/** Runs of one job over all starts of the program: a job that never ends must not be tried for ever. */
const mostAttempts = 20;
const publishEveryMs = 200;
/** Between tries of a queue that could not go on. */
const wakeAgainMs = 5_000;
const endedJobsKeptMs = 7 * 86_400_000;
/** Where each stage begins within the whole job. */
const stageStart: Record<IngestStage, number> = { queued: 0, reading: 0, chunking: 0.5, embedding: 0.55, indexing: 0.9 };
const stageEnd: Record<IngestStage, number> = { queued: 0, reading: 0.5, chunking: 0.55, embedding: 0.9, indexing: 1 };

/** What a process that died under a document says about it. Null: ended by a signal, which the heap limit and the memory guard send. */
const deathReason = (exitCode: unknown): EmergenceError =>
  exitCode === null || exitCode === 134 || exitCode === 137
    ? new EmergenceError('document.memory_limit', { deaths: mostDeaths })
    : new EmergenceError('document.unreadable', { reason: 'process_died', exitCode: typeof exitCode === 'number' ? exitCode : null });

/** Takes documents in one at a time: read in the ingest process, stored, indexed by the search process, then made current. Jobs are durable. */
export const createIngestQueue = (deps: IngestQueueDeps): IngestQueue => {
  const { db, blobs, ingest, search, changes, telemetry, now } = deps;
  const timeLimits = deps.timeLimits ?? defaultTimeLimits;
  const deaths = new Map<string, number>();
  const running = new Map<string, Run>();
  let working = false;
  let loop: Promise<void> = Promise.resolve();
  let later: NodeJS.Timeout | undefined;
  /** The end of a job could not be stored since the queue began to work. */
  let unsavedEnds = false;
  let stopped = false;
  let published = 0;

  /** Stages and progress of running jobs live in memory: a crash puts the job back to its beginning anyway. */
  const progress = (run: Run, stage: IngestStage, part: number): void => {
    const next = stageStart[stage] + (stageEnd[stage] - stageStart[stage]) * Math.min(1, Math.max(0, part));
    const changed = run.job.stage !== stage;
    run.job = { ...run.job, stage, progress: Math.max(run.job.progress, next) };
    if (!changed && now() - published < publishEveryMs) return;
    published = now();
    changes.publish('job', run.job.id);
  };

  const read = async (run: Run, blobPath: string, fileName: string): Promise<ParsedDocument> => {
    for (;;)
      try {
        return await ingest.call(
          'parse',
          { path: blobPath, fileName },
          {
            signal: run.controller.signal,
            timeLimitMs: timeLimits.parseMs,
            killOnTimeout: true,
            killOnAbort: true,
            timeoutCode: 'document.time_limit',
            onProgress: (part) => progress(run, part.stage, part.progress),
          },
        );
      } catch (error) {
        if (!(error instanceof EmergenceError) || error.code !== 'process.died') throw error;
        const count = (deaths.get(run.job.subjectId) ?? 0) + 1;
        deaths.set(run.job.subjectId, count);
        telemetry.log.warn({ versionId: run.job.subjectId, deaths: count, ...error.details }, 'the ingest process died under a document');
        if (count >= mostDeaths) throw deathReason(error.details.exitCode);
      }
  };

  const index = async (run: Run): Promise<Awaited<ReturnType<SearchApi['indexVersion']>>> => {
    for (let attempt = 1; ; attempt += 1)
      try {
        return await search.call(
          'indexVersion',
          { versionId: run.job.subjectId },
          {
            signal: run.controller.signal,
            timeLimitMs: timeLimits.indexMs,
            timeoutCode: 'search.unavailable',
            onProgress: (part) => progress(run, part.stage, part.progress),
          },
        );
      } catch (error) {
        // The search process is started again by its caller; the call is idempotent.
        if (!(error instanceof EmergenceError) || error.code !== 'process.died' || attempt >= 3) throw error;
      }
  };

  const seconds = (stage: IngestStage, ms: number): void => telemetry.observe('ingestion_duration_seconds', { stage }, ms / 1000);

  /** First half: file to stored text. Runs while the document before it is being indexed. */
  const readStage = async (run: Run): Promise<void> => {
    const { job } = run;
    if (job.attempts > mostAttempts)
      throw new EmergenceError('document.unreadable', { reason: 'too_many_attempts', attempts: job.attempts });
    const version = versionById(db, job.subjectId);
    const document = job.documentId ? documentById(db, job.documentId) : null;
    if (!version || !document) throw new EmergenceError('cancelled');
    const parsed = await read(run, blobs.path(version.blobHash), fileNameOfSource(document.source));
    run.controller.signal.throwIfAborted();
    await saveParsed(db, version.id, parsed, run.controller.signal);
    // The document's own title replaces the file's name, never a name the person gave, be it while the text was stored.
    const { title } = documentById(db, document.id) ?? document;
    const unnamed = !document.source.startsWith('paste:') && title === titleOfSource(document.source);
    if (parsed.title && unnamed) renameDocument(db, document.id, parsed.title, now());
    run.format = parsed.format;
    seconds('reading', parsed.timings.readMs);
    seconds('chunking', parsed.timings.chunkMs);
  };

  /** Second half: stored text to the version that answers. */
  const indexStage = async (run: Run): Promise<void> => {
    progress(run, 'embedding', 0);
    const indexed = await index(run);
    run.controller.signal.throwIfAborted();
    seconds('embedding', indexed.embedMs);
    seconds('indexing', indexed.indexMs);
    if (indexed.embedded > 0) telemetry.increment('embedding_texts_total', { model: deps.embeddingModel() }, indexed.embedded);
    if (indexed.cached > 0) telemetry.increment('embedding_cache_hits_total', {}, indexed.cached);
    const previous = db.transaction((): string | null => {
      updateJob(db, run.job.id, { state: 'done', stage: 'indexing', progress: 1, error: null }, now());
      return makeCurrent(db, run.job.subjectId, now());
    })();
    if (previous) await dropFromIndex([previous]);
    finish(run, 'ready');
  };

  /** What cannot be dropped now is dropped when the index is compared with the database at the next start. */
  const dropFromIndex = async (versionIds: string[]): Promise<void> => {
    try {
      await search.call('removeVersions', { versionIds }, { timeLimitMs: 30_000, timeoutCode: 'search.unavailable' });
    } catch (error) {
      telemetry.log.warn({ err: error }, 'an old version stays in the index until the next start');
    }
  };

  const finish = (run: Run, outcome: 'ready' | 'failed' | 'cancelled'): void => {
    if (!stopped) telemetry.increment('ingestion_documents_total', { outcome, format: run.format });
    deaths.delete(run.job.subjectId);
    running.delete(run.job.id);
    publishEnd(run.job);
    run.ended.resolve();
  };
  const publishEnd = (job: Job): void => {
    changes.publish('job', job.id);
    if (job.documentId) changes.publish('document', job.documentId);
    changes.publish('collection');
  };

  const giveUp = (job: Job, state: 'failed' | 'cancelled', error: EmergenceError | null): void => {
    db.transaction(() => {
      updateJob(db, job.id, { state, error: error?.toRecord() ?? null }, now());
      setVersionState(db, job.subjectId, state, error?.toRecord() ?? null);
    })();
  };

  const fail = (run: Run, error: unknown): void => {
    const cancelled = run.controller.signal.aborted || isCancelled(error);
    try {
      if (stopped) updateJob(db, run.job.id, { state: 'queued', stage: 'queued', progress: 0 }, now());
      else if (cancelled) giveUp(run.job, 'cancelled', null);
      else {
        const known = toEmergenceError(error);
        if (known.code === 'internal')
          telemetry.log.error({ err: error, versionId: run.job.subjectId }, 'a document could not be taken in');
        giveUp(run.job, 'failed', known);
      }
    } catch (writeError) {
      // A full disk: the job stays as it is and is taken up again when the queue next begins.
      unsavedEnds = true;
      run.unsaved = writeError;
      telemetry.log.error({ err: writeError, versionId: run.job.subjectId }, 'the end of a job could not be stored');
    }
    finish(run, cancelled ? 'cancelled' : 'failed');
  };

  const begin = (queued: Job): Run => {
    const job: Job = { ...queued, state: 'running', stage: 'reading', progress: 0, attempts: queued.attempts + 1, error: null };
    updateJob(db, job.id, job, now());
    const run: Run = { job, controller: new AbortController(), ended: Promise.withResolvers<void>(), format: 'unknown' };
    running.set(job.id, run);
    changes.publish('job', job.id);
    return run;
  };

  /** One document is read while the one before it is indexed: two processes at work, never more than two documents at hand. */
  const runAll = async (): Promise<void> => {
    let indexing: Promise<void> = Promise.resolve();
    try {
      for (let job = nextQueuedJob(db, 'ingest'); job && !stopped; job = nextQueuedJob(db, 'ingest')) {
        const run = begin(job);
        const read = await readStage(run).then(
          () => true,
          (error: unknown) => {
            fail(run, error);
            return false;
          },
        );
        await indexing;
        if (read) indexing = indexStage(run).catch((error: unknown) => fail(run, error));
      }
    } finally {
      await indexing;
    }
  };

  const work = async (): Promise<void> => {
    unsavedEnds = false;
    let failed = false;
    try {
      requeueStrayJobs(db, 'ingest', now(), ({ id }) => running.has(id));
      // Again, for what was added while the last one was indexed.
      while (!stopped && nextQueuedJob(db, 'ingest')) await runAll();
    } catch (error) {
      failed = true;
      telemetry.log.error({ err: error }, 'the ingestion queue stopped');
    } finally {
      working = false;
      // A full disk lets no job be taken up nor ended: tried again, until there is room.
      if ((failed || unsavedEnds) && !stopped) later = setTimeout(wake, wakeAgainMs).unref();
    }
  };
  const wake = (): void => {
    if (stopped || working) return;
    clearTimeout(later);
    working = true;
    loop = work();
  };

  const reindex = async (versionId: string): Promise<void> => {
    await search.call('indexVersion', { versionId }, { timeLimitMs: timeLimits.indexMs, timeoutCode: 'search.unavailable' });
    changes.publish('document');
  };

  const fillIndex = async (): Promise<void> => {
    const { missing } = await search.call('reconcile', undefined);
    for (const versionId of missing) {
      if (stopped) return;
      await reindex(versionId);
    }
  };

  const reconcile = (): void =>
    void fillIndex().catch((error: unknown) => {
      if (!stopped) telemetry.log.warn({ err: error }, 'the index could not be compared with the database');
    });

  const live = (job: Job): Job => running.get(job.id)?.job ?? job;

  return {
    start: () => {
      wake();
      blobs.sweep().catch((error: unknown) => telemetry.log.warn({ err: error }, 'half-written originals could not be removed'));
      reconcile();
    },
    reconcile,
    dropEnded: () => deleteEndedJobs(db, now() - endedJobsKeptMs),
    add: (versionId, documentId, title) => {
      const job = jobOfSubject(db, versionId);
      if (job) updateJob(db, job.id, { state: 'queued', stage: 'queued', progress: 0, attempts: 0, error: null }, now());
      else insertJob(db, { id: newId(), kind: 'ingest', subjectId: versionId, documentId, title, stage: 'queued' }, now());
    },
    wake,
    jobs: () => openJobs(db).map(live),
    live,
    cancel: async (jobIds) => {
      for (const id of jobIds) {
        const run = running.get(id);
        if (run) {
          run.controller.abort(new EmergenceError('cancelled'));
          await run.ended.promise;
          if (run.unsaved) throw run.unsaved;
          continue;
        }
        const job = jobById(db, id);
        if (job?.kind !== 'ingest' || job.state !== 'queued') continue;
        giveUp(job, 'cancelled', null);
        publishEnd(job);
      }
    },
    reindex,
    idle: async () => {
      while (working) await loop;
    },
    stop: async () => {
      stopped = true;
      clearTimeout(later);
      for (const run of running.values()) run.controller.abort(new EmergenceError('cancelled'));
      await loop;
    },
  };
};
