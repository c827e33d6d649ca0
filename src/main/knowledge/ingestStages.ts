import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type JobRun, type JobRunner, storeJobEnd } from '@main/jobs/jobRunner';
import type { Helper } from '@main/processes/helper';
import type { IngestApi, ParsedDocument } from '@main/processes/ingest/api';
import type { SearchApi } from '@main/processes/search/api';
import type { ChangeBus } from '@main/store/changes';
import type { WritableDb } from '@main/store/database';
import { followVersion } from '@main/store/documentNames';
import { firstPlace } from '@main/store/documentPlaces';
import { documentById } from '@main/store/documents';
import { makeCurrent, versionById } from '@main/store/documentVersions';
import { saveParsed } from '@main/store/parsedVersions';
import { recognisedTexts } from '@main/store/recognisedPages';
import { webPageOf } from '@main/store/webPages';
import type { Telemetry } from '@main/telemetry/telemetry';
import { type DocumentFormat, EmergenceError, type IngestStage } from '@shared/model';
import type { Blobs } from './blobs';
import { decideDocument } from './decideDocument';
import { cleanName, fileNameOfSource } from './sources';

export interface IngestStagesDeps {
  db: WritableDb;
  blobs: Blobs;
  ingest: Pick<Helper<IngestApi>, 'call'>;
  search: Pick<Helper<SearchApi>, 'call'>;
  changes: ChangeBus;
  telemetry: Telemetry;
  now: () => number;
  /** Id of the embedding model in use, for the metrics. */
  embeddingModel: () => string;
  jobs: Pick<JobRunner<'ingest'>, 'report' | 'step'>;
  /** The folder in which the files within documents stand until they are taken in. */
  membersFolder: string;
  /** Hears of the files within a document that was read, before its job goes on. */
  onMembers: (found: FoundMembers) => Promise<void>;
}

/** The files within a document: mails have them attached, archives packed. */
export interface FoundMembers {
  documentId: string;
  versionId: string;
  /** The folder of the copies, which is deleted afterwards. */
  folder: string;
  members: NonNullable<ParsedDocument['members']>;
}

/** A running job. */
export interface IngestRun extends JobRun {
  /** For the metrics; known once the document is parsed. */
  format: DocumentFormat | 'unknown';
}

/** A document that kills the process this often is given up. */
const mostDeaths = 2;
/** Tries to index a version: the search process may die for reasons of its own. */
const mostIndexTries = 3;
/** Runs of one job over all starts of the program: a job that never ends must not be retried for ever. */
const mostAttempts = 20;
const dropLimitMs = 30_000;
/** The progress of the whole job at the start and at the end of each stage. */
const stageStart: Record<IngestStage, number> = { queued: 0, reading: 0, chunking: 0.5, embedding: 0.55, indexing: 0.9 };
const stageEnd: Record<IngestStage, number> = { queued: 0, reading: 0.5, chunking: 0.55, embedding: 0.9, indexing: 1 };

/**
 * The error for a document under which a process died. Null: killed by a signal, which the heap limit and the memory guard send.
 */
const deathReason = (exitCode: unknown): EmergenceError =>
  exitCode === null || exitCode === 134 || exitCode === 137
    ? new EmergenceError('document.memory_limit', { deaths: mostDeaths })
    : new EmergenceError('document.unreadable', { reason: 'process_died', exitCode: typeof exitCode === 'number' ? exitCode : null });

const isDeath = (error: unknown): error is EmergenceError => error instanceof EmergenceError && error.code === 'process.died';

/** The two halves of ingestion: from the file to stored text, and from there to the current version. */
export const createIngestStages = (deps: IngestStagesDeps) => {
  const { db, blobs, ingest, search, changes, telemetry, now, jobs } = deps;

  const progress = (run: IngestRun, stage: IngestStage, part: number): void => {
    const next = stageStart[stage] + (stageEnd[stage] - stageStart[stage]) * Math.min(1, Math.max(0, part));
    jobs.report(run, stage, Math.max(run.job.progress, next));
  };
  const seconds = (stage: IngestStage, ms: number): void => telemetry.observe('ingestion_duration_seconds', { stage }, ms / 1000);

  const parse = async (run: IngestRun, read: Omit<Parameters<IngestApi['parse']>[0], 'recognised'>): Promise<ParsedDocument> => {
    const input = { ...read, recognised: recognisedTexts(db, run.job.subjectId) };
    for (let deaths = 1; ; deaths += 1)
      try {
        return await jobs.step(run, 'read', (signal) =>
          ingest.call('parse', input, {
            signal,
            killOnAbort: true,
            silenceCode: 'document.time_limit',
            onProgress: (part) => progress(run, part.stage, part.progress),
          }),
        );
      } catch (error) {
        if (!isDeath(error)) throw error;
        telemetry.log.warn({ versionId: run.job.subjectId, deaths, ...error.details }, 'the ingest process died under a document');
        if (deaths >= mostDeaths) throw deathReason(error.details.exitCode);
      }
  };

  /** Stores what was read, decides to which document it belongs, and hands on the files within it. */
  const keep = async (run: IngestRun, versionId: string, { members, ...read }: ParsedDocument, folder: string): Promise<void> => {
    const { signal } = run.controller;
    const parsed = { ...read, title: read.title && cleanName(read.title), author: read.author && cleanName(read.author) };
    signal.throwIfAborted();
    await saveParsed(db, versionId, parsed, signal);
    const decided = await decideDocument(db, versionId, now());
    signal.throwIfAborted();
    if (decided) {
      run.job = { ...run.job, documentId: decided.documentId };
      // While an earlier version is current, its title stays until this one replaces it.
      followVersion(db, decided.documentId);
      if (decided.joined) changes.publish('document');
    }
    if (members && run.job.documentId !== null) await deps.onMembers({ documentId: run.job.documentId, versionId, folder, members });
    run.format = parsed.format;
    seconds('reading', parsed.timings.readMs);
    seconds('chunking', parsed.timings.chunkMs);
  };

  const indexVersion = async (run: IngestRun): Promise<Awaited<ReturnType<SearchApi['indexVersion']>>> => {
    for (let tries = 1; ; tries += 1)
      try {
        return await jobs.step(run, 'index', (signal) =>
          search.call(
            'indexVersion',
            { versionId: run.job.subjectId },
            { signal, onProgress: (part) => progress(run, part.stage, part.progress) },
          ),
        );
      } catch (error) {
        // The caller restarts the search process, and the call is idempotent.
        if (!isDeath(error) || tries >= mostIndexTries) throw error;
      }
  };

  /** Versions that cannot be dropped now are dropped at the next start, when the index is compared with the database. */
  const dropFromIndex = async (versionIds: string[]): Promise<void> => {
    try {
      await search.call('removeVersions', { versionIds }, { timeLimitMs: dropLimitMs, timeoutCode: 'search.unavailable' });
    } catch (error) {
      telemetry.log.warn({ err: error }, 'an old version stays in the index until the next start');
    }
  };

  return {
    /** First half: from the file to stored text. Runs while the previous document is being indexed. */
    read: async (run: IngestRun): Promise<void> => {
      const { job } = run;
      if (job.attempts > mostAttempts)
        throw new EmergenceError('document.unreadable', { reason: 'too_many_attempts', attempts: job.attempts });
      const version = versionById(db, job.subjectId);
      const document = job.documentId ? documentById(db, job.documentId) : null;
      if (!version || !document) throw new EmergenceError('cancelled');
      if (!blobs.has(version.blobHash)) throw new EmergenceError('document.original_missing');
      const source = firstPlace(db, version.id)?.source ?? document.source;
      const folder = join(deps.membersFolder, version.id);
      try {
        const path = blobs.path(version.blobHash);
        const web = webPageOf(db, version.id);
        const file = web ? { fileName: web.fileName, page: { charset: web.charset } } : { fileName: fileNameOfSource(source) };
        await keep(
          run,
          version.id,
          await parse(run, { path, ...file, membersFolder: folder, encoding: version.encoding ?? undefined }),
          folder,
        );
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
    /**
     * Second half: from stored text to the current version; the end of the job is stored with it. `retitled`: the document has
     * another title now.
     */
    index: async (run: IngestRun): Promise<{ retitled: boolean }> => {
      progress(run, 'embedding', 0);
      const indexed = await indexVersion(run);
      run.controller.signal.throwIfAborted();
      seconds('embedding', indexed.embedMs);
      seconds('indexing', indexed.indexMs);
      if (indexed.embedded > 0) telemetry.increment('embedding_texts_total', { model: deps.embeddingModel() }, indexed.embedded);
      if (indexed.cached > 0) telemetry.increment('embedding_cache_hits_total', {}, indexed.cached);
      const { previous, retitled } = db.transaction(() => {
        storeJobEnd(db, run.job, 'done', null, now());
        const before = makeCurrent(db, run.job.subjectId, now());
        return { previous: before, retitled: run.job.documentId !== null && followVersion(db, run.job.documentId) };
      })();
      if (previous) await dropFromIndex([previous]);
      return { retitled };
    },
  };
};
