import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { newId, type PresetId } from '@shared/model';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { startFaultyProvider } from '../../support/faultyProvider';
import { openProviderBench, type ProviderBench } from '../../support/providerBench';

const serve = async (listener: RequestListener): Promise<string> => {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};
const json = (response: ServerResponse, value: unknown, status = 200): void => {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(value));
};

let bench: ProviderBench;
beforeEach(() => {
  bench = openProviderBench();
});
afterEach(() => bench.close());

const listed = async (preset: PresetId, listener: RequestListener) => {
  const { id } = await bench.add(preset, await serve(listener));
  return { result: await bench.accounts.test(id), account: bench.accounts.get(id) };
};

describe('endless lists', () => {
  it.each([
    ['the same page again', () => ({ data: [{ id: 'm' }], has_more: true, last_id: 'm' }), 2],
    ['a new page for ever', (page: number) => ({ data: [{ id: `m${page}` }], has_more: true, last_id: `m${page}` }), 20],
    ['empty pages', (page: number) => ({ data: [], has_more: true, last_id: `c${page}` }), 1],
    ['cursors in a circle', (page: number) => ({ data: [{ id: `m${page % 2}` }], has_more: true, last_id: `m${page % 2}` }), 3],
    ['more without a cursor', () => ({ data: [{ id: 'm' }], has_more: true }), 1],
  ] as const)('%s: ends after %#, with the models found', async (_, page, most) => {
    let pages = 0;
    const { result } = await listed('anthropic', (request, response) => {
      if (request.method === 'GET') json(response, page(pages++));
      else response.destroy();
    });
    expect(pages).toBe(most);
    expect(result.models.length).toBeLessThanOrEqual(most);
  });

  it("requests Google's next page until nothing new comes", async () => {
    let pages = 0;
    await listed('google', (request, response) => {
      if (request.method !== 'GET') return void response.destroy();
      pages += 1;
      json(response, {
        models: [{ name: 'models/gemini-a', supportedGenerationMethods: ['generateContent'] }],
        nextPageToken: `t${pages}`,
      });
    });
    expect(pages).toBe(2);
  });

  it.each(['plain', 'gzip'] as const)('stops reading an endless body, %s, at its limit', async (coding) => {
    const block = Buffer.from(`{"id":"${'x'.repeat(1_000_000)}"},`);
    const small = gzipSync(block);
    const { result } = await listed('custom', (request: IncomingMessage, response) => {
      if (request.method !== 'GET') return void response.destroy();
      response.writeHead(200, { 'content-type': 'application/json', ...(coding === 'gzip' && { 'content-encoding': 'gzip' }) });
      let sent = 0;
      // Members of gzip may follow each other.
      const write = (): void => {
        while (!response.destroyed && sent < 400_000_000) {
          sent += block.length;
          if (!response.write(coding === 'gzip' ? small : block)) return void response.once('drain', write);
        }
      };
      write();
    });
    expect(result).toMatchObject({ ok: false, error: { code: 'provider.protocol', details: { reason: 'too_large' } } });
  });
});

describe('a list that would exhaust the memory', () => {
  it.each([
    ['millions of entries', `[${'{},'.repeat(2_000_000)}{}]`],
    ['lists in lists', '['.repeat(4_000_000)],
  ])('%s: is reported without being parsed', async (_, body) => {
    const { result } = await listed('custom', (_request, response) => void response.end(body));
    expect(result).toMatchObject({ ok: false, error: { code: 'provider.protocol', details: { reason: 'too_large' } } });
  });
});

describe('answers that are no list', () => {
  it.each([
    ['a page of HTML', 'html', (response: ServerResponse) => response.end('<!doctype html><title>Welcome</title>')],
    ['text', 'no_json', (response: ServerResponse) => response.end('ok')],
    ['an object without a list', 'no_list', (response: ServerResponse) => json(response, { status: 'up' })],
  ])('reports %s as a typed error', async (_, reason, answer) => {
    const { result } = await listed('custom', (_request, response) => void answer(response));
    expect(result).toMatchObject({ ok: false, error: { details: { reason } } });
  });

  it('reads an error inside a 200 as an error', async () => {
    const { result } = await listed('custom', (_request, response) => json(response, { error: { message: 'invalid_api_key' } }));
    expect(result.error?.code).toBe('provider.auth');
  });
});

it('keeps models that do not chat apart and counts unreadable entries; the others work', async () => {
  const { account } = await listed('custom', (request, response) => {
    if (request.method === 'GET')
      json(response, { data: [{ id: 'bge-m3' }, { id: null }, 'llama-3', { id: 'whisper-1' }, 5.5, { id: 'm', context_length: 4096.5 }] });
    else response.destroy();
  });
  expect(account).toMatchObject({
    defaultModel: 'llama-3',
    models: [{ id: 'llama-3' }, { id: '5.5' }, { id: 'm', contextTokens: 4096 }],
    apart: [
      { id: 'bge-m3', kind: 'embedding' },
      { id: 'whisper-1', kind: 'other' },
    ],
    unread: 1,
  });
});

it('chats with a model that was kept apart once the person adds it by hand', async () => {
  const { account } = await listed('custom', (request, response) => {
    if (request.method === 'GET') json(response, ['bge-chat', 'llama-3']);
    else response.destroy();
  });
  const own = {
    id: 'bge-chat',
    name: 'bge-chat',
    contextTokens: null,
    priceInput: null,
    priceOutput: null,
    priceCached: null,
    pricedAt: null,
  };
  const updated = await bench.accounts.update({ id: account.id, models: [...account.models, own] });
  expect([updated.models.map(({ id }) => id), updated.apart]).toEqual([['llama-3', 'bge-chat'], []]);
  await bench.accounts.test(account.id);
  expect(
    bench.accounts
      .get(account.id)
      .models.map(({ id }) => id)
      .sort(),
  ).toEqual(['bge-chat', 'llama-3']);
});

it('Ollama: marks a model that its server runs elsewhere, puts it last, and prices it', async () => {
  const { account } = await listed('ollama', (request, response) => {
    if (request.url === '/api/tags')
      json(response, { models: [{ name: 'big:cloud' }, { name: 'alias', remote_host: 'https://ollama.com' }, { name: 'small' }] });
    else if (request.url === '/api/show') json(response, { capabilities: ['completion'] });
    else response.destroy();
  });
  expect(account.models.map(({ id, remote, priceInput }) => [id, remote ?? false, priceInput])).toEqual([
    ['small', false, 0],
    ['big:cloud', true, null],
    ['alias', true, null],
  ]);
  expect(account.defaultModel).toBe('small');
});

describe('stored accounts with a list that cannot be read', () => {
  const harm = (id: string, column: string, value: unknown): void => {
    bench.db
      .prepare(`UPDATE provider_accounts SET ${column} = ? WHERE id = ?`)
      .run(typeof value === 'string' ? value : JSON.stringify(value), id);
  };
  const model = { name: 'm', contextTokens: null, priceInput: null, priceOutput: null, priceCached: null, pricedAt: null, edited: false };

  it.each([
    ['models', [{ ...model }]],
    ['models', [{ ...model, id: null, name: null }]],
    ['models', [{ ...model, id: 7 }]],
    ['models', [{ ...model, id: 'm', contextTokens: 4096.5 }]],
    ['models', [{ ...model, id: 'm', priceInput: -1e30 }]],
    ['models', [{ ...model, id: 'm', contextTokens: 'large' }]],
    ['models', 'no json'],
    ['models', {}],
    ['models', [[], null, 1]],
    ['last_test', 'no json'],
    ['last_test', { at: 1.5, ok: 'yes' }],
    ['last_test', { at: 1, ok: false, ms: 1, error: { code: 'from.the.future', message: '', action: 'none', details: {} } }],
    ['preset', 'from-the-future'],
  ])('%s = %j: the other models are listed, answer and are removed', async (column, value) => {
    const server = await startFaultyProvider('openai');
    onTestFinished(server.close);
    const good = await bench.add('custom', server.baseUrl);
    const { id } = await bench.accounts.add({ id: newId(), preset: 'openai', key: 'k'.repeat(20) });
    harm(id, column, value);
    expect(bench.accounts.list().map((account) => account.id)).toContain(good.id);
    const candidates = bench.gateway.candidatesFor({ model: { accountId: good.id, model: 'model-a' }, agentId: 'neo' });
    expect((await bench.ask(bench.request(candidates))).text).toBe('Hello there');
    if (column === 'preset') {
      expect(bench.accounts.unreadable()).toHaveLength(1);
      return;
    }
    for (const one of bench.accounts.list()[1]?.models ?? [])
      expect(one).toMatchObject({ id: expect.any(String), name: expect.any(String) });
    await bench.accounts.remove(id);
    expect(bench.accounts.list().map((account) => account.id)).toEqual([good.id]);
  });

  it('reads a window of 4096.5 as 4096, and counts an entry without a name', async () => {
    const { id } = await bench.accounts.add({ id: newId(), preset: 'openai', key: 'k'.repeat(20) });
    harm(id, 'models', [{ ...model, id: 'm', contextTokens: 4096.5 }, { ...model }]);
    expect(bench.accounts.get(id)).toMatchObject({ models: [{ id: 'm', contextTokens: 4096 }], unread: 1 });
  });

  it('names an unreadable account and removes it with its key, but refuses a readable one', async () => {
    const kept = await bench.accounts.add({ id: newId(), preset: 'mistral', key: 'm'.repeat(20) });
    const [nameless, shared] = [newId(), newId()];
    for (const id of [nameless, shared]) await bench.accounts.add({ id, preset: 'openai', key: 'k'.repeat(20) });
    for (const id of [nameless, shared]) harm(id, 'preset', 'from-the-future');
    harm(nameless, 'secret_ref', 'lost');
    harm(shared, 'secret_ref', `provider:${kept.id}`);
    expect(bench.accounts.unreadable().map(({ id, name, baseUrl }) => [id, name, baseUrl])).toEqual([
      [nameless, 'OpenAI', 'https://api.openai.com/v1'],
      [shared, 'OpenAI 2', 'https://api.openai.com/v1'],
    ]);
    await expect(bench.accounts.removeUnreadable(kept.id)).rejects.toMatchObject({ code: 'not_found' });
    await bench.accounts.removeUnreadable(nameless);
    await bench.accounts.removeUnreadable(shared);
    expect(bench.accounts.unreadable()).toEqual([]);
    await expect(bench.accounts.removeUnreadable(shared)).rejects.toMatchObject({ code: 'not_found' });
    expect(bench.accounts.list().map(({ id, keyMask }) => [id, keyMask])).toEqual([[kept.id, '••••mmmm']]);
    expect(await bench.secrets.get(`provider:${kept.id}`)).toBe('m'.repeat(20));
    expect(await bench.secrets.get(`provider:${nameless}`)).toBeNull();
    expect(await bench.secrets.get(`provider:${shared}`)).toBeNull();
  });
});
