import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { textMessage } from '@main/providers/promptMessage';
import { modelCallsOfTurn } from '@main/store/modelCalls';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FaultyProvider, startFaultyProvider } from '../../support/faultyProvider';
import { openProviderBench, type ProviderBench } from '../../support/providerBench';

describe('model gateway', () => {
  let first: FaultyProvider;
  let second: FaultyProvider;
  let bench: ProviderBench;
  beforeEach(async () => {
    [first, second] = await Promise.all([startFaultyProvider('openai'), startFaultyProvider('anthropic')]);
    bench = openProviderBench();
  });
  afterEach(async () => {
    await Promise.all([first.close(), second.close(), bench.close()]);
  });
  const both = async () => {
    const one = await bench.add('openai', first.baseUrl, { name: 'One' });
    const two = await bench.add('anthropic', second.baseUrl, { name: 'Two' });
    return [bench.candidate(one), bench.candidate(two)] as const;
  };
  const metrics = () => bench.telemetry.metricsText();

  it('falls back to the next model before the first word, and reports why', async () => {
    first.play(first.wrongKey());
    second.play({ kind: 'answer', words: ['From', ' two'] });
    const [one, two] = await both();
    const request = bench.request([one, two]);
    const result = await bench.ask(request);
    expect(result.text).toBe('From two');
    expect(result.events.filter(({ type }) => type !== 'delta')).toMatchObject([
      { type: 'attempt', candidate: one },
      { type: 'fallback', from: one, to: two, error: { code: 'provider.auth' } },
      { type: 'attempt', candidate: two },
      { type: 'finish', candidate: two },
    ]);
    expect(modelCallsOfTurn(bench.db, request.turnId ?? '').map((row) => [row.provider, row.outcome, row.promptVersionId])).toEqual([
      ['One', 'failed', 'answer.en@1'],
      ['Two', 'done', 'answer.en@1'],
    ]);
    const text = await metrics();
    expect(text).toContain('llm_fallbacks_total{from="One/model-a",to="Two/model-a",reason="provider.auth"} 1');
    expect(text).toContain('llm_api_calls_total{provider="Two",model="model-a"} 1');
    expect(text).toContain('prompt_uses_total{prompt="answer.en",version="1"} 2');
  });

  it('builds a prompt once for each model, and stores the version that was sent in the ledger', async () => {
    first.play({ kind: 'status', status: 500 });
    second.play({ kind: 'answer', words: ['From two'] });
    const [one, two] = await both();
    const built: string[] = [];
    const request = bench.request([one, two], {
      build: ({ provider }) => {
        built.push(provider);
        return { system: '', messages: [textMessage('user', 'hello')], versionId: `answer.${provider}@${built.length}` };
      },
    });
    expect((await bench.ask(request)).text).toBe('From two');
    expect(first.requests.length).toBeGreaterThan(1);
    expect(built).toEqual(['One', 'Two']);
    expect(modelCallsOfTurn(bench.db, request.turnId ?? '').map((row) => row.promptVersionId)).toEqual([
      ...first.requests.map(() => 'answer.One@1'),
      'answer.Two@2',
    ]);
  });

  it('never falls back once a word was shown', async () => {
    first.play({ kind: 'cut', words: ['Begun'] });
    const result = await bench.ask(bench.request(await both().then((pair) => [...pair])));
    expect(result).toMatchObject({ text: 'Begun', error: { code: 'provider.interrupted', action: 'continue' } });
    expect(second.requests).toHaveLength(0);
  });

  it('opens the circuit after five failures, tries one call after a while, and closes it again', async () => {
    first.play({ kind: 'status', status: 500 });
    const account = await bench.add('openai', first.baseUrl);
    const candidate = bench.candidate(account);
    const circuit = () => bench.accounts.get(account.id).circuit;
    await bench.ask(bench.request([candidate]));
    expect([first.requests.length, circuit()]).toEqual([4, 'closed']);
    const opened = await bench.ask(bench.request([candidate]));
    expect(opened.error).toMatchObject({ code: 'provider.circuit_open', action: 'wait' });
    expect([first.requests.length, circuit()]).toEqual([5, 'open']);
    await bench.ask(bench.request([candidate]));
    expect(first.requests).toHaveLength(5);
    first.play({ kind: 'answer', words: ['Back'] });
    await expect.poll(() => bench.ask(bench.request([candidate])), { timeout: 10_000 }).toMatchObject({ text: 'Back', error: null });
    expect(first.requests).toHaveLength(6);
    expect(circuit()).toBe('closed');
    for (const state of ['open', 'half-open', 'closed']) {
      expect(await metrics()).toContain(`circuit_breaker_state_changes_total{provider="OpenAI",model="model-a",state="${state}"} 1`);
    }
  });

  it('does not count wrong keys or stops as failures of the provider', async () => {
    first.play(first.wrongKey());
    const account = await bench.add('openai', first.baseUrl);
    for (let index = 0; index < 6; index += 1) await bench.ask(bench.request([bench.candidate(account)]));
    first.play({ kind: 'silence', words: ['x'] });
    for (let index = 0; index < 6; index += 1) {
      const stop = new AbortController();
      const request = bench.request([bench.candidate(account)], { signal: stop.signal });
      await expect(
        (async () => {
          for await (const event of bench.gateway.stream(request)) if (event.type === 'delta') stop.abort();
        })(),
      ).rejects.toMatchObject({ code: 'cancelled' });
    }
    expect(first.requests).toHaveLength(12);
    expect(bench.accounts.get(account.id).circuit).toBe('closed');
  });

  it('counts tokens and cost with the price of the model; unknown stays unknown', async () => {
    const account = await bench.add('openai', first.baseUrl);
    const [info] = bench.accounts.get(account.id).models;
    if (!info) throw new Error('the catalogue is empty');
    await bench.accounts.update({
      id: account.id,
      models: [{ ...info, id: 'model-a', priceInput: 2, priceOutput: 10, priceCached: null }],
    });
    const priced = await bench.ask(bench.request([bench.candidate(account)]));
    expect(priced.events.at(-1)).toMatchObject({ type: 'finish', usage: { costNano: 7 * 2000 + 3 * 10_000 } });
    expect(await metrics()).toContain('llm_cost_total{provider="OpenAI",model="model-a"} 0.000044');
    const unpriced = await bench.ask(bench.request([bench.candidate(account, 'model-b')]));
    expect(unpriced.events.at(-1)).toMatchObject({ type: 'finish', usage: { costNano: null, inputTokens: 7 } });
  });

  it('refuses a request without candidates', async () => {
    expect((await bench.ask(bench.request([]))).error).toMatchObject({ code: 'provider.none', action: 'add_provider' });
  });

  it('does not read addresses or keys from the environment', async () => {
    const names = { OPENAI_BASE_URL: second.baseUrl, OPENAI_API_KEY: 'env-key', OPENAI_ORG_ID: 'env-org', GOOGLE_API_KEY: 'env-key' };
    Object.assign(process.env, names);
    try {
      const account = await bench.add('openai', first.baseUrl);
      await bench.ask(bench.request([bench.candidate(account)]));
      expect(first.requests[0]?.authorization).toBe('Bearer test-key-0123456789');
      expect(second.requests).toHaveLength(0);
    } finally {
      for (const name of Object.keys(names)) delete process.env[name];
    }
  });

  it('keeps keys and messages of providers out of accounts, logs, errors and every file', async () => {
    const canary = 'sk-canary-5f1e77aa90bd';
    const spoken = 'zebrafinch';
    const account = await bench.add('openai', first.baseUrl, { key: canary });
    const outputs: unknown[] = [account, await bench.accounts.test(account.id)];
    first.play(
      { kind: 'status', status: 401, body: { error: { message: `Incorrect API key provided: ${canary} for ${spoken}` } } },
      { kind: 'status', status: 500, body: { error: { message: `failed on ${spoken}` } } },
      { kind: 'malformed', words: [spoken] },
      { kind: 'cut', words: [spoken] },
    );
    for (let index = 0; index < 4; index += 1) {
      const { error } = await bench.ask(
        bench.request([bench.candidate(account)], {
          build: () => ({ system: '', messages: [textMessage('user', spoken)], versionId: 'answer.en@1' }),
        }),
      );
      bench.telemetry.log.error({ err: error }, 'as a careless caller would log it');
      outputs.push(error?.toRecord());
    }
    expect(first.requests[0]?.authorization).toBe(`Bearer ${canary}`);
    expect(account.keyMask).toBe('••••90bd');
    bench.telemetry.flush();
    bench.db.pragma('wal_checkpoint(TRUNCATE)');
    const files = readdirSync(bench.folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    expect(files.map(({ name }) => name)).toEqual(expect.arrayContaining(['emergence.db', 'secrets.json', 'secrets.key']));
    const everything = [
      JSON.stringify(outputs),
      JSON.stringify(bench.accounts.list()),
      bench.logLines.join('\n'),
      await metrics(),
      ...files.map(({ parentPath, name }) => readFileSync(join(parentPath, name), 'latin1')),
    ];
    for (const text of everything) {
      expect(text.includes(canary)).toBe(false);
      expect(text.includes(spoken)).toBe(false);
    }
    await bench.accounts.remove(account.id);
    expect(await bench.secrets.get(`provider:${account.id}`)).toBeNull();
  });
});
