import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { newId, type PresetId } from '@shared/model';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openProviderBench, type ProviderBench } from '../../support/providerBench';

interface Server {
  root: string;
  asked: string[];
  /** The bodies of the probes that had one. */
  bodies: string[];
  become(listener: RequestListener): void;
  close(): Promise<void>;
}

const open = async (): Promise<Server> => {
  const asked: string[] = [];
  const bodies: string[] = [];
  let answer: RequestListener = (_, response) => response.writeHead(404).end();
  const server = createServer(async (request, response) => {
    asked.push(`${request.method} ${request.url}`);
    let body = '';
    for await (const part of request) body += part;
    if (body) bodies.push(body);
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    root: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    bodies,
    become: (listener) => {
      answer = listener;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
};

const speaks =
  (paths: Record<string, unknown>, chat = ''): RequestListener =>
  (request, response) => {
    const found = paths[request.url ?? ''];
    if (request.method === 'POST' && /chat/.test(request.url ?? '')) return void response.end(chat);
    response.writeHead(found === undefined ? 404 : 200, { 'content-type': 'application/json' });
    response.end(typeof found === 'string' ? found : JSON.stringify(found ?? {}));
  };
const tag = (name: string) => ({ name, model: name, digest: 'd', size: 1, modified_at: '', details: {} });
const ollama = speaks(
  {
    '/api/version': { version: '0.9.1' },
    '/api/tags': { models: [tag('llama3.2')] },
    '/api/show': { model_info: { 'llama.context_length': 8192 } },
  },
  `${JSON.stringify({ message: { role: 'assistant', content: 'Hello there' }, done: false })}\n${JSON.stringify({ message: { content: '' }, done: true })}\n`,
);
const lmStudio = speaks({
  '/api/v0/models': { object: 'list', data: [{ id: 'qwen', object: 'model', type: 'llm', state: 'loaded', max_context_length: 4096 }] },
  '/v1/models': { object: 'list', data: [{ id: 'qwen', object: 'model', owned_by: 'organization_owner' }] },
});

let one: Server;
let two: Server;
let bench: ProviderBench;
const addresses = (): { preset: PresetId; baseUrl: string }[] => [
  { preset: 'ollama', baseUrl: one.root },
  { preset: 'lmstudio', baseUrl: `${two.root}/v1` },
];
beforeEach(async () => {
  [one, two] = [await open(), await open()];
  bench = openProviderBench({ localAddresses: addresses() });
});
afterEach(async () => {
  bench.localServers.stop();
  await bench.close();
  await Promise.all([one.close(), two.close()]);
});
const start = async () => {
  bench.localServers.start();
  await bench.localServers.settled;
  return bench.localServers.offers();
};
const candidates = () => bench.gateway.candidatesFor({ model: null, agentId: 'neo' });

describe('a server found on this machine', () => {
  it('is offered; nothing but the probe is sent to it before the person accepts', async () => {
    one.become(ollama);
    two.become(lmStudio);
    expect(await start()).toMatchObject([
      { preset: 'ollama', name: 'Ollama', models: ['llama3.2'], proven: true },
      { preset: 'lmstudio', name: 'LM Studio', models: ['qwen'], proven: true },
    ]);
    expect([bench.accounts.list(), candidates()]).toEqual([[], []]);
    expect([...one.asked, ...two.asked].filter((line) => !line.startsWith('GET '))).toEqual([]);
    expect([...one.bodies, ...two.bodies]).toEqual([]);
    expect(await bench.localServers.detect()).toEqual([]);
    expect(bench.accounts.list()).toEqual([]);
  });

  it('answers once it is accepted, and keeps its account', async () => {
    one.become(ollama);
    await start();
    const account = await bench.localServers.accept(one.root);
    expect(account).toMatchObject({
      preset: 'ollama',
      detected: true,
      local: true,
      defaultModel: 'llama3.2',
      models: [{ contextTokens: 8192 }],
    });
    expect(bench.localServers.offers()).toEqual([]);
    expect((await bench.ask(bench.request(candidates()))).text).toBe('Hello there');
    expect(await start()).toEqual([]);
    expect(await bench.localServers.detect()).toEqual([account]);
    await expect(bench.localServers.accept(one.root)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('is not offered again by itself after it was declined or its account removed', async () => {
    one.become(ollama);
    await start();
    bench.localServers.decline(one.root);
    expect(await start()).toEqual([]);
    await bench.localServers.detect();
    expect(bench.localServers.offers()).toHaveLength(1);
    const account = await bench.localServers.accept(one.root);
    bench.localServers.dismiss(account);
    await bench.accounts.remove(account.id);
    expect(await start()).toEqual([]);
  });

  it.each<[string, Record<string, unknown>]>([
    ['a development server that answers everything', { '/api/version': { version: '1.0.0' }, '/api/tags': { models: [{ name: 'x' }] } }],
    ['pages of HTML', { '/api/version': '<!doctype html>', '/api/tags': '<!doctype html>', '/v1/models': '<html>' }],
    ['a version without a list', { '/api/version': { version: '0.9.1' } }],
    ['a list without a version', { '/api/tags': { models: [tag('x')] } }],
    ['another version', { '/api/version': { version: 7 }, '/api/tags': { models: [tag('x')] } }],
    ['a bare array', { '/api/version': [], '/api/tags': [] }],
  ])('is not taken for Ollama when it is %s', async (_, paths) => {
    one.become(speaks(paths));
    expect(await start()).toEqual([]);
    expect(bench.accounts.list()).toEqual([]);
  });

  it('is offered as an unknown one when it lists models the OpenAI way', async () => {
    two.become(speaks({ '/v1/models': { data: [{ id: 'm' }] } }));
    expect(await start()).toMatchObject([{ preset: 'custom', baseUrl: `${two.root}/v1`, proven: false, models: ['m'] }]);
    expect(await bench.localServers.accept(`${two.root}/v1`)).toMatchObject({
      preset: 'custom',
      detected: true,
      name: new URL(two.root).host,
    });
  });

  it('gets nothing when it runs in the place of an accepted one', async () => {
    one.become(ollama);
    await start();
    const { id } = await bench.localServers.accept(one.root);
    one.become(speaks({ '/v1/models': { data: [{ id: 'm' }] } }, 'words'));
    await start();
    expect(bench.localServers.isAbsent(id)).toBe(true);
    expect([bench.localServers.offers(), candidates()]).toEqual([[], []]);
    const sent = one.bodies.length;
    const { error, kinds } = await bench.ask(bench.request([bench.candidate(bench.accounts.get(id), 'llama3.2')]));
    expect(error?.toRecord()).toMatchObject({ code: 'provider.unavailable', action: 'choose_model', details: { reason: 'not_running' } });
    // Reported at once: there is no pause for a server that is not running.
    expect(kinds).toEqual(['attempt']);
    expect(one.bodies.length).toBe(sent);
  });

  it('is used again when it comes back', async () => {
    one.become(ollama);
    await start();
    const { id } = await bench.localServers.accept(one.root);
    one.become(speaks({}));
    await start();
    expect(candidates()).toEqual([]);
    one.become(ollama);
    expect((await bench.ask(bench.request([bench.candidate(bench.accounts.get(id), 'llama3.2')]))).text).toBe('Hello there');
    expect(candidates()).toHaveLength(1);
  });

  it('sends nothing elsewhere when it is first in the list and not running', async () => {
    one.become(ollama);
    await start();
    const { id } = await bench.localServers.accept(one.root);
    await bench.accounts.add({ id: newId(), preset: 'openai', key: 'k'.repeat(20) });
    one.become(speaks({}));
    await start();
    expect(candidates().map(({ ref }) => ref.accountId)).toEqual([id]);
    bench.settings.update({ providers: { localFallback: true } });
    expect(candidates()[0]?.provider).toBe('OpenAI');
  });

  it('is not probed when the person forbids it', async () => {
    one.become(ollama);
    bench.settings.update({ providers: { detectLocal: false } });
    expect(await start()).toEqual([]);
    expect(one.asked).toEqual([]);
  });

  it('stays accepted when an earlier version used it', async () => {
    one.become(ollama);
    const { id } = bench.accounts.adopt({ preset: 'ollama', baseUrl: one.root });
    expect(await start()).toEqual([]);
    await bench.accounts.refresh(id);
    expect(candidates()[0]?.ref.accountId).toBe(id);
  });
});
