import { jsonFits } from '@main/network/boundedJson';
import { EmergenceError } from '@shared/model';
import { failureError } from './failure';
import { readFailure, saidOf } from './failureWords';
import { readJson, readJsonRow } from './looseJson';
import { createPace } from './pace';
import { answerLimits } from './policies';
import { tooMuch } from './tooMuch';
import { createValueCutter } from './valueCutter';

/** Yielded when the provider marks the end of its stream (`data: [DONE]`). */
export const streamDone = Symbol('done');

/** A proxy, a login page or a wrong address answered instead of a model. */
const webPage = (): EmergenceError => new EmergenceError('provider.address', { reason: 'html' });

/** The connection ended before the announced length; `said` is the text that came instead. */
const cutShort = (said = ''): EmergenceError =>
  new EmergenceError('provider.interrupted', { reason: 'early_end', ...(said !== '' && { said: saidOf(said) }) });

/** The error for text that is not JSON: its words may name a failure. */
const noJson = (text: string): EmergenceError =>
  /^[[{"]/.test(text.trimStart()) ? new EmergenceError('provider.protocol') : failureError(readFailure(null, text, null), undefined);

const parse = (text: string): unknown => {
  const read = readJson(text);
  if (!read) throw noJson(text);
  return read.value;
};

interface Lines {
  texts: string[];
  /** True when the ends of the lines have come. */
  ended: boolean;
}

/** Writes every end of a line (LF, CRLF, CR) as LF, in a text that comes in pieces. */
const createLineEnds = (): ((piece: string) => string) => {
  /** True when the line ended by a carriage return was already passed on: a line feed that follows belongs to the same end. */
  let returned = false;
  return (piece) => {
    if (piece === '') return '';
    const text = returned && piece.startsWith('\n') ? piece.slice(1) : piece;
    returned = piece.endsWith('\r');
    return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
  };
};

/** Yields the lines of a body as they come, several at a time. Bounds each line and the whole, and pauses for other work. */
async function* readLines(body: ReadableStream<Uint8Array>): AsyncGenerator<Lines, void, void> {
  const decoder = new TextDecoder();
  const withLineFeeds = createLineEnds();
  const pause = createPace();
  let parts: string[] = [];
  let held = 0;
  let bytesRead = 0;
  let linesRead = 0;
  for await (const bytes of body) {
    bytesRead += bytes.byteLength;
    if (bytesRead > answerLimits.streamBytes) throw tooMuch('stream');
    // Several empty lines in a row mean the same as one.
    const text = withLineFeeds(decoder.decode(bytes, { stream: true })).replace(/\n{3,}/g, '\n\n');
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
    if (texts.length > 0) yield { texts, ended: true };
    held += text.length - from;
    if (held > answerLimits.lineCharacters) throw tooMuch('line');
    if (from < text.length) parts.push(text.slice(from));
    await pause();
  }
  const rest = parts.join('') + decoder.decode();
  if (rest !== '') yield { texts: [rest], ended: false };
}

/** Texts that are not JSON and mark the end of a stream, or keep it alive. */
const done = /^"?(?:\[(?:done|end)\]|done)"?$/i;
const keepAlive = /^(?:[\s:]*|ping|pong|keep-?alive|heartbeat|[\d\s:.T+Z-]+)$/i;

const isPage = /^<(?:!doctype|html|head|body|\?xml|title|center|h1)\b/i;
/** A line of server-sent events. llama.cpp adds the field `error`. */
const line = /^(data|event|id|retry|error)\s*:\s*/i;
/** Text between events that were sent without a line break. */
const glue = /^(?:\s|data:|\[done\])*$/i;

/**
 * Yields the JSON values of an answer in any framing: server-sent events (also with one line break between them, without the last
 * break, or with an error written among them), JSON objects in a row, one whole JSON document, or a list. Ends with `streamDone`
 * where the provider marks the end. Throws typed errors for web pages, for text that is not JSON and for an answer that exceeds
 * `answerLimits`.
 */
export async function* readEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<unknown, void, void> {
  let dress: 'unknown' | 'events' | 'objects' = 'unknown';
  let began = false;
  let name = '';
  let data: string[] = [];
  let size = 0;
  const objects = createValueCutter();
  /** True while an object that began in the middle of a line is open: no other one begins before it ends. */
  let torn = false;
  const cut = (raw: string, lineEnded: boolean): unknown[] => {
    if (!jsonFits(raw)) throw tooMuch('structure');
    const begins = /^\{\s*"/.test(raw);
    if (torn && begins) throw new EmergenceError('provider.protocol');
    const ended = objects.push(lineEnded ? `${raw}\n` : raw);
    if (objects.open > answerLimits.lineCharacters) throw tooMuch('line');
    torn = objects.open > 0 && lineEnded && (begins || torn);
    began ||= ended.length > 0;
    return ended.map(parse);
  };
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
  /** An event named `error` is an error, whatever it carries. */
  const dressed = (value: unknown): unknown => {
    const isError = name === 'error' && !(typeof value === 'object' && value !== null && ('error' in value || 'type' in value));
    name = '';
    began = true;
    return isError ? { object: 'error', error: value } : value;
  };
  /** The values of an event's data: one, or several without a line break between them. */
  const eventsIn = (text: string): unknown[] => {
    if (name === 'error') return [dressed(readJson(text)?.value ?? text)];
    const read = readJson(text);
    const glued = read ? null : readJsonRow(text, glue);
    if (!glued) return [dressed(read ? read.value : parse(text))];
    return [...glued.values.map(dressed), ...(/\[done\]/i.test(glued.around) ? [streamDone] : [])];
  };

  for await (const { texts, ended } of readLines(body)) {
    for (const raw of texts) {
      const text = raw.trim();
      // A comment: some servers send nothing but comments for minutes.
      if (text.startsWith(':') && objects.open === 0) continue;
      if (dress === 'unknown') {
        if (text === '') continue;
        if (text.startsWith('<')) throw webPage();
        dress = 'objects';
      }
      const field = line.exec(text);
      // A field marks server-sent events, even after other text.
      if (field && objects.open === 0) dress = 'events';
      if (dress === 'objects' && !(done.test(text) && objects.open === 0)) {
        yield* cut(raw, ended);
        continue;
      }
      if (objects.open > 0 && !field) yield* cut(raw, ended);
      else if (text === '') {
        if (data.length === 0) name = '';
        else yield* eventsIn(take());
      } else if (done.test(text)) return yield streamDone;
      else if (text.startsWith('{')) yield* cut(raw, ended);
      else if (field?.[1]?.toLowerCase() === 'data') {
        const piece = text.replace(/^(?:data\s*:\s*)+/i, '');
        if (done.test(piece)) return yield streamDone;
        // Most events are one line; they are parsed at once, because some servers put no empty line between them.
        const read = data.length === 0 ? readJson(piece) : null;
        if (read) yield dressed(read.value);
        else if (data.length > 0 || !keepAlive.test(piece)) keep(piece);
      } else if (field?.[1]?.toLowerCase() === 'event') name = text.slice(field[0].length);
      else if (field?.[1]?.toLowerCase() === 'error') {
        name = 'error';
        yield* eventsIn(text.slice(field[0].length));
      } else if (isPage.test(text)) throw began ? cutShort(text) : webPage();
    }
  }
  if (objects.open > 0) throw began && !torn ? cutShort() : new EmergenceError('provider.protocol');
  if (dress === 'objects' && !began && objects.around.trim() !== '' && !/^\s*\[\s*\]\s*$/.test(objects.around))
    throw noJson(objects.around);
  if (data.length === 0) return;
  const rest = take();
  if (!readJson(rest) && !readJsonRow(rest, glue)) throw cutShort();
  yield* eventsIn(rest);
}
