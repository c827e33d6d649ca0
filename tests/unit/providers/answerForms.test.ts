import type { ErrorCode } from '@shared/model';
import { describe, expect, it } from 'vitest';
import { type AnswerProtocol, hearAnswer } from '../../support/heardAnswer';

const json = JSON.stringify;
const events = (...values: unknown[]): string =>
  values.map((value) => `data: ${typeof value === 'string' ? value : json(value)}\n\n`).join('');
const part = (delta: unknown, finish: unknown = null) => ({ choices: [{ index: 0, delta, finish_reason: finish }] });
const said = (content: unknown, finish: unknown = null) => part({ content }, finish);
const whole = (message: unknown) => ({ choices: [{ index: 0, message, finish_reason: 'stop' }] });
const four = said('Four');
const stop = said('', 'stop');
const done = '[DONE]';
const pretty = (value: unknown): string => JSON.stringify(value, null, 2);
const block = (text: string) => ({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text } });
const messageEnd = [{ type: 'message_delta', delta: { stop_reason: 'end_turn' } }, { type: 'message_stop' }];
const candidate = (text: string, finishReason?: string) => ({
  candidates: [{ content: { parts: [{ text }] }, ...(finishReason && { finishReason }) }],
});
const lines = (...values: unknown[]): string => values.map((value) => `${json(value)}\n`).join('');
const line = (content: string, more: object = { done: false }) => ({ message: { content }, ...more });
const full = { error: { code: 400, message: 'request (19185 tokens) exceeds the available context size (16384 tokens)' } };

interface Heard {
  text?: string;
  thinking?: string;
  code?: ErrorCode | null;
  end?: string | null;
  reason?: string;
  words?: string;
}
type Case = [name: string, body: string, heard?: Heard];

/** Reads each case in one piece and byte by byte: the result must not depend on where the network cuts. */
const hear = (protocol: AnswerProtocol, cases: Case[]): void => {
  it.each(cases)('%s', async (_name, body, heard = {}) => {
    const bytes = [...Buffer.from(body)].map((byte) => Uint8Array.of(byte));
    for (const pieces of [body, bytes]) {
      const { text, thinking, end, error } = await hearAnswer(protocol, pieces);
      const wanted = { text: 'Four', code: null, ...heard };
      expect({
        text,
        code: error?.code ?? null,
        ...('thinking' in heard && { thinking }),
        ...('end' in heard && { end }),
        ...('reason' in heard && { reason: error?.details.reason }),
        ...('words' in heard && { words: error?.details.said }),
      }).toEqual(wanted);
    }
  });
};

describe('the framing of an answer', () => {
  hear('openai', [
    ['objects on lines, and an end', `${lines(four)}[DONE]\n`],
    ['words before the first event', `Warming up\n${events(four, stop)}`],
    ['a byte order mark', `\uFEFF${events(four, stop, done)}`],
    ['carriage returns alone', events(four, stop, done).replaceAll('\n', '\r')],
    ['carriage returns and line feeds', events(four, stop, done).replaceAll('\n', '\r\n')],
    ['names, numbers and times of events', `id: 1\nretry: 3000\nevent:message\ndata:${json(four)}\n\nid: 2\ndata: ${json(stop)}\n\n`],
    ['an event named done', `event:message\ndata:${json(said('Four', ''))}\n\nevent:done\ndata:[DONE]\n\n`],
    ['field names in capitals', `Data: ${json(said('Four', 'stop'))}\n\nDATA: [DONE]\n\n`],
    ['a field name twice', `data: data: ${json(said('Four', 'stop'))}\n\ndata: data: [DONE]\n\n`],
    ['JSON over several data lines', 'data: {"choices":[{"index":0,\ndata: "delta":{"content":"Four"},"finish_reason":"stop"}]}\n\n'],
    ['two events on one line', `data: ${json(said('Fo'))}data: ${json(said('ur', 'stop'))}\n\ndata: [DONE]\n\n`],
    ['the end glued to the last event', `data: ${json(four)}data: [DONE]\n\n`],
    ['the end in quotation marks', events(four, '"[DONE]"')],
    ['the end without a line break', `${events(four)}data:[DONE]`],
    ['the end without its field', `${events(four)}[DONE]\n\n`],
    [
      'a torn event: what came is kept, and it is no whole answer',
      `${events(said('Fo'))}data: {"id":"x","ch${events(said('ur', 'stop'), done)}`,
      { text: 'Fo', code: 'provider.protocol' },
    ],
    [
      'signs of life: null, a number, an empty object, a date',
      events('null', '1', '{}', '2024-04-27 01:35:43.686476', four, '{}', stop, done),
    ],
    ['a typed ping', `event: ping\ndata: {"type": "ping"}\n\n${events(four, stop, done)}`],
    ['comments, then a whole answer', `: PROCESSING\n\n: PROCESSING\n\n${pretty(whole({ content: 'Four' }))}`],
    ['blank lines, then a whole answer', `\n\n\n\n\n${json(whole({ content: 'Four' }))}`],
    ['separators of lines inside the text', events(said('a\u2028b\u2029c\u0085d', 'stop')), { text: 'a\u2028b\u2029c\u0085d' }],
    [
      'raw control characters inside JSON',
      'data: {"choices":[{"delta":{"content":"a\tb\u0001c"},"finish_reason":"stop"}]}\n\n',
      { text: 'a\tb\u0001c' },
    ],
    [
      'backslashes written by hand',
      'data: {"choices":[{"delta":{"content":"\\\\frac and \\(x\\) \\n"},"finish_reason":"stop"}]}\n\n',
      { text: '\\frac and \\(x\\) \n' },
    ],
    [
      "Python's figures",
      'data: {"choices":[{"delta":{"content":"Four: NaN, Infinity"},"logprobs":NaN,"score":-Infinity,"finish_reason":"stop"}]}\n\n',
      { text: 'Four: NaN, Infinity' },
    ],
    ['half a character at the end of a piece', events(said('\ud83d'), said('\ude00'), stop, done), { text: '😀' }],
    ['characters of several bytes', events(said('Été 日本 😀 [1,2]\u00a0é'), stop, done), { text: 'Été 日本 😀 [1,2]\u00a0é' }],
    [
      'pieces of white space',
      events(...['  ', 'a', ' ', ' ', 'b', '\n', '\n', '\n'].map((text) => said(text)), said('\n', 'stop')),
      { text: '  a  b\n\n\n\n' },
    ],
  ]);
});

describe('a failure within an answer', () => {
  hear('openai', [
    [
      "llama.cpp's field for errors",
      `error: {"code":400,"message":"the request exceeds the available context size"}\n\n${events(done)}`,
      { text: '', code: 'provider.context_exceeded' },
    ],
    [
      'the same after words',
      `${events(four)}error: {"code":500,"message":"context shift is disabled","type":"server_error"}\n\n${events(done)}`,
      { code: 'provider.unavailable' },
    ],
    ['JSON without its field', `${events(four)}${json(full)}`, { code: 'provider.context_exceeded' }],
    ['JSON without its field, over several lines', `${events(four)}${pretty(full)}`, { code: 'provider.context_exceeded' }],
    ['JSON over several lines after a comment', `: ping\n\n${pretty(full)}`, { text: '', code: 'provider.context_exceeded' }],
    [
      'in an event, with an end beside it',
      events(
        four,
        { error: { code: 502, message: 'Idle too long.' }, choices: [{ delta: { content: '' }, finish_reason: 'error' }] },
        done,
      ),
      { code: 'provider.unavailable', words: 'Idle too long.' },
    ],
    [
      'in the choice',
      events({ choices: [{ delta: { content: '' }, error: { code: 429, message: 'Too fast.' }, finish_reason: 'error' }] }, done),
      { text: '', code: 'provider.rate_limited', words: 'Too fast.' },
    ],
    [
      'in the choice of a whole answer',
      json({ choices: [{ message: { content: '' }, error: { code: 502, message: 'Gone.' }, finish_reason: 'error' }] }),
      { text: '', code: 'provider.unavailable', words: 'Gone.' },
    ],
    [
      'as text',
      events({ error: 'model requires more system memory' }),
      { text: '', code: 'provider.unavailable', words: 'model requires more system memory' },
    ],
    [
      'in a list',
      json([{ error: { code: 429, message: 'Resource exhausted', status: 'RESOURCE_EXHAUSTED' } }]),
      { text: '', code: 'provider.rate_limited' },
    ],
    [
      'as a list of errors',
      json({ errors: [{ message: 'Too slow.', code: 3046 }] }),
      { text: '', code: 'provider.protocol', words: 'Too slow.' },
    ],
    [
      'quoted by a gateway',
      json({ error: { message: '{"error":{"code":400,"message":"API key not valid."}}', code: 400 } }),
      { text: '', code: 'provider.auth', words: 'API key not valid.' },
    ],
    [
      'beside the words of a gateway',
      json({ error: { message: 'Provider returned error', code: 429, metadata: { raw: 'google/x is rate-limited upstream.' } } }),
      { text: '', code: 'provider.rate_limited', words: 'google/x is rate-limited upstream.' },
    ],
    [
      'an engine that died',
      events(four, { object: 'error', message: 'EngineCore died', type: 'InternalServerError', code: 500 }, done),
      { code: 'provider.unavailable' },
    ],
    ['a detail', events(four, { detail: 'Internal server error' }), { code: 'provider.unavailable' }],
    [
      'a page in the middle',
      `${events(four)}<html><head><title>504 Gateway Time-out</title></head></html>`,
      { code: 'provider.interrupted', words: '504 Gateway Time-out' },
    ],
    ['words in the middle', `${events(four)}upstream connect error or disconnect/reset before headers`, { code: 'provider.interrupted' }],
    [
      'words in place of an event',
      events('Internal Server Error'),
      { text: '', code: 'provider.unavailable', words: 'Internal Server Error' },
    ],
    ['after the end: it takes nothing from the answer', events(four, stop, { error: { message: 'late' } })],
  ]);
});

describe('ends of an answer', () => {
  hear('openai', [
    ['a first piece with the role alone', events(part({ role: 'assistant' }), four, stop, done)],
    ['the name in the other way of writing', events(four, { choices: [{ delta: {}, finish_reason: null, finishReason: 'stop' }] })],
    ['the same, cut', events(four, { choices: [{ delta: {}, finishReason: 'MAX_TOKENS' }] }, done), { end: 'length' }],
    ['details', events(four, { choices: [{ delta: {}, finish_details: { type: 'max_tokens' } }] }, done), { end: 'length' }],
    ['truth values', events(said('Fo', false), said('ur', true), done)],
    ['an end before the last words', events(said('Fo', 'stop'), said('ur'), done)],
    ['an end on each piece, the last one cut', events(said('Fo', 'stop'), said('ur', 'length'), done), { end: 'length' }],
    [
      'cut, and then an end with the usage',
      events(four, said('', 'length'), { ...stop, usage: { prompt_tokens: 1 } }, done),
      { end: 'length' },
    ],
    ['eos', events(four, said('', 'eos'), done)],
    ['abort', events(four, said('', 'abort'), done), { code: 'provider.unavailable' }],
    ['cancelled, on the piece with the words', events(said('Four', 'cancelled'), done), { code: 'provider.unavailable' }],
    ['sensitive', events(four, said('', 'sensitive'), done), { code: 'provider.content_filtered' }],
    ['network_error', events(four, said('', 'network_error'), done), { code: 'provider.unavailable' }],
    ['usage alone after the end', events(four, stop, { choices: null, error: null, usage: { prompt_tokens: 3 } }, done)],
    [
      'a finding of a filter before, without words',
      events({ choices: [], id: '', prompt_filter_results: [{ prompt_index: 0 }] }, four, stop, done),
    ],
    [
      'a filter that failed, in the choice',
      events(
        {
          choices: [
            { delta: { content: 'Four' }, finish_reason: null, content_filter_results: { error: { code: 'content_filter_error' } } },
          ],
        },
        stop,
        done,
      ),
    ],
    [
      'a finding of a filter, without a piece',
      events(four, { choices: [{ content_filter_offsets: {}, finish_reason: null, index: 0 }] }, stop, done),
    ],
  ]);
});

describe('where the words are', () => {
  hear('openai', [
    ['beside an empty piece', json({ choices: [{ delta: {}, message: { content: 'Four' }, finish_reason: 'stop' }] })],
    [
      'beside a blank piece, with thinking',
      json({
        choices: [
          { delta: { content: '', reasoning_content: '' }, message: { content: 'Four', reasoning_content: 'hm' }, finish_reason: 'stop' },
        ],
      }),
      { thinking: 'hm' },
    ],
    [
      'in pieces, and as they have grown',
      events(
        ...[
          ['Fo', 'Fo'],
          ['ur', 'Four'],
          ['', 'Four'],
        ].map(([piece, all]) => ({ choices: [{ delta: { content: piece }, message: { content: all } }] })),
        done,
      ),
    ],
    [
      'a choice of another number',
      events(
        { choices: [{ index: 1, delta: { content: 'Four' }, finish_reason: null }] },
        { choices: [{ index: 1, delta: {}, finish_reason: 'stop' }] },
      ),
    ],
    ['a number as text', events({ choices: [{ index: '0', delta: { content: 'Four' }, finish_reason: 'stop' }] })],
    [
      'numbers that count the pieces',
      events(...['Fo', 'ur', ''].map((content, index) => ({ choices: [{ index, delta: { content } }] })), done),
    ],
    ['a choice that is no list', events({ choices: { index: 0, delta: { content: 'Four' }, finish_reason: 'stop' } }, done)],
    ['a figure', events(said('Four '), said(4), stop, done), { text: 'Four 4' }],
    ['text', events({ choices: [{ delta: { text: 'Four' }, finish_reason: 'stop' }] })],
    ['a piece that is its text', events({ choices: [{ delta: 'Four', finish_reason: 'stop' }] })],
    ['a message that is its text', json({ choices: [{ message: 'Four', finish_reason: 'stop' }] })],
    ['output_text parts', events(said([{ type: 'output_text', text: 'Four' }]), stop)],
    [
      'parts with references',
      events(
        said([
          { type: 'text', text: 'Four' },
          { type: 'reference', reference_ids: [1] },
        ]),
        stop,
      ),
    ],
    ['within data', json({ code: 0, message: 'success', data: whole({ content: 'Four' }) })],
    ['within output', events({ output: whole({ content: 'Four' }), usage: {}, request_id: 'x' })],
    ['within result', json({ result: whole({ content: 'Four' }), success: true, errors: [], messages: [] })],
    ['response', events({ response: 'Fo', p: 'abc' }, { response: 'ur' }, done)],
    [
      'empty calls of tools on each piece',
      events(part({ content: 'Four', tool_calls: [], function_call: {} }), part({ tool_calls: null, function_call: null }, 'stop')),
    ],
    [
      'a refusal in a whole answer',
      json(whole({ content: null, refusal: 'I cannot.' })),
      { text: 'I cannot.', code: 'provider.content_filtered' },
    ],
    [
      'a refusal as a part',
      json(whole({ content: [{ type: 'refusal', refusal: 'I cannot.' }] })),
      { text: 'I cannot.', code: 'provider.content_filtered' },
    ],
    [
      'tools called after words',
      events(part({ content: 'Four', tool_calls: [] }), part({ tool_calls: [] }, 'tool_calls')),
      { code: 'provider.no_answer', reason: 'tool' },
    ],
  ]);
});

describe('where the thinking is', () => {
  const thinks = (name: string, ...values: unknown[]): Case => [name, events(...values, stop, done), { thinking: 'hm' }];
  hear('openai', [
    thinks('with words in one piece', part({ reasoning_content: 'hm', content: 'Four' })),
    thinks('between words', said('Fo'), part({ reasoning: 'hm' }), said('ur')),
    thinks('in an object', part({ reasoning: { content: 'hm' } }), four),
    thinks('beside the piece', { choices: [{ reasoning_content: 'hm', delta: { content: null }, finish_reason: null }] }, four),
    thinks("in a provider's own fields", part({ content: '', provider_specific_fields: { reasoning_content: 'hm' } }), four),
    thinks('thought', part({ thought: 'hm' }), four),
    thinks('a part of the words', said([{ type: 'reasoning_content', reasoning_content: { text: 'hm' } }]), four),
    thinks('a summary in a part', said([{ type: 'reasoning', summary: [{ type: 'summary_text', text: 'hm' }] }]), four),
    thinks(
      'a tag, and a mark beside it',
      part({ content: '<thought>hm', extra_content: { google: { thought: true } } }),
      said('</thought>Four'),
    ),
    [
      'alone, with usage and no end',
      events(part({ reasoning: 'hm' }), { choices: [], usage: {} }, done),
      { text: '', code: 'provider.no_answer', reason: 'thinking' },
    ],
  ]);
});

describe('text that is sent again', () => {
  const answer = 'The answer to all of this is forty-two.';
  const cut = ['The answer ', 'to all of ', 'this is ', 'forty-two.'];
  const pieces = (...texts: string[]): string => events(...texts.map((text) => said(text)), stop, done);
  const stays = (...texts: string[]): Case => [`stays: ${json(texts)}`, pieces(...texts), { text: texts.join('') }];
  hear('openai', [
    ['as it has grown, with each piece', pieces('The', 'The answer', 'The answer to all', answer, answer), { text: answer }],
    ['in two pieces', pieces('The answer', 'The answer is four.'), { text: 'The answer is four.' }],
    ['whole, with the end', events(...cut.map((text) => said(text)), said(answer, 'stop')), { text: answer }],
    ['whole, before the end', pieces(...cut, answer), { text: answer }],
    ['whole, with one word more', pieces(...cut, `${answer} Really.`), { text: `${answer} Really.` }],
    [
      'thinking as it has grown',
      events(
        part({ reasoning_content: 'I th' }),
        part({ reasoning_content: 'I think' }),
        part({ reasoning_content: 'I think so' }),
        four,
        stop,
      ),
      { thinking: 'I think so' },
    ],
    stays('ha', 'ha', 'ha'),
    stays('ha', 'haha'),
    stays('|', '|-', ' a ', '|'),
    stays('1', '10', ' ok'),
    stays('1', '10', '100'),
    stays('-', '--', '---'),
    stays(' The', ' Theory', ' holds'),
    stays('\n', '\n\n', '\n\n\n', 'x'),
    stays('No. ', 'No. '),
    stays(...Array.from({ length: 6 }, () => '- the same line again\n')),
  ]);
});

describe("Anthropic's events", () => {
  hear('anthropic', [
    ['words without the start of a block', events({ type: 'message_start' }, block('Four'), ...messageEnd)],
    ['no last event', events(block('Four'), messageEnd[0])],
    ['no reason', events(block('Four'), messageEnd[1])],
    ['the end of another protocol', events(block('Four'), done)],
    ['no end', events(block('Four'), { type: 'content_block_stop', index: 0 }), { code: 'provider.interrupted' }],
    [
      'words in the start of a block',
      events({ type: 'content_block_start', content_block: { type: 'text', text: 'Four' } }, ...messageEnd),
    ],
    [
      'words in the start of the message',
      events({ type: 'message_start', message: { content: [{ type: 'text', text: 'Four' }] } }, ...messageEnd),
    ],
    [
      'blocks out of order',
      events(
        { type: 'content_block_stop', index: 3 },
        { type: 'content_block_delta', index: 1, delta: { type: 'text_delta', text: 'Fo' } },
        block('ur'),
        ...messageEnd,
      ),
    ],
    ['the reason in the last event', events(block('Four'), { type: 'message_stop', stop_reason: 'max_tokens' }), { end: 'length' }],
    [
      'citations and pings',
      events(
        { type: 'ping' },
        { type: 'content_block_delta', delta: { type: 'citations_delta', citation: {} } },
        block('Four'),
        ...messageEnd,
      ),
    ],
    [
      'an error',
      `${events(block('Four'))}event: error\ndata: {"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}\n\n`,
      { code: 'provider.unavailable', words: 'Overloaded' },
    ],
    [
      'a whole answer without its type',
      json({ id: 'x', role: 'assistant', content: [{ type: 'text', text: 'Four' }], stop_reason: 'end_turn' }),
    ],
    ['words that are no list', json({ type: 'message', content: 'Four', stop_reason: 'end_turn' })],
    ['thinking in a tag', events(block('<think>hm</think>Four'), ...messageEnd), { thinking: 'hm' }],
    [
      'a tool after words',
      events(
        block('Four'),
        { type: 'content_block_start', content_block: { type: 'tool_use', name: 'f' } },
        { type: 'message_delta', delta: { stop_reason: 'tool_use' } },
        { type: 'message_stop' },
      ),
      { code: 'provider.no_answer', reason: 'tool' },
    ],
    [
      'a tool alone, with a common end',
      events({ type: 'content_block_start', content_block: { type: 'tool_use', name: 'f' } }, ...messageEnd),
      { text: '', code: 'provider.no_answer', reason: 'tool' },
    ],
  ]);
});

describe("Google's candidates", () => {
  const elements = `[${json(candidate('Fo'))}\n,\r\n${json(candidate('ur', 'STOP'))}\n]`;
  hear('google', [
    ['a list as it grows', elements],
    ['a list over several lines', pretty([candidate('Fo'), candidate('ur', 'STOP')])],
    ['within a response', events({ response: candidate('Four', 'STOP') })],
    [
      'the names of its libraries',
      events({ candidates: [{ content: { parts: [{ text: 'Four' }] }, finish_reason: 'STOP' }], usage_metadata: {} }),
    ],
    [
      'a signature beside the words',
      events({ candidates: [{ content: { parts: [{ text: 'Four', thoughtSignature: 'x' }] }, finishReason: 'STOP' }] }),
    ],
    [
      'code that it ran',
      events({ candidates: [{ content: { parts: [{ executableCode: { code: 'x' } }, { text: 'Four' }] }, finishReason: 'STOP' }] }),
    ],
    [
      'no call of a function',
      events({ candidates: [{ content: { parts: [{ text: '', functionCall: null }] } }] }, candidate('Four', 'STOP')),
    ],
    [
      'a second candidate',
      events({
        candidates: [{ content: { parts: [{ text: 'Four' }] }, finishReason: 'STOP' }, { content: { parts: [{ text: 'Five' }] } }],
      }),
    ],
    ['feedback without a reason', events({ promptFeedback: { safetyRatings: [] }, ...candidate('Four', 'STOP') })],
    [
      'a blocked question',
      events({ promptFeedback: { blockReason: 'PROHIBITED_CONTENT' }, usageMetadata: {} }),
      { text: '', code: 'provider.content_filtered' },
    ],
    [
      'a blocked question, for other reasons',
      events({ promptFeedback: { blockReason: 'OTHER' } }),
      { text: '', code: 'provider.content_filtered' },
    ],
    [
      'the limit without parts',
      events({ candidates: [{ content: { role: 'model' }, finishReason: 'MAX_TOKENS' }] }),
      { text: '', code: 'provider.no_answer', reason: 'length' },
    ],
    [
      'the limit without content',
      events({ candidates: [{ finishReason: 'MAX_TOKENS', index: 0 }] }),
      { text: '', code: 'provider.no_answer', reason: 'length' },
    ],
    ['an end without words', events({ candidates: [{ content: {}, finishReason: 'STOP' }] }), { text: '', code: 'provider.no_answer' }],
    ['words and no end', events(candidate('Four')), { code: 'provider.interrupted' }],
    [
      'a broken call of a function',
      events({ candidates: [{ content: {}, finishReason: 'MALFORMED_FUNCTION_CALL' }] }),
      { text: '', code: 'provider.no_answer', reason: 'tool' },
    ],
    [
      'a tool that nobody offered',
      events({ candidates: [{ finishReason: 'UNEXPECTED_TOOL_CALL' }] }),
      { text: '', code: 'provider.no_answer', reason: 'tool' },
    ],
    ['a language that it does not speak', events(candidate('Four', 'LANGUAGE')), { code: 'provider.content_filtered' }],
    [
      'an error in a list',
      json([{ error: { code: 503, message: 'The model is overloaded.', status: 'UNAVAILABLE' } }]),
      { text: '', code: 'provider.unavailable' },
    ],
  ]);
});

describe("Ollama's lines", () => {
  hear('ollama', [
    ['blank ones between', `\n\n${lines(line('Four'))}\n\n\n${lines(line('', { done: true }))}\n`],
    ['as events', events(line('Four'), line('', { done: true, done_reason: 'stop' }))],
    ['a reason without an end', lines(line('Four'), line('', { done_reason: 'stop', eval_count: 3 }))],
    ['an end that is text', lines(line('Four', { done: 'false' }), line('', { done: 'true' }))],
    ['of a generated text', lines({ response: 'Fo', done: false }, { response: 'ur', done: true, done_reason: 'stop' })],
    ['two on one line', `${json(line('Fo'))}${json(line('ur', { done: true }))}\n`],
    ['objects over several lines', `${pretty(line('Fo'))}\n${pretty(line('ur', { done: true }))}\n`],
    ['cut at its limit', lines(line('Four', { done: true, done_reason: 'length' })), { end: 'length' }],
    [
      'a model that was only loaded',
      lines(line('', { done: true, done_reason: 'load' })),
      { text: '', code: 'provider.no_answer', reason: 'empty' },
    ],
    [
      'an error after words',
      lines(line('Four'), { error: 'an error was encountered while running the model' }),
      { code: 'provider.unavailable' },
    ],
    ['an error first', lines({ error: 'model runner has unexpectedly stopped' }), { text: '', code: 'provider.unavailable' }],
    ['no end', lines(line('Four')), { code: 'provider.interrupted' }],
    ['half a line', `${lines(line('Four'))}{"message":{"cont`, { code: 'provider.interrupted' }],
    ['a torn line before another', `${lines(line('Four'))}{"message":{"cont\n${lines(line(' and more'))}`, { code: 'provider.protocol' }],
  ]);
});

describe('an answer in the form of another server', () => {
  const forms: [string, string][] = [
    ['completions', events(four, stop, done)],
    ['a whole completion', json(whole({ content: 'Four' }))],
    ['messages', events({ type: 'message_start', message: {} }, block('Four'), ...messageEnd)],
    ['candidates', events(candidate('Four', 'STOP'))],
    ['lines', lines(line('Fo'), line('ur', { done: true, done_reason: 'stop' }))],
  ];
  for (const protocol of ['openai', 'anthropic', 'google', 'ollama'] as const)
    hear(
      protocol,
      forms.map(([name, body]) => [`${protocol}: ${name}`, body]),
    );
});
