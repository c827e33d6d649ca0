import { endpointOf, keyHeaders } from './endpoint';
import { endReason } from './ends';
import { readEvents, streamDone } from './eventStream';
import { foldSystem, outputLimit } from './habits';
import { entriesOf, fieldsOf, wordsOf } from './loose';
import { failureIn, post } from './post';
import type { ChatPiece, ChatRequest, Connection } from './protocol';
import { reportedUsage } from './usage';

/**
 * Window asked of Ollama where none is known, and the most that is asked unasked: a larger one costs memory, and changing
 * it between calls reloads the model, so it stays the same for all calls to a model.
 */
export const ollamaWindow = { whenUnknown: 8192, most: 16_384 } as const;

const bodyOf = (request: ChatRequest): Record<string, unknown> => {
  const { temperature, contextTokens, habits } = request;
  const { system, messages } = foldSystem(request);
  const limit = outputLimit(request);
  return {
    model: request.model,
    messages: [...(system ? [{ role: 'system', content: system }] : []), ...messages],
    stream: !habits.without.includes('stream'),
    options: {
      ...(!habits.without.includes('window') && { num_ctx: contextTokens ?? ollamaWindow.whenUnknown }),
      ...(temperature !== null && !habits.without.includes('temperature') && { temperature }),
      ...(limit !== null && !habits.without.includes('limit') && { num_predict: limit }),
    },
  };
};

async function* readLines(events: AsyncIterable<unknown>): AsyncGenerator<ChatPiece, void, void> {
  let tool = false;
  let said = false;
  for await (const event of events) {
    if (event === streamDone) return;
    const failure = failureIn(event);
    if (failure) throw failure;
    const { message, done, done_reason: reason, prompt_eval_count: input, eval_count: output } = fieldsOf(event);
    const { content, thinking, tool_calls: calls } = fieldsOf(message);
    if (wordsOf(thinking)) yield { type: 'thinking', text: wordsOf(thinking) };
    if (wordsOf(content)) yield { type: 'text', text: wordsOf(content) };
    said ||= wordsOf(content) !== '';
    tool ||= entriesOf(calls).length > 0;
    if (done !== true) continue;
    if (output !== undefined) yield { type: 'usage', usage: reportedUsage({ input: input ?? 0, output, cached: 0 }) };
    const ended = endReason(reason) ?? 'stop';
    yield { type: 'end', reason: ended === 'stop' && tool && !said ? 'tool' : ended, bare: true };
    return;
  }
}

/** A chat over Ollama's own protocol: its OpenAI-compatible address ignores `num_ctx` and then cuts long prompts silently. */
export const streamOllama = async function* (connection: Connection, request: ChatRequest): AsyncGenerator<ChatPiece, void, void> {
  const body = await post(connection, endpointOf(connection.baseUrl.replace(/\/(v1|api)\/?$/, ''), '/api/chat'), {
    headers: keyHeaders(connection.baseUrl, connection.key),
    body: bodyOf(request),
  });
  yield* readLines(readEvents(body));
};
