import { assertNever } from '@shared/model';
import { type AnswerForm, readAnswer } from './answer';
import { postAnthropic } from './anthropic';
import { readEvents } from './eventStream';
import { postGoogle } from './google';
import { postOllama } from './ollama';
import { postOpenAi } from './openai';
import { presetOf } from './presets';
import type { ChatRequest, Connection, ProtocolClient } from './protocol';

interface Wording {
  post(connection: Connection, request: ChatRequest): Promise<ReadableStream<Uint8Array>>;
  form: AnswerForm;
}

const wordingOf = ({ preset }: Connection): Wording => {
  if (preset === 'ollama') return { post: postOllama, form: 'line' };
  const { protocol } = presetOf(preset);
  switch (protocol) {
    case 'openai':
    case 'openai-compatible':
      return { post: postOpenAi, form: 'completion' };
    case 'anthropic':
      return { post: postAnthropic, form: 'message' };
    case 'google':
      return { post: postGoogle, form: 'candidate' };
    case 'passages':
      throw new Error('The passages answerer has no transport.');
    default:
      return assertNever(protocol);
  }
};

/** The client that speaks a preset's protocol. */
export const createClient = (connection: Connection): ProtocolClient => {
  const { post, form } = wordingOf(connection);
  return {
    stream: async function* (request) {
      yield* readAnswer(readEvents(await post(connection, request)), form);
    },
  };
};
