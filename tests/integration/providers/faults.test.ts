import { modelCallsOfTurn } from '@main/store/modelCalls';
import type { ErrorAction, ErrorCode } from '@shared/model';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Behaviour, type FaultyProtocol, type FaultyProvider, startFaultyProvider } from '../../support/faultyProvider';
import { openProviderBench, type ProviderBench } from '../../support/providerBench';

const words = ['Some', ' words', ' here'];

interface Case {
  name: string;
  behaviour: Behaviour | 'wrong-key';
  code: ErrorCode;
  action: ErrorAction;
  text: string;
  attempts: number;
}

const cases: Case[] = [
  { name: 'wrong key', behaviour: 'wrong-key', code: 'provider.auth', action: 'open_provider_settings', text: '', attempts: 1 },
  {
    name: 'no credit',
    behaviour: { kind: 'status', status: 402 },
    code: 'provider.quota',
    action: 'open_provider_settings',
    text: '',
    attempts: 1,
  },
  {
    name: '429 with Retry-After',
    behaviour: { kind: 'status', status: 429, headers: { 'retry-after': '0.02' } },
    code: 'provider.rate_limited',
    action: 'wait',
    text: '',
    attempts: 4,
  },
  {
    name: '429 with a Retry-After past a minute',
    behaviour: { kind: 'status', status: 429, headers: { 'retry-after': '61' } },
    code: 'provider.rate_limited',
    action: 'wait',
    text: '',
    attempts: 1,
  },
  { name: '500', behaviour: { kind: 'status', status: 500 }, code: 'provider.unavailable', action: 'retry', text: '', attempts: 4 },
  {
    name: 'missing model',
    behaviour: { kind: 'status', status: 404 },
    code: 'model.missing',
    action: 'choose_model',
    text: '',
    attempts: 1,
  },
  {
    name: 'too long',
    behaviour: { kind: 'status', status: 400, body: { error: { message: 'prompt is too long: 300000 tokens > 200000 maximum' } } },
    code: 'provider.context_exceeded',
    action: 'choose_model',
    text: '',
    attempts: 1,
  },
  {
    name: 'rejected',
    behaviour: { kind: 'status', status: 400, body: { error: { message: 'bad', code: 'unsupported_value' } } },
    code: 'provider.rejected',
    action: 'choose_model',
    text: '',
    attempts: 1,
  },
  {
    name: 'silence in mid-stream',
    behaviour: { kind: 'silence', words },
    code: 'provider.timeout',
    action: 'continue',
    text: 'Some words here',
    attempts: 1,
  },
  {
    name: 'TCP cut',
    behaviour: { kind: 'cut', words },
    code: 'provider.interrupted',
    action: 'continue',
    text: 'Some words here',
    attempts: 1,
  },
  {
    name: 'TCP cut before the first word',
    behaviour: { kind: 'cut', words: [] },
    code: 'provider.interrupted',
    action: 'retry',
    text: '',
    attempts: 4,
  },
  {
    name: 'clean early end',
    behaviour: { kind: 'early-end', words },
    code: 'provider.interrupted',
    action: 'continue',
    text: 'Some words here',
    attempts: 1,
  },
  {
    name: 'malformed event',
    behaviour: { kind: 'malformed', words },
    code: 'provider.protocol',
    action: 'continue',
    text: 'Some words here',
    attempts: 1,
  },
  {
    name: 'error event in mid-stream',
    behaviour: { kind: 'error-event', words },
    code: 'provider.unavailable',
    action: 'continue',
    text: 'Some words here',
    attempts: 1,
  },
];

describe.each<FaultyProtocol>(['openai', 'anthropic', 'google', 'ollama'])('faults over the %s protocol', (protocol) => {
  let server: FaultyProvider;
  let bench: ProviderBench;
  beforeAll(async () => {
    server = await startFaultyProvider(protocol);
  });
  afterAll(() => server.close());
  beforeEach(() => {
    bench = openProviderBench();
    server.requests.length = 0;
  });
  afterEach(() => bench.close());

  it.each(cases)('$name: $code, and the text so far is kept', async ({ behaviour, code, action, text, attempts }) => {
    server.play(behaviour === 'wrong-key' ? server.wrongKey() : behaviour);
    const account = await bench.add(server.preset, server.baseUrl);
    const request = bench.request([bench.candidate(account)]);
    const result = await bench.ask(request);
    expect({ code: result.error?.code, action: result.error?.action, text: result.text, attempts: server.requests.length }).toEqual({
      code,
      action,
      text,
      attempts,
    });
    expect(result.error?.details).toMatchObject({ provider: account.name, model: 'model-a' });
    const rows = modelCallsOfTurn(bench.db, request.turnId ?? '');
    expect(rows.map((row) => [row.attempt, row.outcome, row.errorCode])).toEqual(
      Array.from({ length: attempts }, (_, index) => [index + 1, 'failed', code]),
    );
    const last = rows.at(-1);
    expect((last?.tokensOut ?? 0) > 0).toBe(text !== '');
    expect(last?.firstWordMs === null).toBe(text === '');
  });

  it('retries a refused connection and reports it as unavailable', async () => {
    const gone = await startFaultyProvider(protocol);
    await gone.close();
    const account = await bench.add(gone.preset, gone.baseUrl);
    const result = await bench.ask(bench.request([bench.candidate(account)]));
    expect(result.error?.toRecord()).toMatchObject({ code: 'provider.unavailable', action: 'retry', details: { reason: 'ECONNREFUSED' } });
    expect(result.kinds).toEqual(['attempt', 'retry', 'attempt', 'retry', 'attempt', 'retry', 'attempt']);
  });

  it("ends a call without an answer at the program's own time limit", async () => {
    server.play({ kind: 'hang' });
    const account = await bench.add(server.preset, server.baseUrl);
    const result = await bench.ask(bench.request([bench.candidate(account)]));
    expect(result.error?.toRecord()).toMatchObject({ code: 'provider.timeout', action: 'retry', details: { stage: 'response' } });
  });

  it('retries a failure before the first word and reports nothing of it after success', async () => {
    server.play({ kind: 'status', status: 503 }, { kind: 'cut', words: [] }, { kind: 'answer', words });
    const account = await bench.add(server.preset, server.baseUrl);
    const request = bench.request([bench.candidate(account)]);
    const result = await bench.ask(request);
    expect(result.error).toBeNull();
    expect(result.text).toBe('Some words here');
    expect(result.kinds).toEqual(['attempt', 'retry', 'attempt', 'retry', 'attempt', 'finish']);
    expect(result.events.at(-1)).toMatchObject({
      type: 'finish',
      usage: { inputTokens: 7, outputTokens: 3, estimated: false },
      truncated: false,
    });
    expect(modelCallsOfTurn(bench.db, request.turnId ?? '').map(({ outcome }) => outcome)).toEqual(['failed', 'failed', 'done']);
  });

  it('completes an answer at its end, even when the connection stays open', async () => {
    server.play({ kind: 'linger', words });
    const account = await bench.add(server.preset, server.baseUrl);
    const result = await bench.ask(bench.request([bench.candidate(account)]));
    expect(result).toMatchObject({ error: null, text: 'Some words here' });
    expect(result.events.at(-1)).toMatchObject({ type: 'finish', usage: { inputTokens: 7, outputTokens: 3, estimated: false } });
    await server.requests[0]?.closed;
  });

  it('Stop ends the request at the provider and records its usage', async () => {
    server.play({ kind: 'silence', words });
    const account = await bench.add(server.preset, server.baseUrl);
    const stop = new AbortController();
    const request = bench.request([bench.candidate(account)], { signal: stop.signal });
    let text = '';
    const reading = (async () => {
      for await (const event of bench.gateway.stream(request)) {
        if (event.type === 'delta') text += event.text;
        if (text === 'Some words here') stop.abort('stop');
      }
    })();
    await expect(reading).rejects.toMatchObject({ code: 'cancelled' });
    await server.requests[0]?.closed;
    expect(server.requests[0]?.completed).toBe(false);
    const [row] = modelCallsOfTurn(bench.db, request.turnId ?? '');
    expect(row).toMatchObject({ outcome: 'stopped', errorCode: 'cancelled' });
    expect(row?.tokensIn).toBeGreaterThan(0);
    expect(row?.tokensOut).toBeGreaterThan(0);
  });

  it('a reader that stops reading ends the request too', async () => {
    server.play({ kind: 'silence', words });
    const account = await bench.add(server.preset, server.baseUrl);
    const request = bench.request([bench.candidate(account)]);
    for await (const event of bench.gateway.stream(request)) if (event.type === 'delta') break;
    await server.requests[0]?.closed;
    expect(modelCallsOfTurn(bench.db, request.turnId ?? '')).toMatchObject([{ outcome: 'stopped' }]);
  });

  it('Stop ends the delay before another try', async () => {
    server.play({ kind: 'status', status: 429, headers: { 'retry-after': '50' } });
    const account = await bench.add(server.preset, server.baseUrl);
    const stop = new AbortController();
    const reading = (async () => {
      for await (const event of bench.gateway.stream(bench.request([bench.candidate(account)], { signal: stop.signal }))) {
        if (event.type === 'retry') {
          expect(event.waitMs).toBeGreaterThanOrEqual(50_000);
          stop.abort();
        }
      }
    })();
    await expect(reading).rejects.toMatchObject({ code: 'cancelled' });
  });
});
