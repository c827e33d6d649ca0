import { assertNever, EmergenceError } from '@shared/model';
import { endpointOf } from './endpoint';
import { endReason } from './ends';
import { foldSystem, outputLimit } from './habits';
import { entriesOf, fieldsOf, wordsOf } from './loose';
import { post } from './post';
import type { PromptPart } from './promptMessage';
import type { AnswerReader, ChatPiece, ChatRequest, Connection } from './protocol';
import { reportedUsage, tokenCount } from './usage';

const googlePart = (part: PromptPart): Record<string, unknown> => {
  switch (part.type) {
    case 'text':
      return { text: part.text };
    case 'image':
    case 'file':
      return { inlineData: { mimeType: part.mime, data: part.data } };
    case 'toolCall':
      return { functionCall: { name: part.name, args: part.arguments } };
    case 'toolResult':
      return { functionResponse: { name: part.name, response: { result: part.text } } };
    default:
      return assertNever(part);
  }
};

const bodyOf = (request: ChatRequest): Record<string, unknown> => {
  const { temperature, habits } = request;
  const { system, messages } = foldSystem(request);
  const limit = outputLimit(request);
  const generationConfig = {
    ...(temperature !== null && !habits.without.includes('temperature') && { temperature }),
    ...(limit !== null && !habits.without.includes('limit') && { maxOutputTokens: limit }),
  };
  return {
    contents: messages.map(({ role, parts }) => ({ role: role === 'assistant' ? 'model' : 'user', parts: parts.map(googlePart) })),
    ...(system && { systemInstruction: { role: 'user', parts: [{ text: system }] } }),
    ...(Object.keys(generationConfig).length > 0 && { generationConfig }),
  };
};

/** Reads Google's candidates, with the field names of its own service and with those of its libraries. */
export const createCandidateReader = (): AnswerReader => {
  let hasText = false;
  let ended = false;

  const usageIn = (figures: unknown): ChatPiece[] => {
    if (!figures) return [];
    const { promptTokenCount, candidatesTokenCount, thoughtsTokenCount, cachedContentTokenCount } = fieldsOf(figures);
    const answered = tokenCount(candidatesTokenCount ?? 0);
    const output = answered === null ? null : answered + (tokenCount(thoughtsTokenCount) ?? 0);
    return [{ type: 'usage', usage: reportedUsage({ input: promptTokenCount, output, cached: cachedContentTokenCount ?? 0 }) }];
  };

  return {
    take: function* ({ promptFeedback, candidates, usageMetadata }) {
      const { blockReason } = fieldsOf(promptFeedback);
      if (typeof blockReason === 'string' && !/UNSPECIFIED/.test(blockReason))
        throw new EmergenceError('provider.content_filtered', { reason: blockReason });
      const { content, finishReason, finish_reason: otherwise } = fieldsOf(entriesOf(candidates)[0]);
      let words = '';
      let tool = false;
      for (const part of entriesOf(fieldsOf(content).parts)) {
        const { text, thought, functionCall } = fieldsOf(part);
        const piece = wordsOf(text);
        if (piece) yield { type: thought === true ? 'thinking' : 'text', text: piece };
        words += piece;
        tool ||= Boolean(functionCall);
      }
      hasText ||= words !== '';
      yield* usageIn(usageMetadata);
      const reason = endReason(finishReason ?? otherwise);
      if (reason instanceof EmergenceError) throw reason;
      if (reason === null) return;
      ended = true;
      yield { type: 'end', reason: tool && words === '' ? 'tool' : reason, bare: words === '' };
    },
    end: (done) => (done && hasText && !ended ? [{ type: 'end', reason: 'stop', bare: true }] : []),
  };
};

/** Requests a chat over Google's generateContent, v1beta. */
export const postGoogle = (connection: Connection, request: ChatRequest): Promise<ReadableStream<Uint8Array>> => {
  const model = /^(models|tunedModels)\//.test(request.model) ? request.model : `models/${request.model}`;
  const url = endpointOf(connection.baseUrl.replace(/\/v1beta\/?$/, ''), `/v1beta/${model}:streamGenerateContent`, { alt: 'sse' });
  return post(connection, url, { headers: { 'x-goog-api-key': connection.key ?? '' }, body: bodyOf(request) });
};
