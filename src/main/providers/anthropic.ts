import Anthropic from '@anthropic-ai/sdk';
import { failureError, readFailure } from './failure';
import { type ChatPiece, type ChatRequest, type Connection, type ProtocolClient, withNamedErrors } from './protocol';

/** The protocol demands a limit; used where the person set none. */
const defaultOutputTokens = 8192;

/** Anthropic's messages. Complete only after `message_stop`. It has no `temperature` any more. */
export const createAnthropicClient = (connection: Connection): ProtocolClient => {
  const client = new Anthropic({
    apiKey: connection.key ?? '',
    authToken: null,
    webhookKey: null,
    baseURL: connection.baseUrl,
    maxRetries: 0,
    logLevel: 'off',
    fetch: connection.fetch,
  });

  const named = (error: unknown): unknown =>
    error instanceof Anthropic.APIError &&
    !(error instanceof Anthropic.APIConnectionError) &&
    !(error instanceof Anthropic.APIUserAbortError)
      ? failureError(readFailure(error.status ?? null, error.error ?? error.message, null), error)
      : error;

  async function* stream(request: ChatRequest): AsyncGenerator<ChatPiece> {
    const usage = { inputTokens: 0, outputTokens: 0, cachedTokens: 0 };
    let reason: Extract<ChatPiece, { type: 'end' }>['reason'] = 'stop';
    const events = await client.messages.create({
      model: request.model,
      max_tokens: request.maxOutputTokens ?? defaultOutputTokens,
      ...(request.system && { system: request.system }),
      messages: request.messages,
      stream: true,
    });
    for await (const event of events) {
      switch (event.type) {
        case 'message_start': {
          const start = event.message.usage;
          usage.cachedTokens = start.cache_read_input_tokens ?? 0;
          usage.inputTokens = start.input_tokens + usage.cachedTokens + (start.cache_creation_input_tokens ?? 0);
          usage.outputTokens = start.output_tokens;
          yield { type: 'usage', usage: { ...usage } };
          break;
        }
        case 'content_block_delta':
          if (event.delta.type === 'text_delta') yield { type: 'text', text: event.delta.text };
          break;
        case 'message_delta':
          usage.outputTokens = event.usage.output_tokens;
          if (event.delta.stop_reason === 'refusal') reason = 'filtered';
          if (event.delta.stop_reason === 'max_tokens') reason = 'length';
          yield { type: 'usage', usage: { ...usage } };
          break;
        case 'message_stop':
          yield { type: 'end', reason };
          break;
        default:
          // Blocks that open and close, and kinds of events that the protocol may add: nothing to show.
          break;
      }
    }
  }

  return withNamedErrors(named, { stream });
};
