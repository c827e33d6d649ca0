import type { PresetId } from './provider';

export type ReadAddress = { address: string } | { refused: 'empty' | 'invalid' | 'credentials' };

/** Names under which people put a key into an address. */
const secretParameter = /^(api[-_]?key|key|access[-_]?token|token|auth|authorization|secret|password|sig|signature|subscription-key)$/i;

/** Networks that are no one's but ours: a service there rarely has a certificate. */
const isNearby = (host: string): boolean =>
  /^(localhost|127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|169\.254\.|0\.0\.0\.0|\[)/i.test(host) ||
  /\.(localhost|local|lan|home|internal|home\.arpa)$/i.test(host) ||
  !host.includes('.');

/** The text with a scheme: the one it has, else the one that such a host mostly has. Null for another scheme than HTTP. */
const withScheme = (text: string): string | null => {
  const http = /^(https?):\/*/i.exec(text);
  if (http) return `${http[1]?.toLowerCase()}://${text.slice(http[0].length)}`;
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) return null;
  const rest = text.replace(/^\/+/, '');
  const host = /^(\[[^\]]*\]|[^/:?#]*)/.exec(rest)?.[0] ?? '';
  // A single word is a name of something, not an address, unless it says where.
  if (!/[.:]|^localhost$/i.test(rest.split(/[/?#]/)[0] ?? '')) return null;
  return `${isNearby(host) ? 'http' : 'https'}://${rest}`;
};

/** What people copy along with the base address: the path of a call. */
const callPaths: Partial<Record<PresetId, RegExp>> & { other: RegExp } = {
  anthropic: /\/v1(\/.*)?$/,
  google: /\/v1(beta|alpha|main)?(\/.*)?$/,
  ollama: /\/(api|v1)(\/.*)?$/,
  other: /\/(chat\/completions|completions|responses|embeddings|models(\/[^/]*)?|messages|api\/(tags|chat|generate|version))$/i,
};

const azureHost = /\.(openai|cognitiveservices|services\.ai)\.azure\.(com|us|cn)$/;

/**
 * The base address of a service from what people paste: without quotes, scheme, the path of a call, slashes at its end or a
 * fragment that do not belong to it. A query stays, because some services want it with each call. Pure.
 */
export const readAddress = (text: string, preset: PresetId = 'custom'): ReadAddress => {
  const plain = text.replace(/[\r\n\t\u200b-\u200f\u2060\ufeff]/g, '').replace(/^[\s"'`“”‘’«»<>]+|[\s"'`“”‘’«»<>,;.]+$/g, '');
  if (plain === '') return { refused: 'empty' };
  const full = withScheme(plain);
  const url = full === null || /\s/.test(full) ? null : URL.parse(full);
  if (!url || url.hostname === '') return { refused: 'invalid' };
  if (url.username !== '' || url.password !== '' || [...url.searchParams.keys()].some((name) => secretParameter.test(name)))
    return { refused: 'credentials' };
  url.hash = '';
  // What a server prints of itself: it listens on all addresses, and is reached on this one.
  if (url.hostname === '0.0.0.0') url.hostname = '127.0.0.1';
  if (url.hostname === '[::]') url.hostname = '[::1]';
  let path = url.pathname.replace(/\/{2,}/g, '/').replace(/\/V(?=\d)/g, '/v');
  const call = callPaths[preset] ?? callPaths.other;
  for (let before = ''; before !== path; ) {
    before = path;
    path = path.replace(/\/+$/, '').replace(call, '');
  }
  if (azureHost.test(url.hostname) && /^(\/openai)?$/.test(path)) path = url.searchParams.has('api-version') ? '/openai' : '/openai/v1';
  url.pathname = path;
  return { address: `${url.origin}${path === '' ? '' : url.pathname}${url.search}` };
};
