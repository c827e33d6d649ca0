import { jsonFits } from '@main/network/boundedJson';
import { EmergenceError } from '@shared/model';
import { createPace } from './pace';
import { answerLimits } from './policies';

/** The provider said that its stream is over (`data: [DONE]`). */
export const streamDone = Symbol('done');

/** The provider sent more than a bound allows; `what` names the bound. */
export const tooMuch = (what: 'line' | 'structure' | 'stream' | 'answer' | 'thinking'): EmergenceError =>
  new EmergenceError('provider.too_much', { reason: what });

const unreadable = (cause: unknown): EmergenceError => new EmergenceError('provider.protocol', {}, { cause });

/** A proxy, a login page or a wrong address answered, no model did. */
const webPage = (): EmergenceError => new EmergenceError('provider.address', { reason: 'html' });

const parse = (text: string): unknown => {
  if (!jsonFits(text)) throw tooMuch('structure');
  try {
    return JSON.parse(text);
  } catch (error) {
    throw unreadable(error);
  }
};

const parsed = (text: string): { value: unknown } | null => {
  if (!jsonFits(text)) throw tooMuch('structure');
  try {
    return { value: JSON.parse(text) };
  } catch {
    return null;
  }
};

interface Lines {
  texts: string[];
  /** Their ends were seen. */
  ended: boolean;
}

/** A carriage return ends a line too. */
const splitLine = (text: string): string | string[] => (text.includes('\r') ? text.split('\r') : text);

/** The lines of a body as they come, several at a time. Bounded by line and in all; leaves room for other work. */
async function* readLines(body: ReadableStream<Uint8Array>): AsyncGenerator<Lines, void, void> {
  const decoder = new TextDecoder();
  const breathe = createPace();
  let parts: string[] = [];
  let held = 0;
  let bytesRead = 0;
  let linesRead = 0;
  for await (const bytes of body) {
    bytesRead += bytes.byteLength;
    if (bytesRead > answerLimits.streamBytes) throw tooMuch('stream');
    // More than one empty line says no more than one.
    const text = decoder.decode(bytes, { stream: true }).replace(/\n{3,}/g, '\n\n');
    const texts: string[] = [];
    let from = 0;
    for (let to = text.indexOf('\n'); to !== -1; to = text.indexOf('\n', from)) {
      parts.push(text.slice(from, to));
      texts.push(parts.length === 1 ? (parts[0] as string) : parts.join(''));
      parts = [];
      held = 0;
      from = to + 1;
    }
    linesRead += texts.length;
    if (linesRead > answerLimits.streamLines) throw tooMuch('stream');
    if (texts.length > 0) yield { texts: texts.flatMap(splitLine), ended: true };
    held += text.length - from;
    if (held > answerLimits.lineCharacters) throw tooMuch('line');
    if (from < text.length) parts.push(text.slice(from));
    await breathe();
  }
  const rest = parts.join('') + decoder.decode();
  if (rest !== '') yield { texts: [rest].flatMap(splitLine), ended: false };
}

/** The signs of an end, and of a stream that goes on, that are no JSON. */
const done = /^(?:\[(?:done|end)\]|done)$/i;
const keepAlive = /^(?:[\s:]*|ping|pong|keep-?alive|heartbeat)$/i;

const isPage = /^<(?:!doctype|html|head|body|\?xml|title|center|h1)\b/i;
/** How a line of server-sent events begins; anything else at the start of a body is no such stream. */
const field = /^(data|event|id|retry)?:/;

/**
 * The JSON values of an answer, in whatever dress it comes: server-sent events (also with one line break between them, or
 * without their last), one JSON value a line, one whole JSON document, or an array of them. Ends with `streamDone` where the
 * provider says so. Throws typed errors for web pages, for what is no JSON and for what goes past `answerLimits`.
 */
export async function* readEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<unknown, void, void> {
  let dress: 'unknown' | 'events' | 'lines' | 'document' = 'unknown';
  let name = '';
  let data: string[] = [];
  let size = 0;
  const keep = (text: string): void => {
    data.push(text);
    size += text.length;
    if (size > answerLimits.lineCharacters) throw tooMuch('line');
  };
  const take = (): string => {
    const text = data.join('\n');
    data = [];
    size = 0;
    return text;
  };
  /** An event named `error` is one, whatever it carries. */
  const dressed = (value: unknown): unknown => {
    const isError = name === 'error' && !(typeof value === 'object' && value !== null && ('error' in value || 'type' in value));
    name = '';
    return isError ? { object: 'error', error: value } : value;
  };

  for await (const { texts, ended } of readLines(body)) {
    for (const raw of texts) {
      const text = raw.trim();
      if (dress === 'unknown') {
        if (text === '') continue;
        if (text.startsWith('<')) throw webPage();
        const first = /^[[{"]/.test(text) ? parsed(text) : null;
        dress = field.test(text) ? 'events' : first === null ? 'document' : 'lines';
        if (first) {
          yield* Array.isArray(first.value) ? first.value : [first.value];
          continue;
        }
      }
      if (dress === 'document') keep(raw);
      else if (dress === 'lines') {
        if (text === '') continue;
        const value = ended ? parse(text) : parsed(text)?.value;
        // The last line was cut in the middle.
        if (value === undefined) throw new EmergenceError('provider.interrupted', { reason: 'early_end' });
        yield* Array.isArray(value) ? value : [value];
      } else if (text === '') {
        if (data.length === 0) name = '';
        else if (name === 'error') yield dressed(parsed(data.join('\n'))?.value ?? take());
        else yield dressed(parse(take()));
        take();
      } else if (text.startsWith('data:') || text.startsWith('{')) {
        const piece = text.startsWith('{') ? text : text.slice('data:'.length).trim();
        if (done.test(piece)) {
          yield streamDone;
          return;
        }
        // Most events are one line; they are taken at once, because some servers put no empty line between them.
        const whole = data.length === 0 ? parsed(piece) : null;
        if (whole) yield dressed(whole.value);
        else if (data.length > 0 || !keepAlive.test(piece)) keep(piece);
      } else if (text.startsWith('event:')) name = text.slice('event:'.length).trim();
      else if (isPage.test(text)) throw webPage();
    }
  }
  if (data.length === 0) return;
  const rest = take();
  if (dress === 'document') {
    const value = parse(rest);
    yield* Array.isArray(value) ? value : [value];
  } else {
    const last = parsed(rest);
    if (last === null) throw new EmergenceError('provider.interrupted', { reason: 'early_end' });
    yield dressed(last.value);
  }
}
