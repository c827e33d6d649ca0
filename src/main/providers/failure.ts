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
}

const has = (words: string, pattern: RegExp): boolean => pattern.test(words);

/** Names a failure by its cause. Order matters: the more exact rule stands first. */
export const failureCode = ({ status, words }: ProviderFailure): ErrorCode => {
  if (status === 402 || has(words, /insufficient_quota|billing|credit balance|insufficient balance|exceeded your current quota/)) {
    // Google's free tier calls a rate limit "quota" and sends the wait with it.
    return has(words, /retrydelay/) ? 'provider.rate_limited' : 'provider.quota';
  }
  if (status === 401 || status === 403) return 'provider.auth';
  if (has(words, /api[_ ]key[_ ](not valid|invalid)|invalid[_ ]api[_ ]key|authentication_error|permission_error|unauthenticated/)) {
    return 'provider.auth';
  }
  if (status === 429 || has(words, /rate_limit|resource_exhausted|too many requests/)) return 'provider.rate_limited';
  if (
    status === 413 ||
    has(
      words,
      /context_length_exceeded|context length|context window|maximum context|prompt is too long|input token count|too many tokens|request_too_large|exceed_context/,
    )
  ) {
    return 'provider.context_exceeded';
  }
  if (status === 404 || has(words, /model_not_found|not_found_error|model .{0,80}not found|model .{0,80}does not exist/))
    return 'model.missing';
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

/** Reads the body of an error in any of the protocols' forms: `{error: {...}}`, `{error: "..."}`, `{type, message}`, text. */
export const readFailure = (status: number | null, body: unknown, retryAfterMs: number | null): ProviderFailure => {
  const parsed = bodySchema.safeParse(body);
  const outer = parsed.success ? parsed.data : {};
  const inner = bodySchema.safeParse(outer.error);
  const facts = inner.success ? inner.data : outer;
  const words = (typeof body === 'string' ? body : (JSON.stringify(body) ?? '')).toLowerCase();
  const delay = /"retrydelay":\s*"([\d.]+)s"/.exec(words)?.[1];
  return {
    status,
    words,
    reason: identifier(facts.code) ?? identifier(facts.type) ?? identifier(facts.status),
    retryAfterMs: retryAfterMs ?? (delay ? Number.parseFloat(delay) * 1000 : null),
  };
};

/** The typed error of a failure. Only short identifiers and numbers go into the details: messages may quote content or keys. */
export const failureError = (failure: ProviderFailure, cause: unknown): EmergenceError => {
  const details: ErrorDetails = {};
  if (failure.status !== null) details.status = failure.status;
  if (failure.reason !== null) details.reason = failure.reason;
  if (failure.retryAfterMs !== null) details.retryAfterMs = Math.ceil(failure.retryAfterMs);
  return new EmergenceError(failureCode(failure), details, { cause });
};

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
