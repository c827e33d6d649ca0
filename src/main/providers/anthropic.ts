import { endpointOf } from './endpoint';
import { endReason } from './ends';
import { readEvents, streamDone } from './eventStream';
import { defaultOutputTokens, foldSystem, outputLimit } from './habits';
import { entriesOf, fieldsOf, wordsOf } from './loose';
import { failureIn } from './post';
import type { ChatPiece, ChatRequest, Connection, EndReason } from './protocol';
import { postWithAnthropic } from './sdks';
import { reportedUsage, tokenCount } from './usage';

const bodyOf = (request: ChatRequest): Record<string, unknown> => {
  const { system, messages } = foldSystem(request);
  const limit = outputLimit(request) ?? Math.min(defaultOutputTokens, request.habits.mostOutput ?? defaultOutputTokens);
  return {
    model: request.model,
    max_tokens: limit,
    ...(system && { system }),
    messages,
    ...(!request.habits.without.includes('stream') && { stream: true }),
  };
};

/** Text or thinking of a block or of a piece of one. Thinking that Anthropic keeps to itself has no words. */
const saidIn = (block: unknown): ChatPiece[] => {
  const { type, text, thinking } = fieldsOf(block);
  if (type === 'redacted_thinking') return [{ type: 'thinking', text: '' }];
  const thought = wordsOf(thinking);
  const words = wordsOf(text);
  return [...(thought ? [{ type: 'thinking', text: thought } as const] : []), ...(words ? [{ type: 'text', text: words } as const] : [])];
};

async function* readMessage(events: AsyncIterable<unknown>): AsyncGenerator<ChatPiece, void, void> {
  let reason: EndReason | null = null;
  let cached = 0;
  const usageIn = (figures: unknown): ChatPiece[] => {
    const { input_tokens: fresh, output_tokens: output, cache_read_input_tokens, cache_creation_input_tokens } = fieldsOf(figures);
    cached = tokenCount(cache_read_input_tokens) ?? cached;
    const read = tokenCount(fresh);
    // Anthropic counts the tokens read anew apart from those of the cache.
    const input = read === null ? null : read + cached + (tokenCount(cache_creation_input_tokens) ?? 0);
    return [{ type: 'usage', usage: reportedUsage({ input, output, cached }) }];
  };
  for await (const event of events) {
    if (event === streamDone) break;
    const failure = failureIn(event);
    if (failure) throw failure;
    const fields = fieldsOf(event);
    switch (fields.type) {
      case 'message_start':
        yield* usageIn(fieldsOf(fields.message).usage);
        break;
      case 'content_block_start':
        yield* saidIn(fields.content_block);
        break;
      case 'content_block_delta':
        yield* saidIn(fields.delta);
        break;
      case 'message_delta':
      // A whole message, where a stream was asked for.
      case 'message': {
        for (const block of entriesOf(fields.content)) yield* saidIn(block);
        if (fields.usage) yield* usageIn(fields.usage);
        const whole = fields.type === 'message';
        reason = endReason(whole ? fields.stop_reason : fieldsOf(fields.delta).stop_reason) ?? (whole ? 'stop' : reason);
        break;
      }
      case 'message_stop':
        yield { type: 'end', reason: reason ?? 'stop', bare: true };
        return;
      default:
        // Pings, the end of a block, and kinds of events that the protocol may add: nothing to show.
        break;
    }
  }
  if (reason !== null) yield { type: 'end', reason, bare: true };
}

/** A chat over Anthropic's messages. It has no `temperature` any more. */
export const streamAnthropic = async function* (connection: Connection, request: ChatRequest): AsyncGenerator<ChatPiece, void, void> {
  const body = await postWithAnthropic(connection, {
    address: endpointOf(connection.baseUrl.replace(/\/v1\/?$/, ''), '/v1/messages'),
    headers: {},
    body: bodyOf(request),
  });
  yield* readMessage(readEvents(body));
};
