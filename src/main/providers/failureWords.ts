import { jsonFits } from '@main/network/boundedJson';
import { z } from 'zod';
import { longestWaitMs } from './policies';

/** A provider's report of a failure, read from an HTTP error or from an error event inside a stream. */
export interface ProviderFailure {
  status: number | null;
  /** The provider's own names for the failure, in lower case, to be matched against; never shown. */
  words: string;
  /** A short identifier that may be shown and stored ("unsupported_value"). */
  reason: string | null;
  retryAfterMs: number | null;
  /** The provider's own message: short, and without anything that looks like a key. Empty where there was none. */
  said: string;
}

const bodySchema = z
  .object({
    message: z.unknown(),
    code: z.unknown(),
    type: z.unknown(),
    status: z.unknown(),
    param: z.unknown(),
    error: z.unknown(),
    details: z.unknown(),
  })
  .partial();

/** An identifier that cannot be a sentence, a key or a piece of content. */
const identifier = (value: unknown): string | null => (typeof value === 'string' && /^[a-z][a-z_.]{1,48}$/i.test(value) ? value : null);

const longestSaid = 300;
const longestWords = 20_000;

/** For the person only: a message as one line of text, without anything that could be a key. Pure. */
export const saidOf = (text: string): string => {
  const line = text
    .replace(/<(script|style)\b[\s\S]*?(?:<\/\1\s*>|$)/gi, ' ')
    .replace(/<[^<>]*>/g, ' ')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: removing them is the purpose
    .replace(/[\s\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069]+/g, ' ')
    .replace(/\b(bearer|basic)\s+[\w.~+/=*-]{6,}/gi, '$1 …')
    .replace(
      /\b(sk|pk|rk|xai|gsk|key|hf|r8|pplx|nvapi|aiza)[-_]?[\w*-]{8,}|(?<!\w)(?=\w*\d)(?=\w*[a-z])\w{24,}|(?<![\w.])[\w.]*\*{3,}[\w.]*/gi,
      '…',
    )
    .trim();
  return line.length > longestSaid ? `${line.slice(0, longestSaid).replace(/[\uD800-\uDBFF]$/, '')}…` : line;
};

/** The JSON in a text that quotes another server's error; undefined where there is none. */
const quotedJson = (text: string): unknown => {
  const from = text.search(/[[{]\s*["{]/);
  const to = Math.max(text.lastIndexOf('}'), text.lastIndexOf(']'));
  if (from === -1 || to < from) return undefined;
  const quoted = text.slice(from, to + 1);
  try {
    return jsonFits(quoted) ? JSON.parse(quoted) : undefined;
  } catch {
    return undefined;
  }
};

/** Matches the words with which a gateway introduces the message of the provider behind it. */
const introduction = /^(?:provider returned error|upstream error|bad request|error)?[.:]?$/i;

/** Fields that hold messages, in lower case: the more detailed one of two first. */
const sentenceFields = [
  'error_description',
  'error',
  'message',
  'errormessage',
  'detail',
  'msg',
  'errors',
  'error_msg',
  'base_resp',
  'status_msg',
  'title',
  'description',
  'reason',
  'text',
  'response',
] as const;

const sentenceOf = (body: unknown, depth = 0): string => {
  if (depth > 6) return '';
  if (typeof body === 'string') {
    const text = body.slice(0, longestWords);
    return sentenceOf(quotedJson(text), depth + 1) || text;
  }
  if (Array.isArray(body))
    return body
      .slice(0, 3)
      .map((one) => sentenceOf(one, depth + 1))
      .filter(Boolean)
      .join(' ');
  if (typeof body !== 'object' || body === null) return '';
  const facts = Object.fromEntries(Object.entries(body).map(([field, value]) => [field.toLowerCase(), value as unknown]));
  const found = sentenceFields.map((field) => sentenceOf(facts[field], depth + 1)).find(Boolean) ?? '';
  // OpenRouter stores the message of the provider behind it in a field of its own.
  const raw = introduction.test(found) ? sentenceOf((facts.metadata as { raw?: unknown } | undefined)?.raw, depth + 1) : '';
  return raw || found;
};

/** Fields in which servers send the request back: the person's words are not part of the failure. */
const echoes = new Set(['input', 'flagged_input', 'failed_generation', 'messages', 'prompt', 'request', 'body', 'documentation_url']);

/** The words of a body without URLs, which point to help and not to the cause, and without the quoted request. */
const wordsOfBody = (body: unknown): string => {
  const text = typeof body === 'string' ? body : (JSON.stringify(body, (key, value) => (echoes.has(key) ? undefined : value)) ?? '');
  return text
    .slice(0, longestWords)
    .toLowerCase()
    .replaceAll('\\"', '"')
    .replaceAll('’', "'")
    .replace(/https?:\/\/[^\s"'<>)]*/g, '');
};

const unitMs = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 } as const;

/**
 * The time in "try again in 6m12.5s", "retry after 26 seconds" or `"retrydelay":"7s"`, in milliseconds; null where there is none.
 * Pure.
 */
export const waitIn = (words: string): number | null => {
  const duration =
    /(?:try again (?:in|after)|retry (?:in|after)|retrydelay":\s*")\s*((?:[\d.]+\s*(?:milliseconds?|ms|seconds?|secs?|s|minutes?|mins?|m|hours?|h)(?![a-z])\s*){1,4})/.exec(
      words,
    )?.[1];
  if (duration === undefined) return null;
  let waitMs = 0;
  for (const [, figure = '', unit = ''] of duration.matchAll(/([\d.]+)\s*([a-z]+)/g)) {
    const short = /^(?:ms|milli)/.test(unit) ? 'ms' : (unit.charAt(0) as keyof typeof unitMs);
    waitMs += Number.parseFloat(figure) * unitMs[short];
  }
  return Number.isFinite(waitMs) ? Math.min(waitMs, longestWaitMs) : null;
};

/** Reads the body of an error in any of the protocols' forms: `{error: {...}}`, `{error: "..."}`, `{type, message}`, text. */
export const readFailure = (status: number | null, body: unknown, retryAfterMs: number | null): ProviderFailure => {
  const parsed = bodySchema.safeParse(Array.isArray(body) ? body[0] : body);
  const outer = parsed.success ? parsed.data : {};
  const inner = bodySchema.safeParse(outer.error);
  const facts = inner.success ? inner.data : outer;
  const words = wordsOfBody(body);
  return {
    status,
    words,
    reason: identifier(facts.code) ?? identifier(facts.type) ?? identifier(facts.status),
    retryAfterMs: retryAfterMs ?? waitIn(words),
    said: saidOf(sentenceOf(body)),
  };
};
