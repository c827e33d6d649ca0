import { createServer, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readLedger } from '@main/store/metrics';
import { ledgerFigures } from '@main/telemetry/ledgerFigures';
import { timelineOf } from '@main/telemetry/timeline';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { openProviderBench, type ProviderBench } from '../../support/providerBench';

let bench: ProviderBench;
beforeEach(() => {
  bench = openProviderBench({ policies: { testMs: { remote: 3_000, local: 3_000 } } });
});
afterEach(() => bench.close());

const serve = async (listener: RequestListener) => {
  const seen: { line: string; headers: Record<string, unknown>; body: string }[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const part of request) body += part;
    seen.push({ line: `${request.method} ${request.url}`, headers: request.headers, body });
    listener(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen };
};
const json = (response: ServerResponse, value: unknown, status = 200) =>
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
const event = (delta: object, finish: string | null = null) =>
  `data: ${JSON.stringify({ choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`;
const say = (response: ServerResponse) => {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.end(`${event({ content: 'OK' })}${event({}, 'stop')}data: [DONE]\n\n`);
};
const models = { data: [{ id: 'm' }] };

it('lists the models and runs a small chat with the default one', async () => {
  const server = await serve((request, response) => (request.method === 'GET' ? json(response, models) : say(response)));
  const { id } = await bench.add('custom', `${server.url}/v1`);
  expect(await bench.accounts.test(id)).toMatchObject({ ok: true, models: ['m'], error: null });
  const chats = server.seen.filter(({ line }) => line.startsWith('POST'));
  expect(chats).toHaveLength(1);
  expect(chats[0]?.body.length).toBeLessThan(400);
});

describe('a server that lists no model that chats', () => {
  it.each([
    ['only a model of embeddings', 'custom', [{ id: 'nomic-embed-text' }], [{ id: 'nomic-embed-text', kind: 'embedding' }]],
    ['nothing', 'custom', [], []],
    // Its models are known to the catalogue, and this server has none of them.
    ['nothing, where the catalogue names models', 'mistral', [], []],
  ] as const)('%s: the account works, offers no model and answers nothing', async (_name, preset, data, apart) => {
    const server = await serve((request, response) => (request.method === 'GET' ? json(response, { data }) : json(response, {}, 500)));
    const { id } = await bench.add(preset, `${server.url}/v1`);
    expect(await bench.accounts.test(id)).toMatchObject({ ok: true, models: [], error: null });
    expect(bench.accounts.get(id)).toMatchObject({ models: [], apart, defaultModel: null, lastTest: { ok: true }, circuit: 'closed' });
    expect(bench.gateway.candidatesFor({ model: null, agentId: 'neo' })).toEqual([]);
    expect(server.seen.filter(({ line }) => line.startsWith('POST'))).toEqual([]);
  });

  it('answers with a model that the person names', async () => {
    const server = await serve((request, response) => (request.method === 'GET' ? json(response, { data: [] }) : say(response)));
    const { id } = await bench.add('mistral', `${server.url}/v1`);
    await bench.accounts.test(id);
    await bench.accounts.update({ id, defaultModel: 'by-hand' });
    expect(await bench.accounts.test(id)).toMatchObject({ ok: true, error: null });
    expect(bench.accounts.get(id)).toMatchObject({ defaultModel: 'by-hand', models: [{ id: 'by-hand' }] });
  });
});

describe('a default model that the person names and no list has', () => {
  const listing = (list: () => unknown) =>
    serve((request, response) => (request.method === 'GET' ? json(response, { data: list() }) : say(response)));

  it('stays after every list, is tested and answers', async () => {
    const server = await listing(() => [{ id: 'a' }, { id: 'b' }]);
    const { id } = await bench.add('custom', `${server.url}/v1`);
    await bench.accounts.test(id);
    expect(bench.accounts.get(id).defaultModel).toBe('a');
    await bench.accounts.update({ id, defaultModel: 'by-hand' });
    for (let round = 0; round < 2; round += 1) {
      expect(await bench.accounts.test(id)).toMatchObject({ ok: true, models: ['a', 'b'] });
      const { defaultModel, models: kept } = bench.accounts.get(id);
      expect([defaultModel, kept.map((model) => model.id)]).toEqual(['by-hand', ['a', 'b', 'by-hand']]);
    }
    expect(JSON.parse(server.seen.at(-1)?.body ?? '')).toMatchObject({ model: 'by-hand' });
    expect(bench.gateway.candidatesFor({ model: null, agentId: 'neo' })).toMatchObject([{ model: 'by-hand' }]);
  });

  it('takes its figures from a list that has it, and stays when the list drops it', async () => {
    let list: object[] = [{ id: 'a' }];
    const server = await listing(() => list);
    const { id } = await bench.add('custom', `${server.url}/v1`);
    await bench.accounts.update({ id, defaultModel: 'late' });
    list = [{ id: 'a' }, { id: 'late', context_length: 4_096, kind: 'x', type: 'embedding' }];
    await bench.accounts.test(id);
    const late = { id: 'late', contextTokens: 4_096 };
    expect(bench.accounts.get(id)).toMatchObject({ defaultModel: 'late', models: [{ id: 'a' }, late], apart: [] });
    list = [{ id: 'a' }];
    await bench.accounts.test(id);
    expect(bench.accounts.get(id)).toMatchObject({ defaultModel: 'late', models: [{ id: 'a' }, late] });
  });

  it('is replaced once a list that had it drops it, and can be taken out again', async () => {
    let list: object[] = [{ id: 'a' }, { id: 'b' }];
    const server = await listing(() => list);
    const { id } = await bench.add('custom', `${server.url}/v1`);
    await bench.accounts.test(id);
    await bench.accounts.update({ id, defaultModel: 'b' });
    list = [{ id: 'a' }];
    await bench.accounts.test(id);
    expect(bench.accounts.get(id)).toMatchObject({ defaultModel: 'a', models: [{ id: 'a' }] });
    await bench.accounts.update({ id, defaultModel: 'by-hand' });
    const { models: all } = bench.accounts.get(id);
    await bench.accounts.update({ id, models: all.filter((model) => model.id !== 'by-hand') });
    await bench.accounts.test(id);
    expect(bench.accounts.get(id)).toMatchObject({ defaultModel: 'a', models: [{ id: 'a' }] });
  });

  it('is the deployment of an address, also where the service lists others', async () => {
    const server = await listing(() => [{ id: 'gpt-4o' }]);
    const { id } = await bench.add('custom', `${server.url}/openai/deployments/my-gpt`);
    await bench.accounts.test(id);
    expect(bench.accounts.get(id)).toMatchObject({ defaultModel: 'my-gpt', models: [{ id: 'gpt-4o' }] });
  });
});

it('runs no chat where there is a list, and one where there is none', async () => {
  let list: unknown = models;
  const server = await serve((request, response) =>
    request.method === 'GET' ? json(response, list, list === models ? 200 : 404) : say(response),
  );
  const { id } = await bench.add('custom', `${server.url}/v1`);
  const chats = () => server.seen.filter(({ line }) => line.startsWith('POST')).length;
  expect(await bench.accounts.test(id, { chat: false })).toMatchObject({ ok: true, models: ['m'] });
  expect(chats()).toBe(0);
  list = { error: { message: 'not found' } };
  expect(await bench.accounts.test(id, { chat: false })).toMatchObject({ ok: true });
  expect(chats()).toBe(1);
});

it('stores the chat of a test in the ledger as a test with its cost, and counts it', async () => {
  let refuses = false;
  const priced = { data: [{ id: 'm', pricing: { prompt: '0.000001', completion: '0.000002' } }] };
  const server = await serve((request, response) => {
    if (request.method === 'GET') return void json(response, priced);
    if (refuses) return void json(response, { error: { message: 'Insufficient credits' } }, 402);
    say(response);
  });
  const account = await bench.add('custom', `${server.url}/v1`);
  await bench.accounts.test(account.id, { chat: false });
  const calls = () => readLedger(bench.db, { from: 0, to: Date.now() + 1 });
  expect(calls()).toEqual([]);
  await bench.accounts.test(account.id);
  refuses = true;
  await bench.accounts.test(account.id);
  const [done, failed] = calls();
  expect(done).toMatchObject({ purpose: 'test', provider: account.name, model: 'm', outcome: 'done', firstWordMs: expect.any(Number) });
  const { tokensIn, tokensOut } = done ?? { tokensIn: 0, tokensOut: 0 };
  expect(Math.min(tokensIn, tokensOut)).toBeGreaterThan(0);
  expect(done?.costNano).toBe(tokensIn * 1000 + tokensOut * 2000);
  expect(failed).toMatchObject({ purpose: 'test', outcome: 'failed', tokensIn: 0, tokensOut: 0, costNano: 0 });
  expect(await bench.telemetry.metricsText()).toContain(`llm_api_calls_total{provider="${account.name}",model="m"} 2`);
  const figures = ledgerFigures(timelineOf('24h', Date.now()), calls());
  expect(figures.usage).toMatchObject([{ purpose: 'test', calls: 2, failed: 1, inputTokens: tokensIn, outputTokens: tokensOut }]);
  // Its first word is not counted like that of an answer.
  expect(figures.firstWord.count).toBe(0);
});

it('reports an account as broken when the list works and the chat does not, with the reason', async () => {
  const server = await serve((request, response) =>
    request.method === 'GET' ? json(response, models) : json(response, { error: { message: 'Insufficient credits' } }, 402),
  );
  const { id } = await bench.add('custom', `${server.url}/v1`);
  expect(await bench.accounts.test(id)).toMatchObject({
    ok: false,
    models: ['m'],
    error: { code: 'provider.quota', details: { said: 'Insufficient credits' } },
  });
  expect(bench.accounts.get(id).lastTest).toMatchObject({ ok: false, error: { code: 'provider.quota' } });
});

it('works with a service without a list once a model is typed, and asks for one before', async () => {
  const server = await serve((request, response) =>
    request.method === 'GET' ? json(response, { detail: 'Not Found' }, 404) : say(response),
  );
  const { id } = await bench.add('custom', `${server.url}/v1`);
  expect(await bench.accounts.test(id)).toMatchObject({ ok: false, error: { code: 'provider.address', details: { noList: true } } });
  await bench.accounts.update({ id, defaultModel: 'by-hand' });
  expect(await bench.accounts.test(id)).toMatchObject({ ok: true, error: null });
});

it('stops an endless answer at its first word, and a silent one at its limit', async () => {
  let endless = true;
  const server = await serve((request, response) => {
    if (request.method === 'GET') return void json(response, models);
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    if (!endless) return void response.write(': wait\n\n');
    const timer = setInterval(() => response.write(event({ content: 'word ' })), 1);
    response.on('close', () => clearInterval(timer));
  });
  const { id } = await bench.add('custom', `${server.url}/v1`);
  expect(await bench.accounts.test(id)).toMatchObject({ ok: true });
  endless = false;
  expect(await bench.accounts.test(id)).toMatchObject({ ok: false, error: { code: 'provider.timeout' } });
});

it.each([
  ['nothing', {}],
  ['a message without a word', { choices: [{ message: { content: '' }, finish_reason: 'stop' }] }],
  ['a call of a tool', { choices: [{ message: { content: null, tool_calls: [{}] }, finish_reason: 'tool_calls' }] }],
])('reports an account as broken when the chat ends with %s', async (_name, answer) => {
  const server = await serve((request, response) => json(response, request.method === 'GET' ? models : answer));
  const { id } = await bench.add('custom', `${server.url}/v1`);
  expect(await bench.accounts.test(id)).toMatchObject({ ok: false, error: { code: 'provider.no_answer' } });
});

it('accepts a model that thinks in silence until the limit of the test', async () => {
  const silent = { choices: [{ message: { content: '' }, finish_reason: 'length' }] };
  const server = await serve((request, response) => json(response, request.method === 'GET' ? models : silent));
  const { id } = await bench.add('custom', `${server.url}/v1`);
  expect(await bench.accounts.test(id)).toMatchObject({ ok: true, error: null });
});

it('reports the reason of a refusal with status 200 in place of a list', async () => {
  const server = await serve((_request, response) => json(response, { code: 'InvalidApiKey', message: 'Invalid API-key provided.' }));
  const { id } = await bench.add('custom', `${server.url}/v1`);
  expect(await bench.accounts.test(id)).toMatchObject({
    ok: false,
    error: { code: 'provider.auth', details: { said: 'Invalid API-key provided.' } },
  });
});

it('completes an address without its version where the service is below it, with the key', async () => {
  const server = await serve((request, response) => {
    if (request.url === '/v1/models') return void json(response, models);
    if (request.url === '/v1/chat/completions') return void say(response);
    response.writeHead(404).end('404 page not found');
  });
  const { id } = await bench.add('custom', server.url);
  expect(await bench.accounts.test(id)).toMatchObject({ ok: true, models: ['m'] });
  expect(bench.accounts.get(id)).toMatchObject({ baseUrl: `${server.url}/v1`, keyFor: null });
  expect(server.seen.filter(({ line }) => line.startsWith('POST')).at(-1)?.headers.authorization).toBe('Bearer test-key-0123456789');
});

it('Azure: accepts the address pasted from its page, with query, deployment and key header', async () => {
  const server = await serve((request, response) =>
    request.url === '/openai/deployments/my-gpt/chat/completions?api-version=2024-10-21'
      ? say(response)
      : json(response, { error: { code: '404', message: 'Resource not found' } }, 404),
  );
  const { id } = await bench.add('custom', `${server.url}/openai/deployments/my-gpt/chat/completions?api-version=2024-10-21`);
  expect(bench.accounts.get(id).defaultModel).toBe('my-gpt');
  expect(await bench.accounts.test(id)).toMatchObject({ ok: true });
  const [candidate] = bench.gateway.candidatesFor({ model: null, agentId: 'neo' });
  expect((await bench.ask(bench.request(candidate ? [candidate] : []))).text).toBe('OK');
  const last = server.seen.at(-1);
  expect([last?.headers['api-key'], last?.headers.authorization]).toEqual(['test-key-0123456789', undefined]);
});
