import { EmergenceError, isCancelled, type PageProblem } from '@shared/model';

/** The error for a page that cannot be had. */
export const pageError = (reason: PageProblem, details: Record<string, string | number> = {}, cause?: unknown): EmergenceError =>
  new EmergenceError('page.failed', { reason, ...details }, { cause });

const byCode: readonly (readonly [RegExp, PageProblem])[] = [
  [/^ENOTFOUND$/, 'unknown_host'],
  [/^(EAI_AGAIN|ENETUNREACH|ENETDOWN|EADDRNOTAVAIL)$/, 'offline'],
  [/TIMEOUT|^ETIMEDOUT$/, 'slow'],
  [/CERT|SELF_SIGNED|UNABLE_TO_|HOSTNAME|ERR_TLS|ERR_SSL|^EPROTO$/, 'tls'],
  [/^(Z_|ERR_ZSTD|ERR_BROTLI|ERR__ERROR)/, 'damaged'],
  [/^(ECONN|EHOST|EPIPE|UND_ERR|HPE_)/, 'unreachable'],
];

/** The errors within an error, the outermost first: undici wraps the system's error, which may stand for several tries. */
const causesOf = (error: unknown): unknown[] => {
  const found: unknown[] = [];
  for (let at: unknown = error; at instanceof Error && found.length < 8; at = at.cause) {
    found.push(at);
    if (at instanceof AggregateError) found.push(...at.errors);
  }
  return found;
};

/** Names what went wrong on the way to a page; an error that is named already stays. */
export const toPageError = (error: unknown): EmergenceError => {
  const causes = causesOf(error);
  const known = causes.find((cause) => cause instanceof EmergenceError);
  if (known) return known;
  if (causes.some((cause) => cause instanceof Error && cause.name === 'TimeoutError')) return pageError('slow', {}, error);
  if (isCancelled(error)) return new EmergenceError('cancelled', {}, { cause: error });
  const codes = causes.flatMap((cause) => (cause instanceof Error && 'code' in cause ? [String(cause.code)] : []));
  for (const [pattern, reason] of byCode) if (codes.some((code) => pattern.test(code))) return pageError(reason, {}, error);
  return pageError('unreachable', {}, error);
};
