import { ApiError, type FinishReason, GoogleGenAI } from '@google/genai';
import { EmergenceError } from '@shared/model';
import { failureError, readFailure } from './failure';
import { type ChatPiece, type ChatRequest, type Connection, type ProtocolClient, withNamedErrors } from './protocol';

const endReason = (reason: FinishReason): Extract<ChatPiece, { type: 'end' }>['reason'] => {
  if (reason === 'STOP') return 'stop';
  return reason === 'MAX_TOKENS' ? 'length' : 'filtered';
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return text;
    throw error;
  }
};

/** Google's generateContent, v1beta. Complete only after a `finishReason`. */
export const createGoogleClient = (connection: Connection): ProtocolClient => {
  const client = new GoogleGenAI({
    apiKey: connection.key ?? '',
    vertexai: false,
    enterprise: false,
    apiVersion: 'v1beta',
    // Without retryOptions the SDK tries once.
    httpOptions: { baseUrl: connection.baseUrl, apiVersion: 'v1beta', fetch: connection.fetch },
  });

  /** Its errors carry the body as text in the message and no headers. */
  const named = (error: unknown): unknown => {
    if (error instanceof ApiError) return failureError(readFailure(error.status || null, parsed(error.message), null), error);
    return error;
  };

  async function* stream(request: ChatRequest): AsyncGenerator<ChatPiece> {
    const chunks = await client.models.generateContentStream({
      model: request.model,
      contents: request.messages.map(({ role, content }) => ({
        role: role === 'assistant' ? 'model' : 'user',
        parts: [{ text: content }],
      })),
      config: {
        ...(request.system && { systemInstruction: request.system }),
        ...(request.temperature !== null && { temperature: request.temperature }),
        ...(request.maxOutputTokens !== null && { maxOutputTokens: request.maxOutputTokens }),
      },
    });
    for await (const chunk of chunks) {
      if (chunk.promptFeedback?.blockReason)
        throw new EmergenceError('provider.content_filtered', { reason: chunk.promptFeedback.blockReason });
      const candidate = chunk.candidates?.[0];
      for (const part of candidate?.content?.parts ?? []) if (part.text && !part.thought) yield { type: 'text', text: part.text };
      if (chunk.usageMetadata) {
        const { promptTokenCount, candidatesTokenCount, thoughtsTokenCount, cachedContentTokenCount } = chunk.usageMetadata;
        yield {
          type: 'usage',
          usage: {
            inputTokens: promptTokenCount ?? 0,
            outputTokens: (candidatesTokenCount ?? 0) + (thoughtsTokenCount ?? 0),
            cachedTokens: cachedContentTokenCount ?? 0,
          },
        };
      }
      if (candidate?.finishReason) yield { type: 'end', reason: endReason(candidate.finishReason) };
    }
  }

  return withNamedErrors(named, { stream });
};
