import { createClient } from '@main/providers/clients';
import { noHabits } from '@main/providers/habits';
import { joined, messageText, type PromptMessage, plainText, textMessage, withTextBefore } from '@main/providers/promptMessage';
import type { ChatRequest } from '@main/providers/protocol';
import { estimateMessageTokens, estimateTokens } from '@main/providers/tokens';
import type { PresetId } from '@shared/model';
import { describe, expect, it, test } from 'vitest';

const image = { type: 'image', mime: 'image/png', data: 'aW1n', tokens: 900 } as const;
const file = { type: 'file', mime: 'application/pdf', name: 'lease.pdf', data: 'cGRm', tokens: 2_000 } as const;
const call = { type: 'toolCall', id: 'call-1', name: 'search', arguments: { query: 'rent' } } as const;
const result = { type: 'toolResult', callId: 'call-1', name: 'search', text: 'No passage.' } as const;

/** The body that a client sends for these messages. */
const bodyFor = async (preset: PresetId, messages: PromptMessage[]): Promise<Record<string, unknown>> => {
  let body = '';
  const client = createClient({
    preset,
    baseUrl: 'http://127.0.0.1:1/v1',
    key: 'k',
    fetch: async (_address, init) => {
      body = String(init?.body);
      throw new TypeError('not sent');
    },
  });
  const request: ChatRequest = {
    model: 'm',
    system: '',
    messages,
    temperature: null,
    maxOutputTokens: 10,
    contextTokens: null,
    habits: noHabits,
  };
  await expect(async () => {
    for await (const _piece of client.stream(request)) expect.unreachable();
  }).rejects.toThrow();
  return JSON.parse(body);
};

describe('the messages of a prompt in the form of each protocol', () => {
  const seen: PromptMessage = { role: 'user', parts: [{ type: 'text', text: 'Read this.' }, image, file] };
  const called: PromptMessage = { role: 'assistant', parts: [{ type: 'text', text: 'I look.' }, call] };
  const answered: PromptMessage = { role: 'tool', parts: [result] };

  it('sends a text alone as a string, which every server reads', async () => {
    const plain = [textMessage('user', 'Hello'), textMessage('assistant', 'Yes?')];
    const sent = [
      { role: 'user', content: 'Hello' },
      { role: 'assistant', content: 'Yes?' },
    ];
    for (const preset of ['openai', 'anthropic', 'ollama'] as const) expect((await bodyFor(preset, plain)).messages).toEqual(sent);
    expect((await bodyFor('google', plain)).contents).toEqual([
      { role: 'user', parts: [{ text: 'Hello' }] },
      { role: 'model', parts: [{ text: 'Yes?' }] },
    ]);
  });

  it('sends images, files, tool calls and their results as OpenAI does', async () => {
    expect((await bodyFor('openai', [seen, called, answered])).messages).toEqual([
      {
        role: 'user',
        content: [
          { type: 'text', text: 'Read this.' },
          { type: 'image_url', image_url: { url: 'data:image/png;base64,aW1n' } },
          { type: 'file', file: { filename: 'lease.pdf', file_data: 'data:application/pdf;base64,cGRm' } },
        ],
      },
      {
        role: 'assistant',
        content: 'I look.',
        tool_calls: [{ id: 'call-1', type: 'function', function: { name: 'search', arguments: '{"query":"rent"}' } }],
      },
      { role: 'tool', tool_call_id: 'call-1', content: 'No passage.' },
    ]);
    expect((await bodyFor('openai', [{ role: 'assistant', parts: [call] }])).messages).toMatchObject([{ content: null }]);
  });

  it('sends them as Anthropic does', async () => {
    expect((await bodyFor('anthropic', [seen, called, answered])).messages).toEqual([
      {
        role: 'user',
        content: [
          { type: 'text', text: 'Read this.' },
          { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'aW1n' } },
          { type: 'document', source: { type: 'base64', media_type: 'application/pdf', data: 'cGRm' }, title: 'lease.pdf' },
        ],
      },
      {
        role: 'assistant',
        content: [
          { type: 'text', text: 'I look.' },
          { type: 'tool_use', id: 'call-1', name: 'search', input: { query: 'rent' } },
        ],
      },
      { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'call-1', content: 'No passage.' }] },
    ]);
  });

  it('sends them as Google does', async () => {
    expect((await bodyFor('google', [seen, called, answered])).contents).toEqual([
      {
        role: 'user',
        parts: [
          { text: 'Read this.' },
          { inlineData: { mimeType: 'image/png', data: 'aW1n' } },
          { inlineData: { mimeType: 'application/pdf', data: 'cGRm' } },
        ],
      },
      { role: 'model', parts: [{ text: 'I look.' }, { functionCall: { name: 'search', args: { query: 'rent' } } }] },
      { role: 'user', parts: [{ functionResponse: { name: 'search', response: { result: 'No passage.' } } }] },
    ]);
  });

  it('sends them as Ollama does, which takes no files', async () => {
    const pictured: PromptMessage = { role: 'user', parts: [{ type: 'text', text: 'Read this.' }, image] };
    expect((await bodyFor('ollama', [pictured, called, answered])).messages).toEqual([
      { role: 'user', content: 'Read this.', images: ['aW1n'] },
      { role: 'assistant', content: 'I look.', tool_calls: [{ function: { name: 'search', arguments: { query: 'rent' } } }] },
      { role: 'tool', tool_name: 'search', content: 'No passage.' },
    ]);
    await expect(bodyFor('ollama', [seen])).rejects.toThrow();
  });
});

test('tokens are estimated part by part', () => {
  const words = estimateMessageTokens(textMessage('user', 'Read this.'));
  expect(words).toBe(estimateTokens('Read this.') + 4);
  expect(estimateMessageTokens({ role: 'user', parts: [{ type: 'text', text: 'Read this.' }, image, file] })).toBe(words + 2_900);
  expect(estimateMessageTokens({ role: 'assistant', parts: [call] })).toBe(4 + estimateTokens('search{"query":"rent"}'));
  expect(estimateMessageTokens({ role: 'tool', parts: [result] })).toBe(4 + estimateTokens('No passage.'));
});

test('neighbours of one role become one message without losing a part', () => {
  expect(joined(textMessage('user', 'One'), textMessage('user', 'two'))).toEqual(textMessage('user', 'One\n\ntwo'));
  expect(joined({ role: 'user', parts: [image] }, textMessage('user', 'two')).parts).toEqual([image, { type: 'text', text: 'two' }]);
  expect(joined(textMessage('user', 'One'), { role: 'user', parts: [image] }).parts).toEqual([{ type: 'text', text: 'One' }, image]);
  expect(withTextBefore('Be brief.', { role: 'user', parts: [image] }).parts).toEqual([{ type: 'text', text: 'Be brief.' }, image]);
});

test('the text of a message is that of its text parts', () => {
  const message: PromptMessage = { role: 'assistant', parts: [{ type: 'text', text: 'One' }, call, { type: 'text', text: 'two' }] };
  expect(messageText(message)).toBe('One\n\ntwo');
  expect([plainText(message), plainText(textMessage('user', 'x'))]).toEqual([null, 'x']);
});
