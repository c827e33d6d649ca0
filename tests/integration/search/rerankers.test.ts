import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { createModelDownloads } from '@main/knowledge/modelDownloads';
import { downloadableRerankers } from '@main/knowledge/reranking/localReranker';
import { createRerankers } from '@main/knowledge/reranking/rerankers';
import { createFetch } from '@main/network/fetch';
import { createHelper } from '@main/processes/caller';
import { forkLauncher } from '@main/processes/forkLauncher';
import type { RerankApi } from '@main/processes/rerank/api';
import { createSettings } from '@main/settings/settings';
import { createChangeBus } from '@main/store/changes';
import { openStore } from '@main/store/open';
import { newId } from '@shared/model';
import { beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { buildHelper } from '../../support/buildHelper';
import { startModelHub } from '../../support/modelHub';
import { temporaryFolder } from '../../support/temporaryFolder';
import { countingTelemetry } from '../ingest/libraryFixture';

const [{ id }] = downloadableRerankers;
let entry: string;
beforeAll(async () => {
  entry = await buildHelper('src/main/processes/rerank/rerankProcess.ts', 'rerank-rerankers');
});

const patience = (): AbortSignal => AbortSignal.timeout(60_000);

const start = async () => {
  const dataFolder = temporaryFolder();
  const hub = await startModelHub(resolve('tests/support/tiny-reranker'));
  const store = openStore({ dataFolder, now: Date.now });
  const changes = createChangeBus();
  const telemetry = countingTelemetry();
  const settings = createSettings({ db: store.db, changes, log: telemetry.log });
  settings.update({ search: { hub: hub.url } });
  const fetch = createFetch();
  const shared = { db: store.db, changes, settings, telemetry, dataFolder, now: Date.now, fetch };
  const downloads = createModelDownloads({ ...shared, models: downloadableRerankers });
  const helper = createHelper<RerankApi>({
    name: 'reranker',
    log: telemetry.log,
    launch: () => forkLauncher(entry, { name: 'reranker' }),
    init: () => null,
    onDemand: true,
  });
  onTestFinished(async () => {
    helper.stop();
    await downloads.stop();
    store.close();
    await hub.close();
  });
  const accounts = new Map<string, { baseUrl: string; key: string | null }>();
  const rerankers = createRerankers({ ...shared, reranker: helper, downloads, account: async (one) => accounts.get(one) ?? null });
  const states = async () => (await rerankers.list()).map((model) => [model.id, model.state, model.selected]);
  return { settings, downloads, helper, accounts, rerankers, states };
};

test('takes part once the chosen model is downloaded, and runs it in a process of its own', async () => {
  const { settings, downloads, helper, rerankers, states } = await start();
  expect([rerankers.chosen(), await states()]).toEqual([
    null,
    [
      ['none', 'ready', true],
      [id, 'available', false],
    ],
  ]);
  settings.update({ search: { reranker: id } });
  expect(rerankers.chosen()).toBeNull();
  downloads.download(id);
  await vi.waitFor(async () => expect((await states())[1]).toEqual([id, 'ready', true]), { timeout: 30_000, interval: 20 });
  const chosen = rerankers.chosen();
  const scores = await chosen?.score('red cat', ['the dog runs', 'le chat rouge dort'], patience());
  expect(scores?.map((score) => Number(score.toFixed(3)))).toEqual([0.047, 0.731]);
  expect(helper.pid).not.toBe(process.pid);
  settings.update({ search: { reranker: 'none' } });
  expect(rerankers.chosen()).toBeNull();
});

test('gives up a question that is aborted, and answers the next one', async () => {
  const { settings, downloads, rerankers, states } = await start();
  settings.update({ search: { reranker: id } });
  downloads.download(id);
  await vi.waitFor(async () => expect((await states())[1]?.[1]).toBe('ready'), { timeout: 30_000, interval: 20 });
  const chosen = rerankers.chosen();
  const controller = new AbortController();
  const asked = chosen?.score('cat', new Array(30).fill('dog '.repeat(400)), controller.signal);
  controller.abort();
  await expect(asked).rejects.toMatchObject({ code: 'cancelled' });
  expect(await chosen?.score('cat', ['dog'], patience())).toHaveLength(1);
});

test('asks the service below the address of its account, with its key, and nobody without one', async () => {
  const { settings, accounts, rerankers, states } = await start();
  const seen: unknown[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const part of request) body += part;
    seen.push([request.url, request.headers.authorization, JSON.parse(body)]);
    response.end(JSON.stringify({ results: [{ index: 0, relevance_score: 0.25 }] }));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  onTestFinished(() => void server.close());
  onTestFinished(() => void server.closeAllConnections());
  const accountId = newId();
  accounts.set(accountId, { baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`, key: 'secret' });
  settings.update({ search: { rerankEndpoint: { accountId, model: 'm' } } });
  expect(rerankers.chosen()).toBeNull();
  settings.update({ search: { reranker: 'endpoint:m' } });
  expect((await states())[2]).toEqual(['endpoint:m', 'ready', true]);
  expect(await rerankers.chosen()?.score('q', ['a'], patience())).toEqual([0.25]);
  expect(seen).toEqual([['/v1/rerank', 'Bearer secret', { model: 'm', query: 'q', documents: ['a'] }]]);
  accounts.clear();
  expect((await states())[2]).toEqual(['endpoint:m', 'failed', true]);
  await expect(rerankers.chosen()?.score('q', ['a'], patience())).rejects.toMatchObject({ code: 'not_found' });
  expect(seen).toHaveLength(1);
});
