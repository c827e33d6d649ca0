import { describe, expect, it } from 'vitest';
import { type AnswerProtocol, hearAnswer as hear } from '../../support/heardAnswer';

const events = (...values: unknown[]): string =>
  values.map((value) => `data: ${typeof value === 'string' ? value : JSON.stringify(value)}\n\n`).join('');
const piece = (content: string, finish: unknown = null) => ({ choices: [{ index: 0, delta: { content }, finish_reason: finish }] });
const message = (content: string, finish: unknown = null) => ({ choices: [{ index: 0, message: { content }, finish_reason: finish }] });
const said = { type: 'content_block_delta', delta: { type: 'text_delta', text: 'Four' } };

const ended: Record<AnswerProtocol, (reason: unknown) => string> = {
  openai: (reason) => events(piece('Four'), piece('', reason), '[DONE]'),
  anthropic: (reason) => events(said, { type: 'message_delta', delta: { stop_reason: reason } }, { type: 'message_stop' }),
  google: (reason) => events({ candidates: [{ content: { parts: [{ text: 'Four' }] }, finishReason: reason }] }),
  ollama: (reason) => `${JSON.stringify({ message: { content: 'Four' }, done: true, done_reason: reason })}\n`,
};
const protocols = Object.keys(ended) as AnswerProtocol[];

describe('the end of an answer, in the words of one server over the protocol of another', () => {
  it.each([
    'length',
    'MAX_TOKENS',
    'max_output_tokens',
    'model_context_window_exceeded',
    'context_length_exceeded',
    'truncated',
    'incomplete',
  ])('%s means that it was cut', async (reason) => {
    for (const protocol of protocols) expect(await hear(protocol, ended[protocol](reason)), protocol).toMatchObject({ end: 'length' });
  });

  it.each(['content_filter', 'content-filter', 'SAFETY', 'refusal', 'moderation', 'blocked', 'policy_violation', 'guardrail_intervened'])(
    '%s means that it was filtered',
    async (reason) => {
      for (const protocol of protocols)
        expect((await hear(protocol, ended[protocol](reason))).error?.code, protocol).toBe('provider.content_filtered');
    },
  );

  it.each(['error', 'network_error', 'aborted', 'MALFORMED_RESPONSE'])('%s means that it failed', async (reason) => {
    for (const protocol of protocols) {
      const heard = await hear(protocol, ended[protocol](reason));
      expect(heard.error?.code, protocol).toBe('provider.unavailable');
      expect(heard.text).toBe('Four');
    }
  });

  it.each(['stop', 'STOP', 'end_turn', 'stop_sequence', 'eos_token', 'COMPLETE', 'other', 'unknown'])(
    '%s means that it is complete',
    async (reason) => {
      for (const protocol of protocols)
        expect(await hear(protocol, ended[protocol](reason)), protocol).toMatchObject({ end: 'stop', error: null });
    },
  );

  it('a reason within an object is read too', async () => {
    expect(await hear('openai', ended.openai({ type: 'length' }))).toMatchObject({ end: 'length' });
  });
});

describe('an answer of status 200', () => {
  it.each([{}, [], 0, { code: 0, message: '' }, { code: null, message: null }])(
    'is no failure with an empty error beside it: %j',
    async (error) => {
      const body = events({ ...piece('Four'), error }, { ...piece('', 'stop'), error }, '[DONE]');
      expect(await hear('openai', body)).toMatchObject({ text: 'Four', error: null });
    },
  );

  it.each([
    ['MiniMax', { choices: null, base_resp: { status_code: 1004, status_msg: 'login fail' } }, 'login fail'],
    ['Cloudflare', { success: false, errors: [{ code: 10000, message: 'Authentication error' }], result: null }, 'Authentication error'],
    ['a gateway', { message: 'Invalid API key' }, 'Invalid API key'],
    ['Baidu', { error_code: 110, error_msg: 'Access token invalid' }, 'Access token invalid'],
    ['DashScope', { code: 'InvalidApiKey', message: 'Invalid API-key provided.', request_id: 'x' }, 'Invalid API-key provided.'],
    ['a status', { status: 'error', message: 'No such model' }, 'No such model'],
  ])('reports the failure in it, as %s does', async (_name, value, words) => {
    expect((await hear('openai', JSON.stringify(value))).error?.details.said).toBe(words);
  });

  it('treats an event named error as an error, even an empty one', async () => {
    const heard = await hear('openai', `${events(piece('Four'))}event: error\ndata: {}\n\n`);
    expect(heard.error?.code).toBe('provider.protocol');
  });

  it('loses nothing of a stream of whole messages, growing or following each other', async () => {
    for (const pieces of [
      [message('Fo'), message('ur'), message('', 'stop')],
      [message('Fo'), message('Four'), message('Four', 'stop')],
      [message('Four', 'stop')],
      [piece('Fo'), piece('ur'), message('Four', 'stop')],
    ])
      expect(await hear('openai', events(...pieces, '[DONE]'))).toMatchObject({ text: 'Four', error: null });
    expect(await hear('openai', events(message('ha'), message('ha'), message('', 'stop')))).toMatchObject({ text: 'haha' });
  });

  it.each(['ping', 'keep-alive', '[done]', 'DONE', '[END]'])('ignores a sign of life or of the end that is no JSON: %s', async (sign) => {
    const body = /^\[?(?:done|end)/i.test(sign)
      ? events(piece('Four'), sign)
      : events(sign, piece('Four'), sign, piece('', 'stop'), '[DONE]');
    expect(await hear('openai', body)).toMatchObject({ text: 'Four', error: null });
  });
});
