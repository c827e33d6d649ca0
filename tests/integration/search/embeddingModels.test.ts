import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createEmbeddingModels, downloadableEmbedders, type EmbeddingModels, embedderAtStart } from '@main/knowledge/embeddingModels';
import { createModelDownloads, type ModelDownloads } from '@main/knowledge/modelDownloads';
import { createFetch } from '@main/network/fetch';
import { createSearchEngine, type SearchEngine } from '@main/processes/search/searchEngine';
import { createSettings, type SettingsService } from '@main/settings/settings';
import { createChangeBus } from '@main/store/changes';
import { jobOfSubject } from '@main/store/jobs';
import { openStore } from '@main/store/open';
import { EmergenceError, newId } from '@shared/model';
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { startModelHub } from '../../support/modelHub';
import { countingTelemetry } from '../ingest/libraryFixture';

/** Waits as long as a busy machine may need. */
const eventually = (check: () => void | Promise<void>): Promise<void> => vi.waitFor(check, { timeout: 15_000, interval: 20 });

const id = 'Xenova/multilingual-e5-small';
let dataFolder: string;
/** True while the search process is restarting. */
let searchAway = false;
let hub: Awaited<ReturnType<typeof startModelHub>>;
let store: ReturnType<typeof openStore>;
let settings: SettingsService;
let engine: SearchEngine;
let downloads: ModelDownloads;
let models: EmbeddingModels;

let proxy: string | null = null;
let account: { baseUrl: string; key: string | null } | null = null;

beforeEach(async () => {
  dataFolder = mkdtempSync(join(tmpdir(), 'emergence-models-'));
  hub = await startModelHub(resolve('tests/support/tiny-embedder'));
  store = openStore({ dataFolder, now: Date.now });
  const changes = createChangeBus();
  const telemetry = countingTelemetry();
  settings = createSettings({ db: store.db, changes, log: telemetry.log });
  settings.update({ search: { hub: hub.url } });
  engine = await createSearchEngine({
    dataFolder,
    resourcesFolder: resolve('resources'),
    embedder: embedderAtStart(settings.get(), dataFolder),
  });
  proxy = null;
  account = null;
  // The engine runs in the same process; the port in between has its own tests.
  searchAway = false;
  const call = async (
    method: keyof SearchEngine,
    input: never,
    options?: { onProgress?: never; signal?: AbortSignal },
  ): Promise<unknown> => {
    if (searchAway) throw new EmergenceError('search.unavailable');
    return (engine[method] as (...args: unknown[]) => Promise<unknown>)(input, options?.onProgress, options?.signal);
  };
  const shared = { db: store.db, changes, settings, telemetry, dataFolder, now: Date.now };
  downloads = createModelDownloads({ ...shared, fetch: createFetch(), models: downloadableEmbedders });
  models = createEmbeddingModels({
    ...shared,
    search: { call: call as never },
    downloads,
    proxyFor: () => proxy,
    account: async () => account,
  });
  models.start();
});
afterEach(async () => {
  await models.stop();
  await downloads.stop();
  await engine.close();
  store.close();
  await hub.close();
  rmSync(dataFolder, { recursive: true, force: true });
});
const stateOf = async (): Promise<string | undefined> => (await models.list()).find((model) => model.id === id)?.state;

test('lists models, downloads one, and switches search to it when it is chosen', async () => {
  expect((await models.list()).map(({ id: model, kind, selected }) => [model, kind, selected])).toEqual([
    ['bundled', 'bundled', true],
    [id, 'transformers', false],
    ['none', 'none', false],
  ]);
  downloads.download(id);
  expect(await stateOf()).toBe('downloading');
  await eventually(async () => expect(await stateOf()).toBe('ready'));
  expect(jobOfSubject(store.db, id)).toMatchObject({ kind: 'download', state: 'done', progress: 1 });
  settings.update({ search: { embeddingModel: id } });
  await eventually(async () => expect((await engine.status()).embedder).toMatchObject({ id, state: 'ready', dimensions: 16 }));
  expect(embedderAtStart(settings.get(), dataFolder)).toMatchObject({ id, kind: 'transformers' });
});

test('reports why a download failed and resumes it; cancel deletes the downloaded part', async () => {
  hub.faults.cutAfter = 700;
  downloads.download(id);
  await eventually(async () => expect(await stateOf()).toBe('failed'));
  expect(jobOfSubject(store.db, id)?.error).toMatchObject({ code: 'model.download', action: 'retry' });
  hub.faults.slowMs = 100;
  downloads.download(id);
  await eventually(() => expect(hub.requests.some(({ range }) => range === 'bytes=700-')).toBe(true));
  await downloads.cancel(id);
  expect(jobOfSubject(store.db, id)?.state).toBe('cancelled');
  expect([await stateOf(), existsSync(join(dataFolder, 'models', 'Xenova--multilingual-e5-small.part'))]).toEqual(['available', false]);
  expect(() => downloads.download('somebody/else')).toThrow(expect.objectContaining({ code: 'model.missing' }));
});

test('continues a download whose job cannot be stored', async () => {
  // As on a full disk. An error here has no handler and would end the program.
  store.db.exec("CREATE TRIGGER full_insert BEFORE INSERT ON jobs BEGIN SELECT RAISE(ABORT, 'no room'); END");
  downloads.download(id);
  await eventually(async () => expect(await stateOf()).toBe('ready'));
});

test('lists models while search is not available', async () => {
  searchAway = true;
  settings.update({ search: { endpoint: { accountId: newId(), model: 'own' } } });
  expect((await models.list()).map(({ id: model, state, embedded, total }) => [model, state, embedded, total])).toEqual([
    ['bundled', 'ready', 0, 0],
    [id, 'available', 0, 0],
    ['endpoint:own', 'ready', 0, 0],
    ['none', 'ready', 0, 0],
  ]);
});

test('resumes a download at the next start that a stop interrupted', async () => {
  hub.faults.slowMs = 100;
  downloads.download(id);
  await eventually(() => expect(hub.requests.some(({ url }) => url.startsWith('/storage/'))).toBe(true));
  await models.stop();
  await downloads.stop();
  expect(jobOfSubject(store.db, id)?.state).toBe('running');
  hub.faults.slowMs = 0;
  downloads.resume();
  await eventually(async () => expect(await stateOf()).toBe('ready'));
});

test("sends the texts for an endpoint through the host's proxy, and to nobody else", async () => {
  const seen: string[] = [];
  // It answers itself, as the endpoint behind it would.
  const server = createServer((request, response) => {
    seen.push(`${request.method} ${request.url}`);
    let body = '';
    request.on('data', (part: Buffer) => {
      body += String(part);
    });
    request.on('end', () => {
      const { input } = JSON.parse(body) as { input: string[] };
      response
        .setHeader('content-type', 'application/json')
        .end(JSON.stringify({ data: input.map((_, index) => ({ index, embedding: [1, 0, 0] })) }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  proxy = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  account = { baseUrl: 'http://vectors.invalid/v1', key: 'secret' };
  settings.update({ search: { endpoint: { accountId: newId(), model: 'own' }, embeddingModel: 'endpoint:own' } });
  await expect
    .poll(async () => (await engine.status()).embedder, { timeout: 15_000 })
    .toMatchObject({ id: 'endpoint:own', state: 'ready', dimensions: 3 });
  expect(new Set(seen)).toEqual(new Set(['POST http://vectors.invalid/v1/embeddings']));
});
