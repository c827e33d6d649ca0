import { EmergenceError, type ErrorCode, type ErrorDetails } from '@shared/model';
import { z } from 'zod';

/** What a provider said went wrong, read from an HTTP error or from an error event inside a stream. */
export interface ProviderFailure {
  status: number | null;
  /** The provider's own names for it, in lower case, to be matched against; never shown. */
  words: string;
  /** A short identifier that may be shown and stored ("unsupported_value"). */
  reason: string | null;
  retryAfterMs: number | null;
  /** The provider's own words: short, and without anything that looks like a key. Empty where it said nothing. */
  said: string;
}

const has = (words: string, pattern: RegExp): boolean => pattern.test(words);

const billing =
  /insufficient_quota|insufficient[_ ](balance|credit|funds)|billing|credit balance|(no|not enough|out of|run out of|insufficient) credits?|exceeded your current quota|payment required|spend(ing)? limit|(account|balance).{0,40}(overdue|arrears|suspended|recharge|top[- ]up)|add (more )?(credits|funds)/;
const region =
  /unsupported_country|(country|region|territory|location|area).{0,60}not (supported|available|allowed|permitted|served)|not (supported|available|allowed|offered|permitted) (in|from|for) (your|this|the) (country|region|territory|location|area|jurisdiction)|geo[- _]?(block|restrict|fenc)|legal[_ ]reasons|sanction|embargo/;
/** Anthropic's whole answer to a country that it does not serve. */
const notServed = /"message":"request not allowed"/;
const wrongKey =
  /api[_ -]?key[_ ](not valid|not found|invalid|expired|is invalid)|(invalid|incorrect|wrong|expired|missing|no)[_ ]?(x-)?api[_ -]?key|authentication_error|authentication[_ ](failed|required)|permission_error|unauthenticated|unauthori[sz]ed|invalid (bearer |access |auth\w* )?token/;
const tooOften =
  /rate[_ -]?limit|resource_exhausted|too many requests|requests per (min|day|sec)|tokens per (min|day)|\b(tpm|rpm|tpd|rpd)\b/;
const tooLong =
  /context_length_exceeded|context[_ ](length|window|size)|maximum (context|model|input|prompt) (length|tokens)|(prompt|input|request|messages?) (is|are|was) too (long|large)|input token count|too many (input |prompt )?tokens|request_too_large|exceed_context|exceeds? (the )?(maximum|max|available) (number of )?(context|input|prompt|total)?\s?tokens?|input_?tokens? (exceed|limit)|max_model_len|reduce the length|string_above_max_length/;
/** A model named in the words, and that it is not there. A path, a parameter or a role that is not there is something else. */
const noModel =
  /model_?not_?found|model_?not_?(available|supported|exist)|deploymentnotfound|(deployment|model).{0,120}(not found|not exist|doesn't exist|does not exist|isn't available|not available to|not available for|not loaded|decommissioned|has been (deprecated|retired|shut down|removed)|no longer (available|supported))|(unknown|invalid|no such|unsupported|unrecognized|nonexistent|non-existent|unavailable) model\b|no models? (is |are )?loaded|failed to load model|access to (the )?model|not_found_error.{0,80}model: |no endpoints found|is not a valid model|model [`'"][^`'"]+[`'"] is (not supported|not available|invalid)|not found for api version|requested entity was not found|模型不存在/;
const noPath =
  /unexpected endpoint|cannot (get|post) \/|invalid url|no (such )?route( matched)?|route not found|unknown (path|url|route|endpoint)|(path|url|page|endpoint|resource|route) (was |is )?not found|method[_ ]not[_ ]allowed|no static resource|<html|<!doctype/;

/** Names a failure by its cause. Order matters: the more exact rule stands first. */
export const failureCode = ({ status, words }: ProviderFailure): ErrorCode => {
  if (status === 402 || has(words, billing)) {
    // Google's free tier calls a rate limit "quota" and sends the wait with it.
    return has(words, /retrydelay/) ? 'provider.rate_limited' : 'provider.quota';
  }
  if (status === 451 || has(words, region) || (status === 403 && has(words, notServed))) return 'provider.region';
  if ((status === null || (status >= 400 && status < 500 && status !== 429)) && !has(words, tooLong) && has(words, noModel))
    return 'model.missing';
  // A page is from what stands before the service: it says nothing of the key.
  if (status === 403 && has(words, /<html|<!doctype/)) return 'provider.rejected';
  if (status === 401 || status === 403) return 'provider.auth';
  if (has(words, wrongKey)) return 'provider.auth';
  if (status === 429 || has(words, tooOften)) return 'provider.rate_limited';
  if (status === 413 || has(words, tooLong)) return 'provider.context_exceeded';
  // A service that answers in its own form was reached: it is what was asked for that is not there.
  if (status === 404 && has(words, /"error":\{|^\{"message":/) && !has(words, noPath) && !has(words, /not found/)) return 'model.missing';
  if (status === 404 || status === 405 || status === 410) return 'provider.address';
  if ((status === null || status < 500) && has(words, noPath)) return 'provider.address';
  if (has(words, /content_filter|content_policy|safety|prohibited_content|responsibleaipolicy/)) return 'provider.content_filtered';
  if (status === 408 || status === 504) return 'provider.timeout';
  if (status !== null && status >= 500) return 'provider.unavailable';
  if (status === null && has(words, /overloaded|server_error|api_error|internal|unavailable|timeout/)) return 'provider.unavailable';
  if (status === null) return 'provider.protocol';
  return 'provider.rejected';
};

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

/** A person's eyes only: one line of text of a page or a sentence, with what could be a key left out. Pure. */
export const saidOf = (text: string): string => {
  const line = text
    .replace(/<(script|style)\b[\s\S]*?<\/\1\s*>/gi, ' ')
    .replace(/<[^>]*>/g, ' ')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
    .replace(/[\s\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069]+/g, ' ')
    .replace(/\b(bearer|basic)\s+[\w.~+/=*-]{6,}/gi, '$1 …')
    .replace(
      /\b(sk|pk|rk|xai|gsk|key|hf|r8|pplx|nvapi|aiza)[-_]?[\w*-]{8,}|(?<!\w)(?=\w*\d)(?=\w*[a-z])\w{24,}|(?<![\w.])[\w.]*\*{3,}[\w.]*/gi,
      '…',
    )
    .trim();
  return line.length > longestSaid ? `${line.slice(0, longestSaid).replace(/[\uD800-\uDBFF]$/, '')}…` : line;
};

/** Sentences stand in `message`, `detail`, `error` or, with checks of a form, in `msg`. */
const sentenceOf = (body: unknown, depth = 0): string => {
  if (typeof body === 'string') return body;
  if (Array.isArray(body))
    return body
      .slice(0, 3)
      .map((one) => sentenceOf(one, depth + 1))
      .filter(Boolean)
      .join(' ');
  if (typeof body !== 'object' || body === null || depth > 4) return '';
  const facts = body as Record<string, unknown>;
  for (const field of [
    'error',
    'message',
    'detail',
    'msg',
    'errors',
    'error_msg',
    'base_resp',
    'status_msg',
    'title',
    'description',
    'reason',
  ]) {
    const found = sentenceOf(facts[field], depth + 1);
    if (found) return found;
  }
  return '';
};

/** Reads the body of an error in any of the protocols' forms: `{error: {...}}`, `{error: "..."}`, `{type, message}`, text. */
export const readFailure = (status: number | null, body: unknown, retryAfterMs: number | null): ProviderFailure => {
  const parsed = bodySchema.safeParse(body);
  const outer = parsed.success ? parsed.data : {};
  const inner = bodySchema.safeParse(outer.error);
  const facts = inner.success ? inner.data : outer;
  const words = (typeof body === 'string' ? body : (JSON.stringify(body) ?? '')).slice(0, 20_000).toLowerCase();
  const delay = /"retrydelay":\s*"([\d.]+)s"/.exec(words)?.[1];
  return {
    status,
    words,
    reason: identifier(facts.code) ?? identifier(facts.type) ?? identifier(facts.status),
    retryAfterMs: retryAfterMs ?? (delay ? Number.parseFloat(delay) * 1000 : null),
    said: saidOf(sentenceOf(body).slice(0, 20_000)),
  };
};

/** The typed error of a failure. `said` is for the person's eyes: it may quote what was asked, and goes into no log. */
export const failureError = (failure: ProviderFailure, cause: unknown): EmergenceError => {
  const details: ErrorDetails = {};
  if (failure.status !== null) details.status = failure.status;
  if (failure.reason !== null) details.reason = failure.reason;
  if (failure.retryAfterMs !== null) details.retryAfterMs = Math.ceil(failure.retryAfterMs);
  if (failure.said !== '') details.said = failure.said;
  const error = new EmergenceError(failureCode(failure), details, { cause });
  failures.set(error, failure);
  return error;
};

/** The failures behind errors, for those who answer to them; their words may quote content, so they stay out of the error itself. */
const failures = new WeakMap<EmergenceError, ProviderFailure>();

/** `error` with what is known of the failure behind `from`. */
export const keepFailure = (error: EmergenceError, from: unknown): EmergenceError => {
  const failure = failureOf(from);
  if (failure) failures.set(error, failure);
  return error;
};

/** The provider's own words behind an error of `failureError`; null for any other. */
export const failureOf = (error: unknown): ProviderFailure | null =>
  error instanceof EmergenceError ? (failures.get(error) ?? null) : null;

/** Error and its causes, outermost first. */
const chain = (error: unknown): unknown[] => {
  const links: unknown[] = [];
  for (let link = error; link instanceof Error && links.length < 8; link = link.cause) links.push(link);
  return links;
};

const unreachable = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ETIMEDOUT',
  'ECONNRESET',
  'EPIPE',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_SOCKET',
  'UND_ERR_HEADERS_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

/**
 * Names what an SDK threw where no HTTP error was reported: `opened` tells a connection that broke from one that never was.
 */
export const connectionError = (error: unknown, opened: boolean): EmergenceError => {
  const links = chain(error);
  const known = links.find((link) => link instanceof EmergenceError);
  if (known) return known;
  const code = links.map((link) => (link as { code?: unknown }).code).find((value) => typeof value === 'string' && unreachable.has(value));
  const words = links.map((link) => (link as Error).message).join(' ');
  const unreadable = links.some((link) => link instanceof SyntaxError);
  const broken = /\bterminated|other side closed|premature|aborted|incomplete json segment|fetch failed|network/i.test(words);
  const cut = code !== undefined || (broken && !unreadable);
  if (!cut) return new EmergenceError('provider.protocol', {}, { cause: error });
  if (opened) return new EmergenceError('provider.interrupted', {}, { cause: error });
  return new EmergenceError('provider.unavailable', typeof code === 'string' ? { reason: code } : {}, { cause: error });
};

/** What may be logged of an SDK's error: its kind and place. Its message may quote the prompt, the answer or the key. */
export const quietCause = (error: unknown): Error => {
  const { code } = (error ?? {}) as { code?: unknown };
  const kind = error instanceof Error ? error.constructor.name : typeof error;
  const quiet = new Error(typeof code === 'string' ? `${kind} ${code}` : kind);
  if (error instanceof Error) quiet.stack = error.stack?.slice(error.stack.indexOf('\n    at '));
  return quiet;
};
