import { EmergenceError } from '@shared/model';
import { z } from 'zod';
import { failureError, readFailure } from './failure';
import type { ChatPiece, ChatRequest, Connection, ProtocolClient } from './protocol';

/**
 * Window asked of Ollama where none is known, and the most that is asked unasked: a larger one costs memory, and changing
 * it between calls reloads the model, so it stays the same for all calls to a model.
 */
export const ollamaWindow = { whenUnknown: 8192, most: 16_384 } as const;

const lineSchema = z.object({
  message: z.object({ content: z.string() }).optional(),
  done: z.boolean().optional(),
  done_reason: z.string().optional(),
  prompt_eval_count: z.number().optional(),
  eval_count: z.number().optional(),
  error: z.string().optional(),
});

const protocolError = (cause: unknown): EmergenceError => new EmergenceError('provider.protocol', {}, { cause });

const parseLine = (line: string): z.infer<typeof lineSchema> => {
  try {
    return lineSchema.parse(JSON.parse(line));
  } catch (error) {
    throw protocolError(error);
  }
};

async function* readLines(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const bytes of body) {
    rest += decoder.decode(bytes, { stream: true });
    const lines = rest.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line.trim()) yield line;
  }
  if (rest.trim()) yield rest;
}

/**
 * Ollama's own protocol: its OpenAI-compatible address ignores `num_ctx` and then cuts long prompts silently.
 * Complete only after a line with `done`.
 */
export const createOllamaClient = (connection: Connection): ProtocolClient => {
  const root = connection.baseUrl.replace(/\/+$/, '').replace(/\/(v1|api)$/, '');
  const call = async (path: string, body?: unknown): Promise<Response> => {
    const response = await connection.fetch(`${root}${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { 'content-type': 'application/json', ...(connection.key && { authorization: `Bearer ${connection.key}` }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw failureError(readFailure(response.status, await response.text(), null), undefined);
    return response;
  };

  async function* stream(request: ChatRequest): AsyncGenerator<ChatPiece> {
    const response = await call('/api/chat', {
      model: request.model,
      messages: [...(request.system ? [{ role: 'system', content: request.system }] : []), ...request.messages],
      stream: true,
      options: {
        num_ctx: request.contextTokens ?? ollamaWindow.whenUnknown,
        ...(request.temperature !== null && { temperature: request.temperature }),
        ...(request.maxOutputTokens !== null && { num_predict: request.maxOutputTokens }),
      },
    });
    if (!response.body) throw protocolError(undefined);
    for await (const text of readLines(response.body)) {
      const line = parseLine(text);
      if (line.error !== undefined) throw failureError(readFailure(null, line.error, null), undefined);
      if (line.message?.content) yield { type: 'text', text: line.message.content };
      if (!line.done) continue;
      if (line.eval_count !== undefined) {
        yield { type: 'usage', usage: { inputTokens: line.prompt_eval_count ?? 0, outputTokens: line.eval_count, cachedTokens: 0 } };
      }
      yield { type: 'end', reason: line.done_reason === 'length' ? 'length' : 'stop' };
    }
  }

  return { stream };
};
