import { type Job, jobSchema } from '@shared/model';
import type { ReadableDb, WritableDb } from './database';
import { readError, readRow } from './json';

interface JobRow {
  id: string;
  kind: Job['kind'];
  subject_id: string;
  document_id: string | null;
  title: string;
  stage: string;
  state: Job['state'];
  progress: number;
  attempts: number;
  error: string | null;
  created_at: number;
  updated_at: number;
}

/** Null for a row that cannot be read. */
const toJob = (row: JobRow): Job | null => {
  const entry = `jobs ${row.id}`;
  const job: Job = {
    id: row.id,
    kind: row.kind,
    subjectId: row.subject_id,
    documentId: row.document_id,
    title: row.title,
    stage: row.stage,
    state: row.state,
    progress: row.progress,
    attempts: row.attempts,
    error: readError(row.error, entry),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
  return readRow(jobSchema, job, entry, { progress: 0, documentId: null });
};

const toJobs = (rows: JobRow[]): Job[] => rows.flatMap((row) => toJob(row) ?? []);

export const insertJob = (
  db: WritableDb,
  job: Pick<Job, 'id' | 'kind' | 'subjectId' | 'documentId' | 'title' | 'stage'>,
  at: number,
): void => {
  db.prepare(
    `INSERT INTO jobs(id, kind, subject_id, document_id, title, stage, state, progress, attempts, error, created_at, updated_at)
     VALUES (?, ?, ?, ?, ?, ?, 'queued', 0, 0, NULL, ?, ?)`,
  ).run(job.id, job.kind, job.subjectId, job.documentId, job.title, job.stage, at, at);
};

/** Changes the given fields and leaves the others. */
export const updateJob = (
  db: WritableDb,
  id: string,
  change: Partial<Pick<Job, 'stage' | 'state' | 'progress' | 'attempts' | 'error'>>,
  at: number,
): void => {
  db.prepare(
    `UPDATE jobs SET stage = coalesce(@stage, stage), state = coalesce(@state, state), progress = coalesce(@progress, progress),
       attempts = coalesce(@attempts, attempts), error = CASE WHEN @setError THEN @error ELSE error END, updated_at = @at WHERE id = @id`,
  ).run({
    id,
    at,
    stage: change.stage ?? null,
    state: change.state ?? null,
    progress: change.progress ?? null,
    attempts: change.attempts ?? null,
    setError: change.error === undefined ? 0 : 1,
    error: change.error ? JSON.stringify(change.error) : null,
  });
};

export const jobById = (db: ReadableDb, id: string): Job | null => {
  const row = db.prepare<[string], JobRow>('SELECT * FROM jobs WHERE id = ?').get(id);
  return row ? toJob(row) : null;
};

/** The newest job of a document version or a model; without a kind an open job goes before one that has ended. */
export const jobOfSubject = (db: ReadableDb, subjectId: string, kind: Job['kind'] | null = null): Job | null => {
  const row = db
    .prepare<[{ subjectId: string; kind: string | null }], JobRow>(
      `SELECT * FROM jobs WHERE subject_id = @subjectId AND (@kind IS NULL OR kind = @kind)
       ORDER BY state IN ('queued', 'running') DESC, created_at DESC, id DESC LIMIT 1`,
    )
    .get({ subjectId, kind });
  return row ? toJob(row) : null;
};

/** Queued and running jobs, oldest first. */
export const openJobs = (db: ReadableDb): Job[] =>
  toJobs(db.prepare<[], JobRow>(`SELECT * FROM jobs WHERE state IN ('queued', 'running') ORDER BY state, created_at, id`).all());

/** The oldest queued job that can be read: an unreadable one must not block the others. */
export const nextQueuedJob = (db: ReadableDb, kind: Job['kind']): Job | null => {
  const rows = db
    .prepare<[string], JobRow>(
      // The second condition is the partial index' own: without it the index is not used.
      `SELECT * FROM jobs WHERE state = 'queued' AND state IN ('queued', 'running') AND kind = ? ORDER BY created_at, id`,
    )
    .iterate(kind);
  for (const row of rows) {
    const job = toJob(row);
    if (job) return job;
  }
  return null;
};

/**
 * Puts jobs that are noted as running but that nobody works on (after a crash or on a full disk) back into the queue; returns them.
 */
export const requeueStrayJobs = (db: WritableDb, kind: Job['kind'], at: number, isLive: (job: Job) => boolean): Job[] => {
  const stray = openJobs(db).filter((job) => job.kind === kind && job.state === 'running' && !isLive(job));
  for (const job of stray) updateJob(db, job.id, { state: 'queued', stage: 'queued', progress: 0 }, at);
  return stray;
};

/** Deletes ended jobs after a while; failed ones stay with their document. */
export const deleteEndedJobs = (db: WritableDb, before: number): void => {
  db.prepare(`DELETE FROM jobs WHERE state IN ('done', 'cancelled') AND updated_at < ?`).run(before);
};
