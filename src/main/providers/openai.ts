import { EmergenceError, type PresetId } from '@shared/model';
import OpenAI from 'openai';
import { z } from 'zod';
import { failureError, readFailure } from './failure';
import { type ChatPiece, type ChatRequest, type Connection, type ProtocolClient, withNamedErrors } from './protocol';

/** The fields beyond the common ones that each service takes. Mistral rejects unknown fields, so a field is listed where it is known. */
interface Dialect {
  /** `stream_options.include_usage`; others send usage unasked. */
  askUsage: boolean;
  limit: 'max_tokens' | 'max_completion_tokens';
  /** Models that refuse `temperature`. */
  fixedTemperature: RegExp | null;
}

const dialects: Record<Exclude<PresetId, 'anthropic' | 'google'>, Dialect> = {
  openai: { askUsage: true, limit: 'max_completion_tokens', fixedTemperature: /^(o\d|gpt-5)/ },
  mistral: { askUsage: false, limit: 'max_tokens', fixedTemperature: null },
  deepseek: { askUsage: true, limit: 'max_tokens', fixedTemperature: /reasoner/ },
  openrouter: { askUsage: true, limit: 'max_tokens', fixedTemperature: null },
  lmstudio: { askUsage: true, limit: 'max_tokens', fixedTemperature: null },
  // Chats go through its own protocol (ollama.ts).
  ollama: { askUsage: true, limit: 'max_tokens', fixedTemperature: null },
  custom: { askUsage: true, limit: 'max_tokens', fixedTemperature: null },
};

const endReason = (reason: string): Extract<ChatPiece, { type: 'end' }>['reason'] =>
  reason === 'length' || reason === 'model_length' ? 'length' : reason === 'content_filter' ? 'filtered' : 'stop';

const partsSchema = z.array(z.object({ type: z.string(), text: z.string().optional() }));

/** Text of a delta. Mistral's reasoning models send parts, of which the thinking is not shown. */
const textOf = (content: unknown): string => {
  if (typeof content === 'string') return content;
  const parts = partsSchema.safeParse(content);
  return parts.success ? parts.data.map((part) => (part.type === 'text' ? (part.text ?? '') : '')).join('') : '';
};

/** OpenAI and everything that speaks its chat completions. Complete only after a `finish_reason`. */
export const createOpenAiClient = (connection: Connection): ProtocolClient => {
  const preset = connection.preset === 'anthropic' || connection.preset === 'google' ? 'custom' : connection.preset;
  const dialect = dialects[preset];
  const client = new OpenAI({
    // Local servers take any key; the SDK insists on one.
    apiKey: connection.key ?? 'none',
    baseURL: connection.baseUrl,
    organization: null,
    project: null,
    adminAPIKey: null,
    webhookSecret: null,
    maxRetries: 0,
    logLevel: 'off',
    fetch: connection.fetch,
  });

  /** HTTP errors and error events leave as our errors; a broken connection leaves as it is. */
  const named = (error: unknown): unknown =>
    error instanceof OpenAI.APIError && !(error instanceof OpenAI.APIConnectionError) && !(error instanceof OpenAI.APIUserAbortError)
      ? failureError(readFailure(error.status ?? null, error.error ?? error.message, null), error)
      : error;

  async function* stream(request: ChatRequest): AsyncGenerator<ChatPiece> {
    const { temperature, maxOutputTokens } = request;
    const chunks = await client.chat.completions.create({
      model: request.model,
      messages: [...(request.system ? [{ role: 'system' as const, content: request.system }] : []), ...request.messages],
      stream: true,
      ...(dialect.askUsage && { stream_options: { include_usage: true } }),
      ...(temperature !== null && !dialect.fixedTemperature?.test(request.model) && { temperature }),
      ...(maxOutputTokens !== null && { [dialect.limit]: maxOutputTokens }),
    });
    for await (const chunk of chunks) {
      if (chunk.usage) {
        yield {
          type: 'usage',
          usage: {
            inputTokens: chunk.usage.prompt_tokens,
            outputTokens: chunk.usage.completion_tokens,
            cachedTokens: chunk.usage.prompt_tokens_details?.cached_tokens ?? 0,
          },
        };
      }
      // Some servers leave the list away where there is nothing in it.
      const choice = (chunk.choices as typeof chunk.choices | undefined)?.[0];
      const text = textOf(choice?.delta?.content);
      if (text) yield { type: 'text', text };
      // OpenRouter: the service behind it failed while it was answering.
      if ((choice?.finish_reason as string | null | undefined) === 'error') throw new EmergenceError('provider.unavailable');
      if (choice?.finish_reason) yield { type: 'end', reason: endReason(choice.finish_reason) };
    }
  }

  return withNamedErrors(named, { stream });
};
