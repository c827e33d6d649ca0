import { assertNever } from '@shared/model';
import { createAnthropicClient } from './anthropic';
import { createGoogleClient } from './google';
import { createOllamaClient } from './ollama';
import { createOpenAiClient } from './openai';
import { presetOf } from './presets';
import type { Connection, ProtocolClient } from './protocol';

/** The client that speaks a preset's protocol. */
export const createClient = (connection: Connection): ProtocolClient => {
  if (connection.preset === 'ollama') return createOllamaClient(connection);
  const { protocol } = presetOf(connection.preset);
  switch (protocol) {
    case 'openai':
    case 'openai-compatible':
      return createOpenAiClient(connection);
    case 'anthropic':
      return createAnthropicClient(connection);
    case 'google':
      return createGoogleClient(connection);
    case 'passages':
      throw new Error('The passages answerer has no wire.');
    default:
      return assertNever(protocol);
  }
};
