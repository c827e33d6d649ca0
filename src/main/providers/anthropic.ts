import { assertNever, EmergenceError } from '@shared/model';
import { endpointOf } from './endpoint';
import { endReason } from './ends';
import { defaultOutputTokens, foldSystem, outputLimit } from './habits';
import { entriesOf, fieldsOf, wordsOf } from './loose';
import { type PromptMessage, type PromptPart, plainText } from './promptMessage';
import type { AnswerReader, ChatPiece, ChatRequest, Connection, EndReason } from './protocol';
import { postWithAnthropic } from './sdks';
import { reportedUsage, tokenCount } from './usage';

const blockOf = (part: PromptPart): Record<string, unknown> => {
  switch (part.type) {
    case 'text':
      return { type: 'text', text: part.text };
    case 'image':
      return { type: 'image', source: { type: 'base64', media_type: part.mime, data: part.data } };
    case 'file':
      return { type: 'document', source: { type: 'base64', media_type: part.mime, data: part.data }, title: part.name };
    case 'toolCall':
      return { type: 'tool_use', id: part.id, name: part.name, input: part.arguments };
    case 'toolResult':
      return { type: 'tool_result', tool_use_id: part.callId, content: part.text };
    default:
      return assertNever(part);
  }
};

/** A message in Anthropic's form; results of tools are the person's there. */
const toAnthropic = (message: PromptMessage): Record<string, unknown> => ({
  role: message.role === 'tool' ? 'user' : message.role,
  content: plainText(message) ?? message.parts.map(blockOf),
});

const bodyOf = (request: ChatRequest): Record<string, unknown> => {
  const { system, messages } = foldSystem(request);
  const limit = outputLimit(request) ?? Math.min(defaultOutputTokens, request.habits.mostOutput ?? defaultOutputTokens);
  return {
    model: request.model,
    max_tokens: limit,
    ...(system && { system }),
    messages: messages.map(toAnthropic),
    ...(!request.habits.without.includes('stream') && { stream: true }),
  };
};

/** Text or thinking of a block or of a piece of one. Anthropic sends thinking that it hides as a block without words. */
const contentPieces = (block: unknown): ChatPiece[] => {
  const { type, text, thinking } = fieldsOf(block);
  if (type === 'redacted_thinking') return [{ type: 'thinking', text: '' }];
  const thought = wordsOf(thinking);
  const words = wordsOf(text);
  return [...(thought ? [{ type: 'thinking', text: thought } as const] : []), ...(words ? [{ type: 'text', text: words } as const] : [])];
};

/** Reads Anthropic's messages, as events or whole. */
export const createMessageReader = (): AnswerReader => {
  let reason: EndReason | null = null;
  let cached = 0;
  let hasText = false;
  let tool = false;
  let ended = false;

  const usageIn = (figures: unknown): ChatPiece[] => {
    if (!figures) return [];
    const { input_tokens: fresh, output_tokens: output, cache_read_input_tokens, cache_creation_input_tokens } = fieldsOf(figures);
    cached = tokenCount(cache_read_input_tokens) ?? cached;
    const read = tokenCount(fresh);
    // Anthropic counts newly read tokens apart from those of the cache.
    const input = read === null ? null : read + cached + (tokenCount(cache_creation_input_tokens) ?? 0);
    return [{ type: 'usage', usage: reportedUsage({ input, output, cached }) }];
  };
  const blockIn = (block: unknown): ChatPiece[] => {
    tool ||= fieldsOf(block).type === 'tool_use';
    const pieces = contentPieces(block);
    hasText ||= pieces.some(({ type }) => type === 'text');
    return pieces;
  };
  const contentIn = (content: unknown): ChatPiece[] =>
    typeof content === 'string' ? blockIn({ text: content }) : entriesOf(content).flatMap(blockIn);
  const end = (): ChatPiece[] => {
    ended = true;
    return [{ type: 'end', reason: tool && !hasText && (reason ?? 'stop') === 'stop' ? 'tool' : (reason ?? 'stop'), bare: true }];
  };
  const piecesIn = (event: Record<string, unknown>): ChatPiece[] => {
    switch (event.type) {
      case 'message_start': {
        const { usage, content } = fieldsOf(event.message);
        return [...usageIn(usage), ...contentIn(content)];
      }
      case 'content_block_start':
        return blockIn(event.content_block);
      case 'content_block_delta':
        return blockIn(event.delta);
      case 'message_delta':
        return [...contentIn(event.content), ...usageIn(event.usage)];
      case 'message_stop':
        return [...usageIn(event.usage), ...end()];
      default:
        // Pings, the end of a block, and event types added to the protocol later have nothing to show. A whole message has content.
        if (!('content' in event)) return [];
        return [...contentIn(event.content), ...usageIn(event.usage), ...end()];
    }
  };

  return {
    take: function* (event) {
      if (ended) return yield* usageIn(event.usage);
      const ending = endReason(event.stop_reason ?? fieldsOf(event.delta).stop_reason);
      if (!(ending instanceof EmergenceError)) reason = ending ?? reason;
      yield* piecesIn(event);
      if (ending instanceof EmergenceError) throw ending;
    },
    end: (done) => (!ended && (reason !== null || (done && hasText)) ? end() : []),
  };
};

/** Requests a chat over Anthropic's messages. The protocol no longer has a `temperature`. */
export const postAnthropic = (connection: Connection, request: ChatRequest): Promise<ReadableStream<Uint8Array>> =>
  postWithAnthropic(connection, {
    address: endpointOf(connection.baseUrl.replace(/\/v1\/?$/, ''), '/v1/messages'),
    headers: {},
    body: bodyOf(request),
  });
