import { EmergenceError } from '@shared/model';
import { endpointOf } from './endpoint';
import { endReason } from './ends';
import { readEvents, streamDone } from './eventStream';
import { foldSystem, outputLimit } from './habits';
import { entriesOf, fieldsOf, wordsOf } from './loose';
import { failureIn, post } from './post';
import type { ChatPiece, ChatRequest, Connection } from './protocol';
import { reportedUsage, tokenCount } from './usage';

const bodyOf = (request: ChatRequest): Record<string, unknown> => {
  const { temperature, habits } = request;
  const { system, messages } = foldSystem(request);
  const limit = outputLimit(request);
  const generationConfig = {
    ...(temperature !== null && !habits.without.includes('temperature') && { temperature }),
    ...(limit !== null && !habits.without.includes('limit') && { maxOutputTokens: limit }),
  };
  return {
    contents: messages.map(({ role, content }) => ({ role: role === 'assistant' ? 'model' : 'user', parts: [{ text: content }] })),
    ...(system && { systemInstruction: { role: 'user', parts: [{ text: system }] } }),
    ...(Object.keys(generationConfig).length > 0 && { generationConfig }),
  };
};

async function* readCandidates(events: AsyncIterable<unknown>): AsyncGenerator<ChatPiece, void, void> {
  for await (const event of events) {
    if (event === streamDone) return;
    const failure = failureIn(event);
    if (failure) throw failure;
    const { promptFeedback, candidates, usageMetadata } = fieldsOf(event);
    const { blockReason } = fieldsOf(promptFeedback);
    if (typeof blockReason === 'string' && !/UNSPECIFIED/.test(blockReason))
      throw new EmergenceError('provider.content_filtered', { reason: blockReason });
    const { content, finishReason } = fieldsOf(entriesOf(candidates)[0]);
    let said = false;
    let tool = false;
    for (const part of entriesOf(fieldsOf(content).parts)) {
      const { text, thought, functionCall } = fieldsOf(part);
      const words = wordsOf(text);
      if (words) yield thought === true ? { type: 'thinking', text: words } : { type: 'text', text: words };
      said ||= words !== '';
      tool ||= functionCall !== undefined;
    }
    if (usageMetadata) {
      const { promptTokenCount, candidatesTokenCount, thoughtsTokenCount, cachedContentTokenCount } = fieldsOf(usageMetadata);
      const answered = tokenCount(candidatesTokenCount ?? 0);
      const output = answered === null ? null : answered + (tokenCount(thoughtsTokenCount) ?? 0);
      yield { type: 'usage', usage: reportedUsage({ input: promptTokenCount, output, cached: cachedContentTokenCount ?? 0 }) };
    }
    const reason = endReason(finishReason);
    if (reason !== null) yield { type: 'end', reason: tool && !said ? 'tool' : reason, bare: !said };
  }
}

/** A chat over Google's generateContent, v1beta. */
export const streamGoogle = async function* (connection: Connection, request: ChatRequest): AsyncGenerator<ChatPiece, void, void> {
  const model = /^(models|tunedModels)\//.test(request.model) ? request.model : `models/${request.model}`;
  const url = endpointOf(connection.baseUrl.replace(/\/v1beta\/?$/, ''), `/v1beta/${model}:streamGenerateContent`, { alt: 'sse' });
  const body = await post(connection, url, { headers: { 'x-goog-api-key': connection.key ?? '' }, body: bodyOf(request) });
  yield* readCandidates(readEvents(body));
};
