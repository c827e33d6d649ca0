import type { PresetId } from '@shared/model';
import { chatAddress, keyHeaders } from './endpoint';
import { endReason } from './ends';
import { readEvents, streamDone } from './eventStream';
import { foldSystem, outputLimit } from './habits';
import { entriesOf, fieldsOf, wordsOf } from './loose';
import { failureIn } from './post';
import type { ChatPiece, ChatRequest, Connection } from './protocol';
import { postWithOpenAi } from './sdks';
import { reportedUsage } from './usage';

/** The fields beyond the common ones that each service takes. Mistral rejects unknown fields, so a field is listed where it is known. */
interface Dialect {
  /** `stream_options.include_usage`; others send usage unasked. */
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
    messages: [...(system ? [{ role: 'system', content: system }] : []), ...messages],
    ...(streams && { stream: true }),
    ...(streams && dialect.askUsage && takes('usage') && { stream_options: { include_usage: true } }),
    ...(temperature !== null && takes('temperature') && !dialect.fixedTemperature?.test(model) && { temperature }),
    ...(limit !== null && takes('limit') && { [habits.otherLimit ? otherName : dialect.limit]: limit }),
  };
};

/** The parts of a text that comes as text, as a list of parts, or as one part. */
const partsOf = (content: unknown): { thinking: string; text: string } => {
  const said = { thinking: '', text: '' };
  for (const part of Array.isArray(content) ? content : [content]) {
    if (typeof part === 'string') said.text += part;
    const { type, text, thinking, reasoning, refusal } = fieldsOf(part);
    if (type === 'thinking' || type === 'reasoning') said.thinking += flat(thinking ?? reasoning ?? text);
    else said.text += flat(text) || wordsOf(refusal);
  }
  return said;
};

/** The words of a value in whatever form it holds them. */
const flat = (value: unknown): string => {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map(flat).join('');
  const { text, content, value: inner, thinking, summary } = fieldsOf(value);
  return [text, thinking, content, summary, inner].map((part) => (part === undefined ? '' : flat(part))).find((part) => part !== '') ?? '';
};

/** Thinking beside the text. Several names may hold the same words: the first that has some is taken. */
const thinkingOf = (said: Record<string, unknown>): string =>
  [said.reasoning_content, said.reasoning, said.thinking, said.reasoning_text, said.thinking_blocks, said.reasoning_details]
    .map(flat)
    .find((words) => words !== '') ?? '';

/** OpenAI's chat completions in every form that its likenesses send: pieces, whole answers, with and without an end. */
async function* readCompletion(events: AsyncIterable<unknown>): AsyncGenerator<ChatPiece, void, void> {
  let ended = false;
  let said: boolean = false;
  /** Whole messages so far, where no pieces of one came. */
  let whole: string = '';
  let refused = false;
  let tool = false;
  /** Pieces say that they are not the end: then a connection that closes without one has cut the answer. */
  let saysEnds = false;
  for await (const event of events) {
    if (event === streamDone) {
      saysEnds = false;
      break;
    }
    const failure = failureIn(event);
    if (failure) throw failure;
    const fields = fieldsOf(event);
    const usage = fieldsOf(fields.usage);
    if (fields.usage)
      yield {
        type: 'usage',
        usage: reportedUsage({
          input: usage.prompt_tokens ?? usage.input_tokens,
          output: usage.completion_tokens ?? usage.output_tokens,
          cached: fieldsOf(usage.prompt_tokens_details).cached_tokens ?? 0,
        }),
      };
    const choice = fieldsOf(entriesOf(fields.choices).find((one) => (fieldsOf(one).index ?? 0) === 0));
    // Some servers repeat the whole message at the end of a stream, others stream it as messages that grow.
    const message: Record<string, unknown> = said && whole === '' ? {} : fieldsOf(choice.message);
    const delta = choice.delta ? fieldsOf(choice.delta) : message;
    const content = partsOf(delta.content ?? choice.text);
    const thinking = thinkingOf(delta) || content.thinking;
    const refusal = wordsOf(delta.refusal);
    if (thinking) yield { type: 'thinking', text: thinking };
    const found: string = content.text || refusal || (choice.delta ? partsOf(message.content).text : '');
    const finish = choice.finish_reason;
    const told = endReason(finish);
    const isMessage = !choice.delta && choice.message;
    const grown = isMessage && whole !== '' && found.startsWith(whole) && (found !== whole || told !== null);
    const text = grown ? found.slice(whole.length) : found;
    if (text) yield { type: 'text', text };
    if (isMessage) whole += text;
    said ||= text !== '';
    refused ||= refusal !== '';
    tool ||= entriesOf(delta.tool_calls).length > 0 || (delta.function_call ?? null) !== null;
    if (finish === null) saysEnds = true;
    if (told === null) continue;
    const reason = refused ? 'filtered' : told;
    ended = true;
    yield { type: 'end', reason: reason === 'stop' && tool && !said ? 'tool' : reason, bare: text === '' && thinking === '' };
  }
  if (!ended && !saysEnds) yield { type: 'end', reason: refused ? 'filtered' : tool ? 'tool' : 'stop', bare: true };
}

/** A chat with OpenAI or one of the many servers that speak its chat completions. */
export const streamOpenAi = async function* (connection: Connection, request: ChatRequest): AsyncGenerator<ChatPiece, void, void> {
  const body = await postWithOpenAi(connection, {
    address: chatAddress(connection.baseUrl, request.model),
    headers: keyHeaders(connection.baseUrl, connection.key),
    body: bodyOf(connection.preset, request),
  });
  yield* readCompletion(readEvents(body));
};
