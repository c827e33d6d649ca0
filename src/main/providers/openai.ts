import { assertNever, EmergenceError, type PresetId } from '@shared/model';
import { chatAddress, keyHeaders } from './endpoint';
import { endReason } from './ends';
import { createFreshText } from './freshText';
import { foldSystem, outputLimit } from './habits';
import { entriesOf, fieldsOf, wordsOf } from './loose';
import { failureIn } from './post';
import { messageText, type PromptMessage, type PromptPart, plainText } from './promptMessage';
import type { AnswerReader, ChatPiece, ChatRequest, Connection } from './protocol';
import { postWithOpenAi } from './sdks';
import { reportedUsage } from './usage';

/**
 * The fields beyond the common ones that each service accepts. Mistral rejects unknown fields, so a field is only sent where it is
 * known.
 */
interface Dialect {
  /** Send `stream_options.include_usage`; the other services send usage by default. */
  askUsage: boolean;
  limit: 'max_tokens' | 'max_completion_tokens';
  /** Models that refuse `temperature`. */
  fixedTemperature: RegExp | null;
}

const common: Dialect = { askUsage: true, limit: 'max_tokens', fixedTemperature: null };
const dialects: Partial<Record<PresetId, Dialect>> = {
  openai: { askUsage: true, limit: 'max_completion_tokens', fixedTemperature: /^(o\d|gpt-5)/ },
  mistral: { ...common, askUsage: false },
  deepseek: { ...common, fixedTemperature: /reasoner/ },
};

const contentPart = (part: PromptPart): Record<string, unknown>[] => {
  switch (part.type) {
    case 'text':
      return [{ type: 'text', text: part.text }];
    case 'image':
      return [{ type: 'image_url', image_url: { url: `data:${part.mime};base64,${part.data}` } }];
    case 'file':
      return [{ type: 'file', file: { filename: part.name, file_data: `data:${part.mime};base64,${part.data}` } }];
    case 'toolCall':
    case 'toolResult':
      return [];
    default:
      return assertNever(part);
  }
};

/** A message in OpenAI's form: tool calls stand beside the content, and each tool result is a message of its own. */
const toOpenAi = (message: PromptMessage): Record<string, unknown>[] => {
  if (message.role === 'tool')
    return message.parts.flatMap((part) =>
      part.type === 'toolResult' ? [{ role: 'tool', tool_call_id: part.callId, content: part.text }] : [],
    );
  const calls = message.parts.flatMap((part) =>
    part.type === 'toolCall'
      ? [{ id: part.id, type: 'function', function: { name: part.name, arguments: JSON.stringify(part.arguments) } }]
      : [],
  );
  const content = message.parts.flatMap(contentPart);
  if (calls.length === 0) return [{ role: message.role, content: plainText(message) ?? content }];
  return [{ role: message.role, content: content.length === 0 ? null : messageText(message), tool_calls: calls }];
};

const bodyOf = (preset: PresetId, request: ChatRequest): Record<string, unknown> => {
  const { model, temperature, habits } = request;
  const dialect = dialects[preset] ?? common;
  const takes = (field: (typeof habits.without)[number]): boolean => !habits.without.includes(field);
  const { system, messages } = foldSystem(request);
  const limit = outputLimit(request);
  const otherName = dialect.limit === 'max_tokens' ? 'max_completion_tokens' : 'max_tokens';
  const streams = takes('stream');
  return {
    model,
    messages: [...(system ? [{ role: 'system', content: system }] : []), ...messages.flatMap(toOpenAi)],
    ...(streams && { stream: true }),
    ...(streams && dialect.askUsage && takes('usage') && { stream_options: { include_usage: true } }),
    ...(temperature !== null && takes('temperature') && !dialect.fixedTemperature?.test(model) && { temperature }),
    ...(limit !== null && takes('limit') && { [habits.otherLimit ? otherName : dialect.limit]: limit }),
  };
};

/** The text of a value, in whatever form the value holds it. */
const flat = (value: unknown): string => {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map(flat).join('');
  const { text, content, value: inner, thinking, summary } = fieldsOf(value);
  return [text, thinking, content, summary, inner].map((part) => (part === undefined ? '' : flat(part))).find((part) => part !== '') ?? '';
};

const firstWords = (...values: unknown[]): string => values.map(flat).find((words) => words !== '') ?? '';

/** The parts of a content that is a text, a list of parts, or one part. */
const partsOf = (content: unknown): { thinking: string; text: string; refusal: string } => {
  const said = { thinking: '', text: '', refusal: '' };
  for (const part of Array.isArray(content) ? content : [content]) {
    if (typeof part === 'string') said.text += part;
    if (typeof part === 'number') said.text += String(part);
    const { type, text, thinking, reasoning, reasoning_content: reasoned, summary, refusal } = fieldsOf(part);
    if (/^(?:thinking|reasoning)/.test(wordsOf(type))) said.thinking += firstWords(thinking, reasoning, reasoned, summary, text);
    else said.text += flat(text);
    said.refusal += wordsOf(refusal);
  }
  return said;
};

/** Thinking sent beside the text. Several fields may hold the same words: the first that is not empty counts. */
const thinkingOf = (said: Record<string, unknown>): string =>
  firstWords(
    said.reasoning_content,
    said.reasoning,
    said.thinking,
    said.reasoning_text,
    said.thought,
    said.thinking_blocks,
    said.reasoning_details,
    fieldsOf(said.provider_specific_fields).reasoning_content,
  );

/** The choice of an event. Only one was requested, so its index means nothing. */
const choiceOf = (choices: unknown): Record<string, unknown> => {
  const all = Array.isArray(choices) ? choices : [choices];
  return fieldsOf(all.length < 2 ? all[0] : (all.find((one) => Number(fieldsOf(one).index ?? 0) === 0) ?? all[0]));
};

/** A message or a part of one, which some servers send as its text alone. */
const messageIn = (value: unknown): Record<string, unknown> => (typeof value === 'string' ? { content: value } : fieldsOf(value));

/** Reads OpenAI's chat completions in every form that similar servers send: pieces, whole answers, with and without an end. */
export const createCompletionReader = (): AnswerReader => {
  const texts = createFreshText();
  const thoughts = createFreshText();
  let ended = false;
  let said = false;
  let thought = false;
  /** The whole messages so far, used where no pieces came. */
  let whole = '';
  let refused = false;
  let tool = false;
  /** True when pieces mark that they are not the end: a connection that closes without an end has then cut the answer. */
  let marksEnds = false;

  const usageIn = (figures: unknown): ChatPiece[] => {
    if (!figures) return [];
    const usage = fieldsOf(figures);
    const read = {
      input: usage.prompt_tokens ?? usage.input_tokens,
      output: usage.completion_tokens ?? usage.output_tokens,
      cached: fieldsOf(usage.prompt_tokens_details).cached_tokens ?? 0,
    };
    return [{ type: 'usage', usage: reportedUsage(read) }];
  };

  return {
    take: function* (event) {
      yield* usageIn(event.usage);
      const choice = choiceOf(event.choices);
      const failure = failureIn({ error: choice.error });
      if (failure) throw failure;
      // Some servers repeat the whole message at the end of a stream, others stream it as messages that grow.
      const message = said && whole === '' ? {} : messageIn(choice.message);
      const isPiece = Boolean(choice.delta);
      const delta = isPiece ? messageIn(choice.delta) : message;
      const content = partsOf(delta.content ?? delta.text ?? choice.text);
      const beside = isPiece ? partsOf(message.content) : content;
      const words =
        thinkingOf(delta) ||
        content.thinking ||
        thinkingOf({ reasoning_content: choice.reasoning_content }) ||
        (thought ? '' : thinkingOf(message));
      const thinking = isPiece ? thoughts.take(words) : words;
      thought ||= thinking !== '';
      if (thinking) yield { type: 'thinking', text: thinking };
      const refusal = wordsOf(delta.refusal) || content.refusal || beside.refusal;
      const finish = choice.finish_reason ?? choice.finishReason ?? choice.finish_details;
      const ending = endReason(finish);
      const found = content.text || refusal || beside.text;
      const isMessage = !isPiece && Boolean(choice.message);
      const grown = isMessage && whole !== '' && found.startsWith(whole) && (found !== whole || ending !== null);
      const text = grown ? found.slice(whole.length) : isPiece ? texts.take(found) : found;
      if (text) yield { type: 'text', text };
      if (isMessage) whole += text;
      said ||= found !== '';
      refused ||= refusal !== '';
      tool ||= entriesOf(delta.tool_calls).length > 0 || Object.keys(fieldsOf(delta.function_call)).length > 0;
      if (choice.finish_reason === null && ending === null) marksEnds = true;
      if (ending instanceof EmergenceError) throw ending;
      if (ending === null) return;
      const rest = texts.end();
      if (rest) yield { type: 'text', text: rest };
      const reason = refused ? 'filtered' : ending;
      ended = true;
      yield {
        type: 'end',
        reason: reason === 'stop' && tool && !said ? 'tool' : reason,
        bare: text === '' && rest === '' && thinking === '',
      };
    },
    end: (done) => {
      const rest = texts.end();
      const pieces: ChatPiece[] = rest ? [{ type: 'text', text: rest }] : [];
      if (!ended && (done || !marksEnds)) pieces.push({ type: 'end', reason: refused ? 'filtered' : tool ? 'tool' : 'stop', bare: true });
      return pieces;
    },
  };
};

/** Requests a chat from OpenAI, or from one of the many servers that speak its chat completions. */
export const postOpenAi = (connection: Connection, request: ChatRequest): Promise<ReadableStream<Uint8Array>> =>
  postWithOpenAi(connection, {
    address: chatAddress(connection.baseUrl, request.model),
    headers: keyHeaders(connection.baseUrl, connection.key),
    body: bodyOf(connection.preset, request),
  });
