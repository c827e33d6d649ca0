import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createBin } from '@main/knowledge/bin';
import { createBlobs } from '@main/knowledge/blobs';
import { createIngestQueue, type IngestQueue, type IngestQueueDeps } from '@main/knowledge/ingestQueue';
import { createLibraryContext } from '@main/knowledge/libraryContext';
import { createOriginals } from '@main/knowledge/originals';
import type { ParsedDocument } from '@main/processes/ingest/api';
import { createChangeBus } from '@main/store/changes';
import { insertDocument, setForgetting } from '@main/store/documents';
import { insertVersion, versionById } from '@main/store/documentVersions';
import { jobOfSubject } from '@main/store/jobs';
import { openStore, type Store } from '@main/store/open';
import { EmergenceError, jobKinds, newId } from '@shared/model';
import { afterEach, beforeEach, expect, it, onTestFinished, vi } from 'vitest';
import { countingTelemetry } from '../../integration/ingest/libraryFixture';
import { plainDiskRoom } from '../../support/diskRoom';
import { temporaryFolder } from '../../support/temporaryFolder';

let store: Store;
let versionId: string;
beforeEach(() => {
  store = openStore({ dataFolder: temporaryFolder() });
  versionId = newId();
  const documentId = newId();
  insertDocument(store.db, { id: documentId, title: 'report', source: 'report.md' }, 1);
  insertVersion(store.db, { id: versionId, documentId, blobHash: 'hash', size: 1, mime: 'text/markdown' }, 1);
});
afterEach(() => store.close());

const parsed: ParsedDocument = {
  format: 'markdown',
  parser: 'markdown',
  parserVersion: '1',
  author: null,
  dated: null,
  title: null,
  language: 'en',
  pages: null,
  text: 'Words.',
  spans: [],
  chunks: [],
  references: [],
  timings: { readMs: 1, chunkMs: 1 },
};
const indexed = { chunks: 0, embedded: 0, cached: 0, embedMs: 1, indexMs: 1 };

type Report = (part: { stage: string; progress: number }) => void;
type Call = (method: string, input: unknown, options?: { signal?: AbortSignal; onProgress?: Report }) => Promise<unknown>;
const reads: Call = async () => parsed;
const indexes: Call = async (method) => (method === 'reconcile' ? { missing: [] } : indexed);
/** Works until it is aborted. */
const hangs: Call = (_method, _input, options) =>
  new Promise((_resolve, reject) => {
    options?.signal?.addEventListener('abort', () => reject(new EmergenceError('cancelled')));
  });

const originals = () =>
  createOriginals({
    db: store.db,
    dataFolder: join(store.db.name, '..'),
    blobs: createBlobs({ folder: join(store.db.name, '..', 'blobs') }),
    changes: createChangeBus(),
    log: countingTelemetry().log,
  });

/** A queue over a real database, with the two processes as their callers see them. */
const queueWith = ({ parse = reads, search = indexes }: { parse?: Call; search?: Call } = {}): IngestQueue => {
  // The bytes do not matter here: they always exist.
  const blobs = { ...createBlobs({ folder: join(store.db.name, '..', 'blobs') }), has: () => true };
  const queue = createIngestQueue({
    db: store.db,
    blobs,
    originals: originals(),
    diskRoom: plainDiskRoom(),
    ingest: { call: parse } as IngestQueueDeps['ingest'],
    search: { call: search } as IngestQueueDeps['search'],
    changes: createChangeBus(),
    telemetry: countingTelemetry(),
    now: Date.now,
    embeddingModel: () => 'bundled',
    membersFolder: join(store.db.name, '..', 'members'),
  });
  onTestFinished(() => queue.stop());
  return queue;
};
const addJob = (queue: IngestQueue): void => {
  queue.add(versionId, store.db.prepare<[], string>('SELECT id FROM documents').pluck().get() ?? '', 'report');
  queue.wake();
};
const job = () => jobOfSubject(store.db, versionId);
/** Refuses one kind of write, like a full disk. */
const refuse = (state: string): void => {
  store.db.exec(`CREATE TRIGGER refuse BEFORE UPDATE ON jobs WHEN new.state = '${state}' BEGIN SELECT RAISE(ABORT, 'no room'); END`);
};

it('counts no attempt for a stop of the program', async () => {
  const queue = queueWith({ parse: hangs });
  addJob(queue);
  expect(job()).toMatchObject({ state: 'running', attempts: 1 });
  await queue.stop();
  expect(job()).toMatchObject({ state: 'queued', attempts: 0 });
  const next = queueWith();
  next.start();
  await next.idle();
  expect([job()?.state, versionById(store.db, versionId)?.state]).toEqual(['done', 'ready']);
});

it('reads a long document that goes on reporting, and fails one that falls silent', async () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const { limitMs } = jobKinds.ingest.silence.read;
  let report: Report = () => {};
  let text = Promise.withResolvers<unknown>();
  const queue = queueWith({
    parse: (method, input, options) => {
      report = options?.onProgress ?? report;
      text = Promise.withResolvers();
      return Promise.race([text.promise, hangs(method, input, options)]);
    },
  });
  addJob(queue);
  for (let page = 1; page <= 10; page += 1) {
    await vi.advanceTimersByTimeAsync(limitMs - 1);
    report({ stage: 'reading', progress: page / 10 });
  }
  text.resolve(parsed);
  vi.useRealTimers();
  await queue.idle();
  expect(job()?.state).toBe('done');
  vi.useFakeTimers();
  addJob(queue);
  await vi.advanceTimersByTimeAsync(limitMs - 1);
  report({ stage: 'reading', progress: 0.5 });
  await vi.advanceTimersByTimeAsync(limitMs - 1);
  expect(job()?.state).toBe('running');
  await vi.advanceTimersByTimeAsync(1);
  vi.useRealTimers();
  await queue.idle();
  expect(job()).toMatchObject({ state: 'failed', error: { code: 'document.time_limit' } });
});

it('continues past a job that cannot be read', async () => {
  const { db } = store;
  const queue = queueWith();
  queue.add('of-no-version', newId(), 'odd');
  db.exec("UPDATE jobs SET id = 'damaged', created_at = 0");
  addJob(queue);
  await queue.idle();
  expect(job()?.state).toBe('done');
});

it('runs a job again whose end could not be stored', async () => {
  let fails = true;
  const queue = queueWith({
    parse: async () => {
      if (fails) throw new EmergenceError('document.unreadable');
      return parsed;
    },
  });
  refuse('failed');
  addJob(queue);
  await queue.idle();
  expect(job()?.state).toBe('running');
  store.db.exec('DROP TRIGGER refuse');
  fails = false;
  queue.wake();
  await queue.idle();
  expect(job()).toMatchObject({ state: 'done', attempts: 2 });
});

it('retries a job that could not start by itself', async () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const queue = queueWith();
  refuse('running');
  addJob(queue);
  await queue.idle();
  expect(job()?.state).toBe('queued');
  store.db.exec('DROP TRIGGER refuse');
  await vi.advanceTimersToNextTimerAsync();
  vi.useRealTimers();
  await queue.idle();
  expect(job()?.state).toBe('done');
});

it('reports a cancel that cannot be stored', async () => {
  const queue = queueWith({ parse: hangs });
  addJob(queue);
  refuse('cancelled');
  await expect(queue.cancel([job()?.id ?? ''])).rejects.toThrow('no room');
});

it('cancels all jobs of a document, also of older versions, before deleting anything', async () => {
  const documentId = store.db.prepare<[], string>('SELECT id FROM documents').pluck().get() ?? '';
  const openAtRemoval: number[] = [];
  let queue: IngestQueue;
  const search: Call = async (method) => {
    if (method === 'removeVersions') openAtRemoval.push(queue.jobs().length);
    return indexed;
  };
  queue = queueWith({ parse: hangs, search });
  addJob(queue);
  const newer = newId();
  insertVersion(store.db, { id: newer, documentId, blobHash: 'newer', size: 1, mime: 'text/markdown' }, 2);
  queue.add(newer, documentId, 'report');
  const deps = {
    db: store.db,
    changes: createChangeBus(),
    queue,
    recognition,
    originals: originals(),
    now: Date.now,
    dataFolder: join(store.db.name, '..'),
  };
  const bin = createBin({ ...deps, search: { call: search } as IngestQueueDeps['search'], context: createLibraryContext(deps) });
  await bin.forget(documentId);
  expect([openAtRemoval, queue.jobs(), versionById(store.db, newer)]).toEqual([[0], [], null]);
});

/** No text is being recognised. */
const recognition = { live: <T>(job: T): T => job, cancel: () => Promise.resolve() };

it('notes a deletion cut by a crash for the backups when the next start ends it', async () => {
  const { db } = store;
  const dataFolder = join(db.name, '..');
  const documentId = db.prepare<[], string>('SELECT id FROM documents').pluck().get() ?? '';
  await store.backup('manual');
  setForgetting(db, documentId, 1);
  const queue = queueWith();
  const deps = { db, queue, recognition, changes: createChangeBus(), originals: originals(), now: Date.now, dataFolder };
  const bin = createBin({ ...deps, search: { call: indexes } as IngestQueueDeps['search'], context: createLibraryContext(deps) });
  await bin.finishForgetting();
  expect(versionById(db, versionId)).toBeNull();
  expect(readFileSync(join(dataFolder, 'backups', 'forgotten'), 'utf8')).toBe('1');
});

it('indexes the others past a version that fails, which is tried again later', async () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const seen: string[] = [];
  let broken = 'first';
  const queue = queueWith({
    search: async (method, input) => {
      if (method === 'reconcile') return { missing: ['first', 'second', 'third'].filter((id) => !seen.includes(id)) };
      const id = (input as { versionId: string }).versionId;
      if (id === broken) throw new EmergenceError('storage.full');
      seen.push(id);
      return indexed;
    },
  });
  queue.reconcile();
  await vi.waitFor(() => expect(seen).toEqual(['second', 'third']));
  broken = '';
  await vi.advanceTimersToNextTimerAsync();
  await vi.waitFor(() => expect(seen).toEqual(['second', 'third', 'first']));
  expect(vi.getTimerCount()).toBe(0);
});

it('skips a version that kills the search process each time, and indexes the others', async () => {
  const asked: string[] = [];
  const queue = queueWith({
    search: async (method, input) => {
      if (method === 'reconcile') return { missing: ['poison', 'sound'] };
      const id = (input as { versionId: string }).versionId;
      asked.push(id);
      // The caller restarts the process, and then has the index compared again.
      if (id === 'poison') {
        setTimeout(queue.reconcile);
        throw new EmergenceError('process.died');
      }
      return indexed;
    },
  });
  queue.reconcile();
  await vi.waitFor(() => expect(asked.filter((id) => id === 'sound').length).toBeGreaterThan(3));
  expect(asked.filter((id) => id === 'poison')).toHaveLength(3);
});
