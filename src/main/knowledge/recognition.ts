import { addJob, createJobRunner, type JobRun, type JobRunnerDeps, storeJobEnd } from '@main/jobs/jobRunner';
import type { Helper } from '@main/processes/helper';
import type { RecogniseApi, RecognisedPage, RecognitionLanguage } from '@main/processes/recognise/api';
import type { ChangeBus } from '@main/store/changes';
import type { WritableDb } from '@main/store/database';
import type { DiskRoom } from '@main/store/diskRoom';
import { documentById } from '@main/store/documents';
import { listVersions, setVersionState, versionById } from '@main/store/documentVersions';
import { jobOfSubject, nextQueuedJob } from '@main/store/jobs';
import { adoptRecognisedPages, pagesToRecognise, recognisedPages, saveRecognisedPage, setPages } from '@main/store/recognisedPages';
import type { Telemetry } from '@main/telemetry/telemetry';
import { type DocumentVersion, EmergenceError, type Job, type Settings } from '@shared/model';
import type { Blobs } from './blobs';
import type { IngestQueue } from './ingestQueue';

export interface RecognitionDeps {
  db: WritableDb;
  blobs: Pick<Blobs, 'has' | 'path'>;
  recogniser: Pick<Helper<RecogniseApi>, 'call'>;
  /** Reads a version again, with the text that its pages have now. */
  queue: Pick<IngestQueue, 'add' | 'wake'>;
  diskRoom: Pick<DiskRoom, 'retryLater'>;
  settings: () => Settings['library'];
  /** Resolves when no question is being answered. */
  quiet: () => Promise<void>;
  changes: ChangeBus;
  telemetry: Telemetry;
  now: () => number;
  silence?: JobRunnerDeps<'recognise'>['silence'];
}

const stage = 'recognising';
/** A page on which the process died this often is given up. */
const mostDeaths = 2;
/** Runs of one job over all starts of the program. */
const mostAttempts = 20;
/** A page that cannot be drawn or read counts as one without text; the others go on. */
const nothing: RecognisedPage = { lines: [], confidence: 0, engine: 'none' };
const languagesOf: Record<Settings['library']['recogniseIn'], readonly RecognitionLanguage[]> = {
  both: ['fra', 'eng'],
  fr: ['fra'],
  en: ['eng'],
};
/** Errors of one page. Any other one, such as a missing original, ends the job. */
const ofPage = new Set(['document.unreadable', 'document.too_large', 'document.time_limit', 'internal']);

/**
 * Recognises the text of scanned pages and pictures in the background, one page at a time. Each page is stored when it is read, so that
 * a job continues after a crash; when it ends, also cancelled, the document is read again with the text of its pages.
 */
export const createRecognition = (deps: RecognitionDeps) => {
  const { db, blobs, recogniser, queue, diskRoom, settings, changes, telemetry, now } = deps;
  let working = false;
  let loop: Promise<void> = Promise.resolve();
  let stopped = false;
  /** True when a page was read since the start of the program: the process then dies of a page, and not by itself. */
  let hasWorked = false;

  /** Ends the wait of a version when its job ends: it is read again where a page has text, and told as it was before otherwise. */
  const settle = (versionId: string, error: EmergenceError | null): boolean => {
    const version = versionById(db, versionId);
    if (!version) return false;
    const hasText = recognisedPages(db, versionId).some(({ words }) => words > 0);
    const document = documentById(db, version.documentId);
    if (document && (hasText || (version.state === 'pending' && error === null))) {
      queue.add(versionId, version.documentId, document.title);
      return true;
    }
    // Offered to the person again, from the page that is next.
    const refusal = error ?? new EmergenceError('document.no_text_layer', { pages: version.pages ?? 1 });
    if (version.state === 'pending') setVersionState(db, versionId, 'failed', refusal.toRecord());
    return false;
  };

  const end = (job: Job, state: 'done' | 'failed' | 'cancelled', error: EmergenceError | null): void => {
    db.transaction(() => {
      storeJobEnd(db, job, state, error, now());
      // A cancelled scan without any text is offered as it was; a finished one is refused by its reader, in its own words.
      settle(job.subjectId, state === 'cancelled' ? new EmergenceError('document.no_text_layer', pagesOf(job)) : error);
    })();
    queue.wake();
  };
  const pagesOf = ({ subjectId }: Job): { pages: number } => ({ pages: versionById(db, subjectId)?.pages ?? 1 });

  const jobs = createJobRunner('recognise', {
    db,
    changes,
    log: telemetry.log,
    now,
    silence: deps.silence,
    storeFailure: end,
    onChange: (job, ended) => {
      if (ended && job.documentId) changes.publish('document', job.documentId);
    },
    onFailure: (job, error) => telemetry.log.warn({ err: error, versionId: job.subjectId }, 'the text of a scan could not be recognised'),
  });

  const readPage = async (run: JobRun, path: string, page: number, report: (part: number) => void): Promise<RecognisedPage> => {
    const languages = languagesOf[settings().recogniseIn];
    for (let deaths = 1; ; deaths += 1)
      try {
        const read = await jobs.step(run, 'page', (signal) =>
          recogniser.call(
            'recognise',
            { path, page, languages },
            { signal, killOnAbort: true, onProgress: ({ progress }) => report(progress) },
          ),
        );
        hasWorked = true;
        return read;
      } catch (error) {
        if (!(error instanceof EmergenceError) || run.controller.signal.aborted) throw error;
        if (error.code === 'process.died' && deaths < mostDeaths) continue;
        if (error.code === 'process.died' ? !hasWorked : !ofPage.has(error.code)) throw error;
        telemetry.log.warn({ err: error, versionId: run.job.subjectId, page }, 'the text of a page could not be recognised');
        return nothing;
      }
  };

  const recognise = async (run: JobRun): Promise<void> => {
    const { subjectId: versionId, attempts } = run.job;
    if (attempts > mostAttempts) throw new EmergenceError('document.unreadable', { reason: 'too_many_attempts', attempts });
    const version = versionById(db, versionId);
    if (!version) throw new EmergenceError('cancelled');
    if (!blobs.has(version.blobHash)) throw new EmergenceError('document.original_missing');
    adoptRecognisedPages(db, versionId);
    const left = pagesToRecognise(db, versionId);
    const before = recognisedPages(db, versionId).length;
    const total = before + left.length;
    for (const [index, page] of left.entries()) {
      const done = before + index;
      const report = (part: number): void => jobs.report(run, stage, (done + part) / total, { done, total });
      report(0);
      await deps.quiet();
      run.controller.signal.throwIfAborted();
      const read = await readPage(run, blobs.path(version.blobHash), page, report);
      run.controller.signal.throwIfAborted();
      saveRecognisedPage(db, versionId, page, read, now());
    }
    end(run.job, 'done', null);
  };

  const work = async (): Promise<void> => {
    let failed = false;
    try {
      jobs.requeueStray();
      for (let job = nextQueuedJob(db, 'recognise'); job && !stopped; job = nextQueuedJob(db, 'recognise')) {
        const run = jobs.start(job);
        try {
          await recognise(run);
          jobs.finish(run);
        } catch (error) {
          jobs.fail(run, error);
          if (run.unsaved) throw run.unsaved;
        }
      }
    } catch (error) {
      failed = true;
      telemetry.log.error({ err: error }, 'the recognition of text stopped');
    } finally {
      working = false;
      if (failed && !stopped) diskRoom.retryLater('go on with the recognition of text', wake);
    }
  };
  const wake = (): void => {
    if (stopped || working) return;
    working = true;
    loop = work();
  };
  /** After the transaction in which a job was added. */
  const wakeSoon = (): void => {
    setImmediate(wake);
  };

  const add = ({ id, documentId }: Pick<DocumentVersion, 'id' | 'documentId'>): void =>
    addJob(db, 'recognise', { subjectId: id, documentId, title: documentById(db, documentId)?.title ?? '' }, now());

  return {
    start: wake,
    /**
     * Queues a version that was just read, or refused for want of text, when it has few enough scanned pages. To be called in the
     * transaction that ends its job. True where the version waits for that text.
     */
    takeUp: (job: Job, error: EmergenceError | null): boolean => {
      if (error && (error.code !== 'document.no_text_layer' || error.details.reason === 'nothing_found')) return false;
      const version = versionById(db, job.subjectId);
      // A job that the person cancelled, or that failed, is not begun again by itself.
      if (!version || jobOfSubject(db, version.id, 'recognise')) return false;
      const pages = pagesToRecognise(db, version.id).length;
      if (pages === 0 || pages > settings().recogniseUpTo) return false;
      if (error) setPages(db, version.id, pages);
      add(version);
      wakeSoon();
      return true;
    },
    /** Queues the newest version of a document whose text the person wants recognised; nothing changes where no page is left. */
    request: (documentId: string): void => {
      const version = listVersions(db, documentId)[0];
      if (!version) return;
      const pages = pagesToRecognise(db, version.id).length;
      if (pages === 0) return;
      db.transaction(() => {
        if (version.characters === null) {
          if (version.pages === null) setPages(db, version.id, pages);
          setVersionState(db, version.id, 'pending', null);
        }
        add(version);
      })();
      changes.publish('document', documentId);
      changes.publish('job');
      wake();
    },
    live: jobs.live,
    /** Cancels queued and running jobs; what they recognised stays. */
    cancel: async (jobIds: readonly string[]): Promise<void> => {
      for (const id of jobIds) await jobs.cancel(id);
    },
    /** Resolves when nothing is queued or running. */
    idle: async (): Promise<void> => {
      while (working) await loop;
    },
    stop: async (): Promise<void> => {
      stopped = true;
      jobs.stop();
      await loop;
    },
  };
};
export type Recognition = ReturnType<typeof createRecognition>;
