import { addJob, createJobRunner, type JobRunnerDeps } from '@main/jobs/jobRunner';
import { createChangeBus } from '@main/store/changes';
import { insertJob, jobById, jobOfSubject, nextQueuedJob } from '@main/store/jobs';
import { openStore, type Store } from '@main/store/open';
import { type Change, EmergenceError, type Job, type JobKindName, jobKinds, newId } from '@shared/model';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { countingTelemetry } from '../../integration/ingest/libraryFixture';
import { temporaryFolder } from '../../support/temporaryFolder';

let store: Store;
let published: Change[];
beforeEach(() => {
  vi.useFakeTimers();
  store = openStore({ dataFolder: temporaryFolder() });
  published = [];
});
afterEach(() => {
  store.close();
  vi.useRealTimers();
});

const subject = { subjectId: 'subject', documentId: null, title: 'title' };
/** Changes of jobs published so far. */
const heard = (): number => published.filter(({ entity }) => entity === 'job').length;
const job = (): Job | null => jobOfSubject(store.db, 'subject');
const runner = <Kind extends JobKindName>(kind: Kind, more: Partial<JobRunnerDeps<Kind>> = {}) => {
  const changes = createChangeBus();
  changes.subscribe((change) => published.push(change));
  return createJobRunner(kind, { db: store.db, changes, log: countingTelemetry().log, now: Date.now, ...more });
};
/** Starts a queued ingestion. */
const startIngest = (jobs: ReturnType<typeof runner<'ingest'>>) => {
  addJob(store.db, 'ingest', subject, 1);
  const queued = nextQueuedJob(store.db, 'ingest');
  if (!queued) throw new Error('no job is queued');
  return jobs.start(queued);
};
/** Works until the signal aborts. */
const untilAborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(new EmergenceError('cancelled')), { once: true });
  });

it('lets a step that reports run past its limit of silence, and fails it once silent', async () => {
  const { limitMs } = jobKinds.download.silence.work;
  const jobs = runner('download');
  const run = jobs.startNew(subject);
  const ended = jobs.perform(run, 'work', untilAborted);
  for (let part = 1; part <= 10; part += 1) {
    await vi.advanceTimersByTimeAsync(limitMs - 1);
    jobs.report(run, 'download', part / 20);
  }
  expect(job()).toMatchObject({ state: 'running', progress: 0.5 });
  await vi.advanceTimersByTimeAsync(limitMs - 1);
  expect(job()?.state).toBe('running');
  await vi.advanceTimersByTimeAsync(1);
  await ended;
  expect(job()).toMatchObject({ state: 'failed', error: { code: 'model.download', details: { reason: 'silent', limitMs } } });
  expect(vi.getTimerCount()).toBe(0);
});

it('keeps the limits of two running jobs apart', async () => {
  const { limitMs } = jobKinds.embed.silence.work;
  const jobs = runner('embed');
  const [silent, alive] = [jobs.startNew(subject), jobs.startNew({ ...subject, subjectId: 'alive' })];
  const ends = [jobs.perform(silent, 'work', untilAborted), jobs.perform(alive, 'work', untilAborted)];
  await vi.advanceTimersByTimeAsync(limitMs - 1);
  jobs.report(alive, 'embed', 0.1);
  await vi.advanceTimersByTimeAsync(1);
  expect([job()?.state, jobOfSubject(store.db, 'alive')?.state]).toEqual(['failed', 'running']);
  await jobs.cancel(alive.job.id);
  await Promise.all(ends);
  expect(jobOfSubject(store.db, 'alive')?.state).toBe('cancelled');
});

it('gives each step its own limit and error, and counts a new step as a sign of life', async () => {
  const { read, index } = jobKinds.ingest.silence;
  const jobs = runner('ingest');
  const run = startIngest(jobs);
  const text = Promise.withResolvers<void>();
  const reading = jobs.step(run, 'read', () => text.promise);
  await vi.advanceTimersByTimeAsync(read.limitMs - 1);
  text.resolve();
  await reading;
  const indexing = expect(jobs.step(run, 'index', untilAborted)).rejects.toMatchObject({ code: 'search.unavailable' });
  await vi.advanceTimersByTimeAsync(index.limitMs);
  await indexing;
  const again = expect(jobs.step(run, 'read', untilAborted)).rejects.toMatchObject({ code: 'document.time_limit' });
  await vi.advanceTimersByTimeAsync(read.limitMs);
  await again;
});

it('stores the progress of a download, and keeps that of an ingestion in memory', async () => {
  const downloads = runner('download');
  downloads.report(downloads.startNew(subject), 'download', 0.4);
  expect(job()).toMatchObject({ kind: 'download', progress: 0.4 });
  store.db.exec('DELETE FROM jobs');
  const ingestions = runner('ingest');
  const run = startIngest(ingestions);
  ingestions.report(run, 'chunking', 0.4);
  const stored = jobById(store.db, run.job.id);
  expect(stored).toMatchObject({ stage: 'reading', progress: 0 });
  expect(stored && ingestions.live(stored)).toMatchObject({ stage: 'chunking', progress: 0.4 });
});

it('publishes progress at the pace of the table, and a new stage at once', async () => {
  const jobs = runner('ingest');
  const run = startIngest(jobs);
  jobs.report(run, 'reading', 0.1);
  const before = heard();
  jobs.report(run, 'reading', 0.2);
  expect(heard()).toBe(before);
  jobs.report(run, 'chunking', 0.5);
  expect(heard()).toBe(before + 1);
  await vi.advanceTimersByTimeAsync(jobKinds.ingest.reportEveryMs);
  jobs.report(run, 'chunking', 0.6);
  expect(heard()).toBe(before + 2);
});

it('starts no ingestion whose start cannot be stored, and downloads all the same', async () => {
  store.db.exec("CREATE TRIGGER full BEFORE UPDATE ON jobs BEGIN SELECT RAISE(ABORT, 'no room'); END");
  expect(() => startIngest(runner('ingest'))).toThrow('no room');
  const downloads = runner('download');
  let worked = false;
  await downloads.perform(downloads.startNew(subject), 'work', async () => {
    worked = true;
  });
  expect(worked).toBe(true);
});

it('keeps an end that cannot be stored, and finds the job again as stray', () => {
  const jobs = runner('ingest');
  const run = startIngest(jobs);
  store.db.exec("CREATE TRIGGER full BEFORE UPDATE ON jobs BEGIN SELECT RAISE(ABORT, 'no room'); END");
  expect(jobs.requeueStray()).toEqual([]);
  expect(jobs.fail(run, new EmergenceError('document.unreadable'))).toBe('failed');
  expect(run.unsaved).toBeInstanceOf(Error);
  store.db.exec('DROP TRIGGER full');
  expect(jobs.requeueStray().map(({ id }) => id)).toEqual([run.job.id]);
  expect(job()).toMatchObject({ state: 'queued', stage: 'queued', attempts: 1 });
});

it('queues the stray jobs of its kind, or cancels them where the work resumes by itself', () => {
  for (const kind of ['ingest', 'embed', 'download'] as const) {
    insertJob(store.db, { id: newId(), kind, ...subject, subjectId: kind, stage: 'x' }, 1);
    store.db.exec("UPDATE jobs SET state = 'running'");
    expect(runner(kind).requeueStray()).toHaveLength(kind === 'embed' ? 0 : 1);
    expect(jobOfSubject(store.db, kind)?.state).toBe(kind === 'embed' ? 'cancelled' : 'queued');
  }
});

it('counts no attempt for a stop of the program, and leaves a download for the next start', async () => {
  const ingestions = runner('ingest');
  const run = startIngest(ingestions);
  const reading = ingestions.step(run, 'read', untilAborted).catch((error: unknown) => ingestions.fail(run, error));
  ingestions.stop();
  await reading;
  expect(job()).toMatchObject({ state: 'queued', attempts: 0 });
  const downloads = runner('download');
  const download = downloads.perform(downloads.startNew({ ...subject, subjectId: 'model' }), 'work', untilAborted);
  downloads.stop();
  await download;
  expect(jobOfSubject(store.db, 'model')).toMatchObject({ state: 'running', attempts: 1 });
});

it('cancels queued jobs of its own kind only', async () => {
  const jobs = runner('ingest');
  addJob(store.db, 'ingest', subject, 1);
  const id = job()?.id ?? '';
  expect(await runner('download').cancel(id)).toBe(false);
  expect(job()?.state).toBe('queued');
  expect(await jobs.cancel(id)).toBe(true);
  expect(await jobs.cancel(id)).toBe(false);
  expect(job()?.state).toBe('cancelled');
  addJob(store.db, 'ingest', subject, 2);
  expect(job()).toMatchObject({ id, state: 'queued' });
});
