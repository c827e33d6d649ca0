import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { answerLimits } from '@main/providers/policies';
import { modelCallsOfTurn } from '@main/store/modelCalls';
import { newId, type PresetId } from '@shared/model';
import { afterEach, describe, expect, it } from 'vitest';
import { openProviderBench, type ProviderBench } from '../../support/providerBench';
import { event, openStream, piece, type RawBody, type RawProvider, sendJson, startRawProvider } from '../../support/rawProvider';

let server: RawProvider;
let bench: ProviderBench;
afterEach(async () => {
  await Promise.all([server.close(), bench.close()]);
});

type Answer = (response: ServerResponse, body: RawBody, path: string) => void | Promise<void>;

/** Asks a server once; returns its text, its thinking, and its end. */
const ask = async (preset: PresetId, answer: Answer, more: Partial<ReturnType<ProviderBench['request']>> = {}) => {
  server = await startRawProvider(answer);
  bench = openProviderBench({ policies: { remote: { responseMs: 3_000, idleMs: 3_000 }, local: { responseMs: 3_000, idleMs: 3_000 } } });
  const account = await bench.add(preset, ['custom', 'openai', 'mistral'].includes(preset) ? `${server.url}/v1` : server.url);
  const again = async () => {
    const request = bench.request([bench.candidate(account)], more);
    const { events, error } = await bench.ask(request);
    let text = '';
    let thinking = '';
    for (const one of events) {
      if (one.type === 'delta') text += one.text;
      if (one.type === 'thinking') thinking += one.text;
      if (one.type === 'rethink') [thinking, text] = [thinking + text, ''];
    }
    const finish = events.find((one) => one.type === 'finish');
    return { text, thinking, error, events, finish, turnId: request.turnId ?? '', request };
  };
  return { ...(await again()), again, account };
};

const stream =
  (body: string): Answer =>
  (response) => {
    openStream(response);
    response.end(body);
  };
const done = event('[DONE]');
const custom = (body: string) => ask('custom', stream(body));

describe('ends', () => {
  it.each([
    ['stop', piece({ content: 'One ' }, 'stop') + piece({ content: 'two.' }, 'stop') + done, 'One two.'],
    ['empty', piece({ content: 'One ' }, '') + piece({ content: 'two.' }, '') + done, 'One two.'],
    ['the word null', piece({ content: 'One ' }, 'null') + piece({ content: 'two.' }, 'null') + done, 'One two.'],
    ['an unknown word', piece({ content: 'One ' }) + piece({ content: 'two.' }, 'eos_token') + done, 'One two.'],
    ['none but [DONE]', piece({ content: 'One ' }) + piece({ content: 'two.' }) + done, 'One two.'],
    ['no such field, and a clean close', event({ choices: [{ delta: { content: 'One two.' } }] }), 'One two.'],
    ['usage after the end', piece({ content: 'One.' }) + piece({}, 'stop') + event({ choices: [], usage: { prompt_tokens: 1 } }), 'One.'],
    ['no empty line between events', piece({ content: 'One ' }).replace('\n\n', '\n') + piece({ content: 'two.' }, 'stop'), 'One two.'],
    ['carriage returns and comments', `: ping\r\n\r\n${piece({ content: 'One.' }, 'stop')}`.replaceAll(/\r?\n/g, '\r\n'), 'One.'],
    ['no space after the colon', piece({ content: 'One.' }, 'stop').replace('data: ', 'data:'), 'One.'],
  ])('%s: is read to the real end, and complete', async (_name, body, text) => {
    expect(await custom(body)).toMatchObject({ text, error: null, finish: { truncated: false } });
    expect(server.asked).toHaveLength(1);
  });

  it('cuts nothing at pauses between pieces that all contain "stop"', async () => {
    const got = await ask('custom', async (response) => {
      openStream(response);
      for (const word of ['a ', 'b ', 'c']) {
        response.write(piece({ content: word }, 'stop'));
        // Longer than the wait for the usage after an end.
        await new Promise((resolve) => setTimeout(resolve, 450));
      }
      response.end(done);
    });
    expect(got).toMatchObject({ text: 'a b c', error: null });
  });

  it.each([
    ['no end and a clean close', piece({ content: 'Half' }), 'provider.interrupted'],
    ['the provider says that it failed', piece({ content: 'Half' }) + piece({}, 'error'), 'provider.unavailable'],
    ['resources ran out', piece({ content: 'Half' }) + piece({}, 'insufficient_system_resource'), 'provider.unavailable'],
    ['filtered', piece({ content: 'Half' }) + piece({}, 'content_filter') + done, 'provider.content_filtered'],
    [
      'an error event after pieces that say "stop"',
      piece({ content: 'Half' }, 'stop') + piece({ content: '' }) + event({ error: { code: 502 } }),
      'provider.unavailable',
    ],
    ['half an event', `${piece({ content: 'Half' })}data: {"choices": [`, 'provider.interrupted'],
    ['text, then a tool that nobody offered', piece({ content: 'Half' }) + piece({ tool_calls: [{}] }, 'tool_calls'), 'provider.no_answer'],
  ])('%s: is never complete, and its text is kept', async (_name, body, code) => {
    const got = await custom(body);
    expect({ text: got.text, code: got.error?.code, finish: got.finish }).toEqual({ text: 'Half', code, finish: undefined });
  });

  it('reports a cut when a connection breaks after pieces that all contain "stop"', async () => {
    const got = await ask('custom', (response) => {
      openStream(response);
      response.write(piece({ content: 'One ' }, 'stop'));
      response.write(piece({ content: 'two' }, 'stop'));
      setTimeout(() => response.destroy(), 30);
    });
    expect(got).toMatchObject({ text: 'One two', error: { code: 'provider.interrupted', action: 'continue' } });
  });

  it('loses nothing when a connection breaks after the end', async () => {
    const got = await ask('custom', (response) => {
      openStream(response);
      response.write(piece({ content: 'One.' }) + piece({}, 'stop'));
      setTimeout(() => response.destroy(), 30);
    });
    expect(got).toMatchObject({ text: 'One.', error: null });
  });

  it.each(['length', 'max_tokens', 'MAX_TOKENS', 'model_length'])('%s: reports a cut at the length limit', async (reason) => {
    expect((await custom(piece({ content: 'One' }) + piece({}, reason))).finish).toMatchObject({ truncated: true });
  });
});

describe('no words', () => {
  it.each([
    ['thinking only', piece({ reasoning_content: 'hm' }) + piece({}, 'stop'), 'thinking', 'retry'],
    ['thinking until the limit', piece({ reasoning: 'hm' }) + piece({}, 'length'), 'length', 'choose_model'],
    ['unclosed thinking', piece({ content: '<think>hm' }) + piece({}, 'stop'), 'thinking', 'retry'],
    ['nothing', piece({}, 'stop') + done, 'empty', 'retry'],
    ['nothing at all', '', 'empty', 'retry'],
    ['blank', piece({ content: ' \n' }) + piece({}, 'stop'), 'empty', 'retry'],
    ['a tool', piece({ tool_calls: [{ index: 0, function: { name: 'f' } }] }, 'tool_calls'), 'tool', 'choose_model'],
    ['a function', piece({ function_call: { name: 'f' } }, 'function_call'), 'tool', 'choose_model'],
    ['a tool, with "stop"', piece({ tool_calls: [{ index: 0 }] }) + piece({}, 'stop'), 'tool', 'choose_model'],
  ])('%s: gives a typed error with an action, without a retry', async (_name, body, reason, action) => {
    const got = await custom(body);
    expect(got.error?.toRecord()).toMatchObject({ code: 'provider.no_answer', action, details: { reason } });
    expect([got.text, got.finish, server.asked.length]).toEqual(['', undefined, 1]);
    expect(modelCallsOfTurn(bench.db, got.turnId)).toMatchObject([{ outcome: 'failed', errorCode: 'provider.no_answer' }]);
  });

  it("reports a refusal in the provider's words, and not as an answer", async () => {
    const got = await custom(piece({ refusal: 'I cannot ' }) + piece({ refusal: 'help.' }) + piece({}, 'stop') + done);
    expect(got).toMatchObject({ text: 'I cannot help.', error: { code: 'provider.content_filtered', action: 'choose_model' } });
  });

  it.each([
    [
      'anthropic',
      [
        event({ type: 'message_start', message: {} }),
        event({ type: 'message_delta', delta: { stop_reason: 'refusal' } }),
        event({ type: 'message_stop' }),
      ],
      'provider.content_filtered',
    ],
    [
      'anthropic',
      [
        event({ type: 'content_block_start', content_block: { type: 'tool_use', name: 'f' } }),
        event({ type: 'message_delta', delta: { stop_reason: 'tool_use' } }),
        event({ type: 'message_stop' }),
      ],
      'provider.no_answer',
    ],
    ['google', [event({ promptFeedback: { blockReason: 'SAFETY' } })], 'provider.content_filtered'],
    ['google', [event({ candidates: [{ finishReason: 'SAFETY' }] })], 'provider.content_filtered'],
    ['google', [event({ candidates: [{ finishReason: 'RECITATION' }] })], 'provider.content_filtered'],
    [
      'google',
      [event({ candidates: [{ content: { parts: [{ functionCall: { name: 'f' } }] }, finishReason: 'STOP' }] })],
      'provider.no_answer',
    ],
    [
      'google',
      [event({ candidates: [{ content: { parts: [{ text: 'hm', thought: true }] }, finishReason: 'STOP' }] })],
      'provider.no_answer',
    ],
  ] as const)('%s without words', async (preset, events, code) => {
    expect((await ask(preset, stream(events.join('')))).error?.code).toBe(code);
  });
});

describe('thinking in fields of its own', () => {
  const block = (index: number, content: object) => event({ type: 'content_block_start', index, content_block: content });
  const delta = (value: object) => event({ type: 'content_block_delta', index: 0, delta: value });
  const cases: [string, PresetId, string][] = [
    ['reasoning_content', 'custom', piece({ reasoning_content: 'I ' }) + piece({ reasoning_content: 'ponder' })],
    ['reasoning', 'custom', piece({ reasoning: 'I ' }) + piece({ reasoning: 'ponder' })],
    [
      'reasoning beside its details',
      'custom',
      piece({ reasoning: 'I ponder', reasoning_details: [{ type: 'reasoning.text', text: 'I ponder' }] }),
    ],
    [
      'reasoning_details',
      'custom',
      piece({
        reasoning_details: [
          { type: 'reasoning.summary', summary: 'I ponder' },
          { type: 'reasoning.encrypted', data: 'x' },
        ],
      }),
    ],
    ['thinking', 'custom', piece({ thinking: 'I ponder' })],
    ['thinking parts', 'mistral', piece({ content: [{ type: 'thinking', thinking: [{ type: 'text', text: 'I ponder' }] }] })],
    [
      'thinking blocks',
      'anthropic',
      block(0, { type: 'thinking', thinking: '' }) +
        delta({ type: 'thinking_delta', thinking: 'I ponder' }) +
        delta({ type: 'signature_delta', signature: 'x' }),
    ],
    ['thought parts', 'google', event({ candidates: [{ content: { parts: [{ text: 'I ponder', thought: true }] } }] })],
    ['Ollama', 'ollama', `${JSON.stringify({ message: { thinking: 'I ponder', content: '' }, done: false })}\n`],
  ];
  const ends: Partial<Record<PresetId, string>> = {
    anthropic:
      block(1, { type: 'text', text: 'The ' }) +
      delta({ type: 'text_delta', text: 'answer.' }) +
      event({ type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: null }) +
      event({ type: 'message_stop' }),
    google: event({ candidates: [{ content: { parts: [{ text: 'The answer.' }] }, finishReason: 'STOP' }] }),
    ollama: `${JSON.stringify({ message: { content: 'The answer.' }, done: true, done_reason: null, eval_count: null })}\n`,
  };
  it.each(cases)('%s', async (_name, preset, thought) => {
    const got = await ask(preset, stream(thought + (ends[preset] ?? piece({ content: 'The answer.' }) + piece({}, 'stop') + done)));
    expect({ text: got.text, thinking: got.thinking, error: got.error }).toEqual({
      text: 'The answer.',
      thinking: 'I ponder',
      error: null,
    });
  });

  it('counts the time of thinking whose words the provider hides', async () => {
    const got = await ask('anthropic', stream(block(0, { type: 'redacted_thinking', data: 'x' }) + (ends.anthropic ?? '')));
    expect([got.text, got.events.some(({ type }) => type === 'thinking'), got.thinking]).toEqual(['The answer.', true, '']);
  });

  it('may repeat a broken attempt while only thinking was shown', async () => {
    let tries = 0;
    const got = await ask('custom', (response) => {
      tries += 1;
      openStream(response);
      if (tries > 1) return void response.end(piece({ content: 'There.' }, 'stop'));
      response.write(piece({ reasoning: 'hm' }));
      setTimeout(() => response.destroy(), 20);
    });
    expect(got).toMatchObject({ text: 'There.', error: null });
    expect(tries).toBe(2);
  });
});

describe('a whole answer instead of a stream', () => {
  const said = (content: unknown) => ({
    object: 'chat.completion',
    choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }],
    usage: { prompt_tokens: 5, completion_tokens: 2 },
  });
  const whole = said('The full answer.');
  it.each([
    ['JSON', JSON.stringify(whole)],
    ['JSON over many lines', JSON.stringify(whole, null, 2)],
    ['one event', event(whole) + done],
    ['one event without its end', `data: ${JSON.stringify(whole)}`],
    [
      'pieces as lines of JSON',
      `${JSON.stringify({ choices: [{ delta: { content: 'The full ' } }] })}\n${JSON.stringify({ choices: [{ delta: { content: 'answer.' }, finish_reason: 'stop' }] })}\n`,
    ],
    [
      'content as parts',
      JSON.stringify(
        said([
          { type: 'text', text: 'The full ' },
          { type: 'text', text: 'answer.' },
        ]),
      ),
    ],
    ['content as one part', JSON.stringify(said({ type: 'text', text: 'The full answer.' }))],
    ['a byte order mark before it', `\uFEFF${JSON.stringify(whole)}`],
    ['an array', JSON.stringify([whole])],
    ['the old form', JSON.stringify({ choices: [{ text: 'The full answer.', finish_reason: 'stop' }] })],
    ['pieces and then the whole', piece({ content: 'The full answer.' }) + event(whole) + done],
    ['thinking beside it', JSON.stringify({ choices: [{ message: { content: 'The full answer.', reasoning_content: 'hm' } }] })],
  ])('%s: taken, asked once', async (_name, body) => {
    const got = await custom(body);
    expect({ text: got.text, error: got.error, asked: server.asked.length }).toEqual({ text: 'The full answer.', error: null, asked: 1 });
  });

  it.each([
    [
      'anthropic',
      {
        type: 'message',
        content: [
          { type: 'thinking', thinking: 'hm' },
          { type: 'text', text: 'Whole.' },
        ],
        stop_reason: 'end_turn',
        usage: { input_tokens: 3, output_tokens: 2 },
      },
    ],
    [
      'google',
      [
        { candidates: [{ content: { parts: [{ text: 'Who' }] } }] },
        { candidates: [{ content: { parts: [{ text: 'le.' }] }, finishReason: 'STOP' }] },
      ],
    ],
    ['ollama', { message: { role: 'assistant', content: 'Whole.' }, done: true, prompt_eval_count: 3, eval_count: 2 }],
  ] as const)('%s', async (preset, value) => {
    const got = await ask(preset, (response) => sendJson(response, 200, JSON.stringify(value, null, 1)));
    expect([got.text, got.error, server.asked.length]).toEqual(['Whole.', null, 1]);
  });

  it.each([
    ['an error as JSON', JSON.stringify({ error: { message: 'rate_limit exceeded', code: 429 } }), 'provider.rate_limited'],
    ['an error as an event', event({ error: { message: 'Overloaded', type: 'overloaded_error' } }), 'provider.unavailable'],
    ['a named error event of words', event('it is full', 'error'), 'provider.protocol'],
    ['an error object', JSON.stringify({ object: 'error', message: 'The model `x` does not exist', code: 404 }), 'model.missing'],
    ['a detail', JSON.stringify({ detail: 'Invalid API key: invalid_api_key' }), 'provider.auth'],
    ['plain words', 'upstream connect error', 'provider.unavailable'],
  ])('names %s inside a 200 by its cause', async (_name, body, code) => {
    expect((await custom(body)).error?.code).toBe(code);
  });

  it.each(['<!DOCTYPE html><html><body>Sign in</body></html>', '\n <html>', `: ping\n\n<html><title>502</title>`])(
    'recognises a web page: %j',
    async (body) => {
      const { error } = await custom(body);
      expect(error?.toRecord()).toMatchObject({
        code: 'provider.address',
        details: { reason: 'html' },
        action: 'open_provider_settings',
      });
    },
  );
});

describe('fields that a server refuses', () => {
  const say: Answer = stream(piece({ content: 'Fine.' }) + piece({}, 'stop') + done);
  const refusing =
    (isRefused: (body: RawBody) => boolean, status: number, words: unknown): Answer =>
    (response, body, path) =>
      isRefused(body) ? sendJson(response, status, words) : say(response, body, path);
  const refused = (message: string, more: object = {}) => ({ error: { message, type: 'invalid_request_error', ...more } });
  const messages = (body: RawBody) => body.messages as { role: string; content: string }[];
  const cases: [string, Answer][] = [
    [
      'stream_options',
      refusing((body) => 'stream_options' in body, 400, refused('Unrecognized request argument supplied: stream_options')),
    ],
    [
      'stream_options, as FastAPI says it',
      refusing((body) => 'stream_options' in body, 422, {
        detail: [{ type: 'extra_forbidden', loc: ['body', 'stream_options'], msg: 'Extra inputs are not permitted' }],
      }),
    ],
    [
      'two fields at once',
      refusing((body) => 'stream_options' in body || 'temperature' in body, 422, {
        detail: [
          { type: 'extra_forbidden', loc: ['body', 'stream_options'] },
          { type: 'extra_forbidden', loc: ['body', 'temperature'] },
        ],
      }),
    ],
    [
      'one field after another',
      (response, body, path) =>
        refusing((sent) => 'stream_options' in sent, 400, refused('Unknown field stream_options'))(response, body, path) ?? undefined,
    ],
    [
      'temperature',
      refusing(
        (body) => 'temperature' in body,
        400,
        refused("Unsupported value: 'temperature' does not support 0.5 with this model. Only the default (1) value is supported.", {
          param: 'temperature',
        }),
      ),
    ],
    [
      'max_tokens',
      refusing(
        (body) => 'max_tokens' in body,
        400,
        refused("Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.", {
          param: 'max_tokens',
        }),
      ),
    ],
    [
      'every output limit',
      refusing((body) => 'max_tokens' in body || 'max_completion_tokens' in body, 422, {
        detail: [{ type: 'extra_forbidden', loc: ['body', 'max_tokens'] }],
      }),
    ],
    [
      'an output limit above its own',
      refusing(
        (body) => Number(body.max_tokens) > 4096,
        400,
        refused('max_tokens is too large: 9000. This model supports at most 4096 completion tokens.', { code: 400 }),
      ),
    ],
    [
      'the same with a comma',
      refusing((body) => Number(body.max_tokens) > 4096, 400, refused('max_tokens must be less than or equal to 4,096')),
    ],
    [
      'system messages',
      refusing((body) => messages(body).some(({ role }) => role === 'system'), 400, refused('System role not supported')),
    ],
    [
      'system messages, as a template says it',
      refusing(
        (body) => messages(body)[0]?.role === 'system',
        500,
        refused('Conversation roles must alternate user/assistant/user/assistant/...'),
      ),
    ],
    [
      'system messages, inside a 200',
      refusing((body) => messages(body)[0]?.role === 'system', 200, { error: { message: 'only user and assistant roles are supported!' } }),
    ],
    [
      'a stream that is not available',
      refusing((body) => body.stream === true, 400, refused('Streaming is not available for this model.')),
    ],
    [
      'streams',
      refusing(
        (body) => body.stream === true,
        400,
        refused('Your organization must be verified to stream this model.', { param: 'stream', code: 'unsupported_value' }),
      ),
    ],
  ];
  it.each(cases)('%s is not sent again, now and with the next question', async (_name, answer) => {
    const got = await ask('custom', answer, { temperature: 0.5, maxOutputTokens: 9_000 });
    expect([got.text, got.error]).toEqual(['Fine.', null]);
    const tries = server.asked.length;
    expect(tries).toBeGreaterThan(1);
    expect(tries).toBeLessThanOrEqual(answerLimits.requests);
    const rows = modelCallsOfTurn(bench.db, got.turnId);
    expect(rows.map(({ outcome }) => outcome)).toEqual([...Array.from({ length: tries - 1 }, () => 'failed'), 'done']);
    expect(rows.slice(0, -1).every(({ tokensIn, costNano }) => tokensIn === 0 && costNano === 0)).toBe(true);
    expect((await got.again()).text).toBe('Fine.');
    expect(server.asked).toHaveLength(tries + 1);
  });

  it('puts the system text before the first message of the person', async () => {
    await ask(
      'custom',
      refusing((body) => messages(body)[0]?.role === 'system', 400, refused('System role not supported')),
    );
    expect(messages(server.asked.at(-1) ?? {})).toEqual([{ role: 'user', content: 'Be brief.\n\nhello' }]);
  });

  it("Google's Gemma gets no system instruction", async () => {
    const got = await ask('google', (response, body) =>
      body.systemInstruction
        ? sendJson(response, 400, {
            error: { code: 400, message: 'Developer instruction is not enabled for models/gemma-3-27b-it', status: 'INVALID_ARGUMENT' },
          })
        : stream(event({ candidates: [{ content: { parts: [{ text: 'Fine.' }] }, finishReason: 'STOP' }] }))(response, body, ''),
    );
    expect([got.text, got.error]).toEqual(['Fine.', null]);
  });

  it("respects an Anthropic model's own limit", async () => {
    const got = await ask('anthropic', (response, body) =>
      Number(body.max_tokens) > 4096
        ? sendJson(response, 400, {
            type: 'error',
            error: {
              type: 'invalid_request_error',
              message: 'max_tokens: 8192 > 4096, which is the maximum allowed number of output tokens',
            },
          })
        : sendJson(response, 200, { type: 'message', content: [{ type: 'text', text: 'Fine.' }], stop_reason: 'end_turn' }),
    );
    expect([got.text, server.asked.map(({ max_tokens: limit }) => limit)]).toEqual(['Fine.', [8192, 4096]]);
  });

  it('stops after a bounded number of tries with a server that refuses everything', async () => {
    const everything = refused('stream_options, temperature, max_tokens, max_completion_tokens, system role and stream are not supported');
    const got = await ask('custom', (response) => sendJson(response, 400, everything), { temperature: 0.5, maxOutputTokens: 100 });
    expect(got.error?.code).toBe('provider.rejected');
    expect(server.asked.length).toBeLessThanOrEqual(answerLimits.requests);
  });

  it("forgets the refusals of a server when the account's address changes", async () => {
    const got = await ask(
      'custom',
      refusing((body) => 'stream_options' in body, 400, refused('Unknown field stream_options')),
    );
    const tries = server.asked.length;
    await bench.accounts.update({ id: got.account.id, baseUrl: `${server.url}/v1/other`, key: 'test-key-0123456789' });
    await got.again();
    expect(server.asked).toHaveLength(2 * tries);
  });
});

describe('usage in any form', () => {
  const odd: unknown[] = ['7', 7.5, -1, 1e14, 1e300, null, [], {}, true, 'many', '1e400', undefined];
  it.each(odd)('%j does no harm', async (figure) => {
    const usage = { prompt_tokens: figure, completion_tokens: 3, prompt_tokens_details: { cached_tokens: 1e9 } };
    const got = await custom(piece({ content: 'Fine.' }) + piece({}, 'stop', { usage }) + done);
    expect(got.error).toBeNull();
    const { inputTokens, outputTokens, cachedTokens } =
      got.finish?.type === 'finish' ? got.finish.usage : { inputTokens: -1, outputTokens: -1, cachedTokens: -1 };
    for (const count of [inputTokens, outputTokens, cachedTokens]) {
      expect(Number.isSafeInteger(count)).toBe(true);
      expect(count).toBeGreaterThanOrEqual(0);
    }
    expect(outputTokens).toBe(3);
    expect(inputTokens).toBeGreaterThan(0);
    expect(cachedTokens).toBeLessThanOrEqual(inputTokens);
  });

  it.each([null, [], 'no', 5, { prompt_tokens_details: null }, { completion_tokens: 3 }])('usage %j does no harm', async (usage) => {
    const got = await custom(piece({ content: 'Fine.' }, null, { usage: null }) + piece({}, 'stop', { usage }) + done);
    expect([got.text, got.error]).toEqual(['Fine.', null]);
    expect(modelCallsOfTurn(bench.db, got.turnId)).toMatchObject([{ outcome: 'done', estimated: true }]);
  });

  it('an absurd price makes the cost unknown, but keeps the answer', async () => {
    const first = await custom(
      piece({ content: 'Fine.' }) + piece({}, 'stop', { usage: { prompt_tokens: 1e8, completion_tokens: 1 } }) + done,
    );
    const model = { id: 'model-a', name: 'A', contextTokens: null, priceInput: 1e12, priceOutput: 1e12, priceCached: null, pricedAt: null };
    await bench.accounts.update({ id: first.account.id, models: [model] });
    const got = await first.again();
    expect(got.finish).toMatchObject({ usage: { inputTokens: 1e8, costNano: null } });
  });
});

describe('limits', () => {
  /** Writes as fast as the client reads, until the connection is closed; resolves with the bytes written. */
  const flood = (response: ServerResponse, part: string): Promise<number> =>
    new Promise((resolve) => {
      let written = 0;
      const more = (): void => {
        while (!response.destroyed) {
          written += part.length;
          if (!response.write(part)) return void response.once('drain', more);
        }
      };
      response.once('close', () => resolve(written));
      more();
    });

  it('stops a line without end', async () => {
    let sent = Promise.resolve(0);
    const got = await ask('custom', (response) => {
      openStream(response);
      response.write(piece({ content: 'Begun. ' }));
      response.write('data: {"choices":[{"delta":{"content":"');
      sent = flood(response, 'x'.repeat(65_536));
    });
    expect(got).toMatchObject({ text: 'Begun. ', error: { code: 'provider.too_much', details: { reason: 'line' } } });
    expect(await sent).toBeLessThan(4 * answerLimits.lineCharacters);
    expect(server.asked).toHaveLength(1);
  });

  it('stops an answer without end and keeps as much as an answer may hold', async () => {
    const got = await ask('custom', (response) => {
      openStream(response);
      void flood(response, piece({ content: 'word '.repeat(20_000) }));
    });
    expect(got.error).toMatchObject({ code: 'provider.too_much', details: { reason: 'answer' } });
    expect(got.text).toHaveLength(answerLimits.answerCharacters);
  });

  it.each(['reasoning', 'content'])('stops thinking without end, in %s', async (field) => {
    const got = await ask('custom', (response) => {
      openStream(response);
      response.write(piece({ [field]: '<think>' }));
      void flood(response, piece({ [field]: 'hm '.repeat(20_000) }));
    });
    expect(got).toMatchObject({ text: '', error: { code: 'provider.too_much', details: { reason: 'thinking' } } });
  });

  it('reads a small gzip that expands only up to a limit', async () => {
    // 32 MB of one line in some 32 kB.
    const bomb = gzipSync(`data: {"a":"${'0'.repeat(4 * answerLimits.lineCharacters)}"}\n\n`);
    const got = await ask('custom', (response) => {
      openStream(response, { 'content-encoding': 'gzip' });
      response.end(bomb);
    });
    expect(got.error).toMatchObject({ code: 'provider.too_much', details: { reason: 'line' } });
  });

  it.each([{ streamBytes: 2_000_000 }, { streamLines: 500_000 }])(
    'ends a stream without content at the limit of the stream: %j',
    async (bound) => {
      const usual = { ...answerLimits };
      Object.assign(answerLimits, bound);
      try {
        let sent = Promise.resolve(0);
        const got = await ask('custom', (response) => {
          openStream(response);
          sent = flood(response, ': ping\n\n'.repeat(8_000));
        });
        expect(got.error).toMatchObject({ code: 'provider.too_much', details: { reason: 'stream' } });
        expect(await sent).toBeLessThan(20_000_000);
      } finally {
        Object.assign(answerLimits, usual);
      }
    },
  );

  it.each([
    ['lists in lists', `${'['.repeat(200_000)}${']'.repeat(200_000)}`],
    ['objects in objects', `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`],
    ['lists that nothing closes', '['.repeat(200_000)],
    ['a million empty objects', `[${'{},'.repeat(1_000_000)}1]`],
  ])('does not parse %s, and keeps the text so far', async (_, content) => {
    const got = await custom(piece({ content: 'Begun. ' }) + event(`{"choices":[{"delta":{"content":${content}}}]}`) + done);
    expect(got).toMatchObject({ text: 'Begun. ', error: { code: 'provider.too_much', details: { reason: 'structure' } } });
    expect(server.asked).toHaveLength(1);
  });

  it('reports an error of nested objects', async () => {
    const got = await ask('custom', (response) => sendJson(response, 400, `${'{"error":'.repeat(7_000)}1${'}'.repeat(7_000)}`));
    expect(got.error).toMatchObject({ code: 'provider.rejected', details: { status: 400 } });
  });

  it("reads an error's body up to a limit", async () => {
    let sent = Promise.resolve(0);
    const got = await ask('custom', (response) => {
      response.writeHead(400);
      response.write('{"error":{"message":"bad"}}');
      sent = flood(response, ' '.repeat(65_536));
    });
    expect(got.error?.code).toBe('provider.rejected');
    expect(await sent).toBeLessThan(64 * answerLimits.errorBytes);
  });

  it('Stop works inside a line without end', async () => {
    const stop = new AbortController();
    let sent = 0;
    const stopLater = (): void => {
      sent += 1;
      if (sent === 50) stop.abort('stop');
    };
    server = await startRawProvider((response) => {
      openStream(response);
      response.write('data: {"choices":[{"delta":{"content":"');
      // Slow enough not to reach the limit.
      const timer = setInterval(() => response.write('x'.repeat(1_000), stopLater), 1);
      response.once('close', () => clearInterval(timer));
    });
    bench = openProviderBench();
    const account = await bench.add('custom', `${server.url}/v1`);
    const { error } = await bench.ask(bench.request([bench.candidate(account)], { signal: stop.signal, turnId: newId() }));
    expect(error?.code).toBe('cancelled');
  });
});
