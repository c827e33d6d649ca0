import { assertNever } from '@shared/model';
import { streamAnthropic } from './anthropic';
import { streamGoogle } from './google';
import { streamOllama } from './ollama';
import { streamOpenAi } from './openai';
import { presetOf } from './presets';
import type { Connection, ProtocolClient } from './protocol';

/** The client that speaks a preset's protocol. */
export const createClient = (connection: Connection): ProtocolClient => {
  if (connection.preset === 'ollama') return { stream: (request) => streamOllama(connection, request) };
  const { protocol } = presetOf(connection.preset);
  switch (protocol) {
    case 'openai':
    case 'openai-compatible':
      return { stream: (request) => streamOpenAi(connection, request) };
    case 'anthropic':
      return { stream: (request) => streamAnthropic(connection, request) };
    case 'google':
      return { stream: (request) => streamGoogle(connection, request) };
    case 'passages':
      throw new Error('The passages answerer has no wire.');
    default:
      return assertNever(protocol);
  }
};
