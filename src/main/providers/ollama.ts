import { EmergenceError } from '@shared/model';
import { endpointOf, keyHeaders } from './endpoint';
import { endReason } from './ends';
import { foldSystem, outputLimit } from './habits';
import { entriesOf, fieldsOf, wordsOf } from './loose';
import { post } from './post';
import { messageText, type PromptMessage } from './promptMessage';
import type { AnswerReader, ChatRequest, Connection } from './protocol';
import { reportedUsage } from './usage';

/**
 * The window requested from Ollama where none is known, and the largest one requested by default: a larger one costs memory.
 * Changing it between calls reloads the model, so it is the same for all calls to a model.
 */
export const ollamaWindow = { whenUnknown: 8192, most: 16_384 } as const;

/** A message in Ollama's form: one message for each tool result. Ollama takes images, but no other files. */
const toOllama = (message: PromptMessage): Record<string, unknown>[] => {
  const results = message.parts.flatMap((part) => (part.type === 'toolResult' ? [part] : []));
  if (message.role === 'tool') return results.map(({ name, text }) => ({ role: 'tool', tool_name: name, content: text }));
  if (message.parts.some(({ type }) => type === 'file')) throw new EmergenceError('provider.rejected', { field: 'file' });
  const images = message.parts.flatMap((part) => (part.type === 'image' ? [part.data] : []));
  const calls = message.parts.flatMap((part) =>
    part.type === 'toolCall' ? [{ function: { name: part.name, arguments: part.arguments } }] : [],
  );
  return [
    {
      role: message.role,
      content: messageText(message),
      ...(images.length > 0 && { images }),
      ...(calls.length > 0 && { tool_calls: calls }),
    },
  ];
};

const bodyOf = (request: ChatRequest): Record<string, unknown> => {
  const { temperature, contextTokens, habits } = request;
  const { system, messages } = foldSystem(request);
  const limit = outputLimit(request);
  return {
    model: request.model,
    messages: [...(system ? [{ role: 'system', content: system }] : []), ...messages.flatMap(toOllama)],
    stream: !habits.without.includes('stream'),
    options: {
      ...(!habits.without.includes('window') && { num_ctx: contextTokens ?? ollamaWindow.whenUnknown }),
      ...(temperature !== null && !habits.without.includes('temperature') && { temperature }),
      ...(limit !== null && !habits.without.includes('limit') && { num_predict: limit }),
    },
  };
};

const isSo = (value: unknown): boolean => value === true || value === 'true';

/** Reads Ollama's lines, of a chat or of a generated text. */
export const createLineReader = (): AnswerReader => {
  let tool = false;
  let said = false;
  let ended = false;
  return {
    take: function* ({ message, response, thinking: beside, done, done_reason: why, prompt_eval_count: input, eval_count: output }) {
      if (ended) return;
      const { content, thinking, tool_calls: calls } = fieldsOf(message);
      const thought = wordsOf(thinking) || wordsOf(beside);
      const words = wordsOf(content) || wordsOf(response);
      if (thought) yield { type: 'thinking', text: thought };
      if (words) yield { type: 'text', text: words };
      said ||= words !== '';
      tool ||= entriesOf(calls).length > 0;
      const reason = endReason(why);
      if (reason instanceof EmergenceError) throw reason;
      if (!isSo(done) && reason === null) return;
      ended = true;
      if (output !== undefined) yield { type: 'usage', usage: reportedUsage({ input: input ?? 0, output, cached: 0 }) };
      const end = reason ?? 'stop';
      yield { type: 'end', reason: end === 'stop' && tool && !said ? 'tool' : end, bare: true };
    },
    end: (done) => (done && said && !ended ? [{ type: 'end', reason: 'stop', bare: true }] : []),
  };
};

/**
 * Requests a chat over Ollama's own protocol: its OpenAI-compatible address ignores `num_ctx` and then cuts long prompts silently.
 */
export const postOllama = (connection: Connection, request: ChatRequest): Promise<ReadableStream<Uint8Array>> =>
  post(connection, endpointOf(connection.baseUrl.replace(/\/(v1|api)\/?$/, ''), '/api/chat'), {
    headers: keyHeaders(connection.baseUrl, connection.key),
    body: bodyOf(request),
  });
