import { EmergenceError, type ErrorDetails } from '@shared/model';
import { failureCode } from './failureCodes';
import type { ProviderFailure } from './failureWords';

/** The typed error of a failure. `said` is only for the person: it may quote the question, so it is never logged. */
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

/**
 * The failures behind errors, kept for code that reacts to them. Their words may quote content, so they are not part of the error
 * itself.
 */
const failures = new WeakMap<EmergenceError, ProviderFailure>();

/** Gives `error` the failure behind `from`. */
export const keepFailure = (error: EmergenceError, from: unknown): EmergenceError => {
  const failure = failureOf(from);
  if (failure) failures.set(error, failure);
  return error;
};

/** The provider's own words behind an error of `failureError`; null for any other. */
export const failureOf = (error: unknown): ProviderFailure | null =>
  error instanceof EmergenceError ? (failures.get(error) ?? null) : null;

/** The error and its causes, outermost first. */
const chain = (error: unknown): unknown[] => {
  const links: unknown[] = [];
  for (let link = error; link instanceof Error && links.length < 8; link = link.cause) links.push(link);
  return links;
};

const unreachable =
  /^(?:ECONN(?:REFUSED|RESET)|ENOTFOUND|EAI_AGAIN|E(?:HOST|NET)UNREACH|ETIMEDOUT|EPIPE|UND_ERR_(?:CONNECT_TIMEOUT|SOCKET|HEADERS_TIMEOUT))$/;
/** Node's codes for a certificate that it does not trust. */
const certificate = /CERT|SELF_SIGNED|UNABLE_TO_(?:GET_ISSUER|VERIFY)|HOSTNAME_MISMATCH/;

/** The reason why the address cannot be such a service; null when it may be one. */
const wrongPlace = (links: readonly unknown[], codes: readonly string[]): 'port' | 'no_tls' | 'no_http' | null => {
  // The standard of fetch forbids calls to the ports of mail and similar services.
  if (links.some((link) => (link as Error).message === 'bad port')) return 'port';
  if (codes.some((code) => /^(?:ERR_SSL_|EPROTO$)/.test(code))) return 'no_tls';
  if (codes.includes('UND_ERR_HEADERS_OVERFLOW') || links.some((link) => (link as Error).name === 'HTTPParserError')) return 'no_http';
  return null;
};

/**
 * Converts an error that an SDK threw without an HTTP status. `opened` distinguishes a connection that broke from one that never
 * opened.
 */
export const connectionError = (error: unknown, opened: boolean): EmergenceError => {
  const links = chain(error);
  const known = links.find((link) => link instanceof EmergenceError);
  if (known) return known;
  const codes = links.map((link) => (link as { code?: unknown }).code).filter((code) => typeof code === 'string');
  const untrusted = codes.find((code) => certificate.test(code));
  const place = opened || untrusted !== undefined ? null : wrongPlace(links, codes);
  if (place) return new EmergenceError('provider.address', { reason: place }, { cause: error });
  const code = untrusted ?? codes.find((one) => unreachable.test(one));
  const words = links.map((link) => (link as Error).message).join(' ');
  // The compressed data or the JSON of the answer is broken.
  const unreadable = codes.includes('Z_DATA_ERROR') || links.some((link) => link instanceof SyntaxError);
  const broken = /\bterminated|other side closed|premature|aborted|incomplete json segment|fetch failed|network/i.test(words);
  const cut = code !== undefined || (broken && !unreadable);
  if (!cut) return new EmergenceError('provider.protocol', {}, { cause: error });
  if (opened) return new EmergenceError('provider.interrupted', {}, { cause: error });
  return new EmergenceError('provider.unavailable', code === undefined ? {} : { reason: code }, { cause: error });
};

/** The part of an SDK's error that may be logged: its kind and place. Its message may quote the prompt, the answer or the key. */
export const quietCause = (error: unknown): Error => {
  const { code } = (error ?? {}) as { code?: unknown };
  const kind = error instanceof Error ? error.constructor.name : typeof error;
  const quiet = new Error(typeof code === 'string' ? `${kind} ${code}` : kind);
  if (error instanceof Error) quiet.stack = error.stack?.slice(error.stack.indexOf('\n    at '));
  return quiet;
};
