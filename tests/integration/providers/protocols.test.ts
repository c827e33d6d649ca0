import { LLMock } from '@copilotkit/aimock';
import { textMessage } from '@main/providers/promptMessage';
import type { PresetId } from '@shared/model';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type FaultyProvider, startFaultyProvider } from '../../support/faultyProvider';
import { openProviderBench, type ProviderBench } from '../../support/providerBench';

const answer = 'The passages say that 1000 stays 1000, with accents: éàü — and a tail.';

/** A second opinion on the protocols: a mock server from another project. */
describe('protocols against aimock', () => {
  const mock = new LLMock({ port: 0, chunkSize: 5 });
  let bench: ProviderBench;
  beforeAll(async () => {
    mock.onMessage('hello', {
      content: answer,
      usage: { prompt_tokens: 21, completion_tokens: 9, input_tokens: 21, output_tokens: 9, promptTokenCount: 21, candidatesTokenCount: 9 },
    });
    await mock.start();
  });
  afterAll(() => mock.stop());
  beforeEach(() => {
    bench = openProviderBench();
  });
  afterEach(() => bench.close());

  const cases: { preset: PresetId; path: string; model: string }[] = [
    { preset: 'openai', path: '/v1', model: 'gpt-4.1-mini' },
    { preset: 'anthropic', path: '', model: 'claude-haiku-4-5' },
    { preset: 'google', path: '', model: 'gemini-2.5-flash' },
    { preset: 'ollama', path: '', model: 'llama3.2' },
    { preset: 'mistral', path: '/v1', model: 'mistral-small-latest' },
    { preset: 'custom', path: '/v1', model: 'anything' },
  ];

  it.each(cases)('$preset streams the text unchanged and ends with its usage', async ({ preset, path, model }) => {
    const account = await bench.add(preset, `${mock.url}${path}`);
    const request = bench.request([bench.candidate(account, model)], {
      build: () => ({
        system: 'Be brief.',
        messages: [textMessage('user', 'before'), textMessage('assistant', 'yes'), textMessage('user', 'hello')],
        versionId: 'answer.en@1',
      }),
    });
    const result = await bench.ask(request);
    expect(result.error).toBeNull();
    expect(result.text).toBe(answer);
    expect(result.events.filter(({ type }) => type === 'delta').length).toBeGreaterThan(5);
    expect(result.events.at(-1)).toMatchObject({ type: 'finish', truncated: false });
    const finish = result.events.at(-1);
    if (finish?.type !== 'finish') throw new Error('no finish');
    // aimock cannot script counts for Ollama, and by default sends none to Mistral, like the real one: then they are estimated.
    if (preset === 'ollama' || preset === 'mistral') expect(finish.usage).toMatchObject({ estimated: true });
    else expect(finish.usage).toMatchObject({ inputTokens: 21, outputTokens: 9, estimated: false });
    expect(finish.firstWordMs).not.toBeNull();
  });
});

describe('requests', () => {
  let server: FaultyProvider;
  let bench: ProviderBench;
  beforeEach(() => {
    bench = openProviderBench();
  });
  afterEach(async () => {
    await Promise.all([server.close(), bench.close()]);
  });
  const send = async (preset: PresetId, model = 'model-a') => {
    const account = await bench.add(preset, server.baseUrl);
    await bench.ask(bench.request([bench.candidate(account, model)], { temperature: 0.5, maxOutputTokens: 100 }));
    return server.requests[0]?.body;
  };

  it("requests OpenAI's usage and max_completion_tokens; no temperature for reasoning models", async () => {
    server = await startFaultyProvider('openai');
    expect(await send('openai')).toEqual({
      model: 'model-a',
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'hello' },
      ],
      stream: true,
      stream_options: { include_usage: true },
      temperature: 0.5,
      max_completion_tokens: 100,
    });
    server.requests.length = 0;
    expect(await send('openai', 'gpt-5-mini')).not.toHaveProperty('temperature');
  });

  it('sends Mistral no field that it does not know', async () => {
    server = await startFaultyProvider('openai');
    expect(Object.keys((await send('mistral')) ?? {}).sort()).toEqual(['max_tokens', 'messages', 'model', 'stream', 'temperature']);
  });

  it('sends Ollama the window for which the prompt was built', async () => {
    server = await startFaultyProvider('ollama');
    expect(await send('ollama')).toMatchObject({ options: { num_ctx: 8192, temperature: 0.5, num_predict: 100 } });
    expect(server.requests[0]?.path).toBe('/api/chat');
  });

  it('sends Anthropic a limit and its system text in a field of its own', async () => {
    server = await startFaultyProvider('anthropic');
    expect(await send('anthropic')).toEqual({
      model: 'model-a',
      max_tokens: 100,
      system: 'Be brief.',
      messages: [{ role: 'user', content: 'hello' }],
      stream: true,
    });
  });

  it("calls Google's v1beta with the key in its header", async () => {
    server = await startFaultyProvider('google');
    expect(await send('google')).toMatchObject({ generationConfig: { temperature: 0.5, maxOutputTokens: 100 } });
    expect(server.requests[0]).toMatchObject({
      path: '/v1beta/models/model-a:streamGenerateContent?alt=sse',
      authorization: 'test-key-0123456789',
    });
  });
});
