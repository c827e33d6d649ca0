import { createClient } from '@main/providers/clients';
import { noHabits } from '@main/providers/habits';
import { createHearing } from '@main/providers/hearing';
import { textMessage } from '@main/providers/promptMessage';
import type { ChatRequest } from '@main/providers/protocol';
import { toEmergenceError } from '@shared/model';

const presets = { openai: 'custom', anthropic: 'anthropic', google: 'google', ollama: 'ollama' } as const;
export type AnswerProtocol = keyof typeof presets;

const request: ChatRequest = {
  model: 'm',
  system: '',
  messages: [textMessage('user', 'How many?')],
  temperature: null,
  maxOutputTokens: null,
  contextTokens: null,
  habits: noHabits,
};

/** The outcome of a call whose server answers 200 with this body, in these pieces. */
export const hearAnswer = async (protocol: AnswerProtocol, body: string | readonly Uint8Array[]) => {
  let text = '';
  let thinking = '';
  const hearing = createHearing({
    push: (event) => {
      if (event.type === 'delta') text += event.text;
      if (event.type === 'thinking') thinking += event.text;
      if (event.type === 'rethink') [thinking, text] = [thinking + text, ''];
    },
    elapsed: () => 0,
    stopped: () => false,
  });
  const stream =
    typeof body === 'string'
      ? body
      : new ReadableStream({
          start: (sink) => {
            for (const piece of body) sink.enqueue(piece);
            sink.close();
          },
        });
  let error: unknown = null;
  try {
    const connection = {
      preset: presets[protocol],
      baseUrl: 'http://127.0.0.1:9/v1',
      key: null,
      fetch: async () => new Response(stream),
    } as const;
    for await (const piece of createClient(connection).stream(request)) await hearing.take(piece);
  } catch (thrown) {
    if (!hearing.isWhole) error = thrown;
  }
  hearing.close();
  error ??= hearing.verdict();
  return { text, thinking, end: hearing.end, usage: hearing.reported, error: error === null ? null : toEmergenceError(error) };
};
