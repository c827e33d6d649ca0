import type { PresetId } from './provider';

export type ReadAddress = { address: string } | { refused: 'empty' | 'invalid' | 'credentials' };

/** Names under which people put a key into a URL. */
const secretParameter = /(?:^|[-_])(?:api)?(?:key|token|auth|authorization|secret|password|credentials?|sig|signature|code)$/i;
/** Keys of services, recognised by their prefix. */
const secretValue = /^(?:sk|gsk|xai|hf|pplx|nvapi|key)[-_][\w-]{16,}$|^AIza[\w-]{20,}$/;

/** True for private networks: a service there rarely has a certificate. */
export const isNearby = (host: string): boolean =>
  /^(localhost|127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|169\.254\.|0\.0\.0\.0|\*|\[)/i.test(
    host,
  ) ||
  /\.(localhost|local|lan|home|internal|home\.arpa)$/i.test(host) ||
  !host.includes('.');

/** The address within text that people copy along with it: a command, a setting, a remark, an extra scheme before it. */
const addressIn = (text: string): string => {
  const full = text.replace(/[：／]/g, (sign) => (sign === '：' ? ':' : '/')).replace(/^(https?)\/\//i, '$1://');
  const schemes = [...full.matchAll(/https?:\/\//gi)];
  const first = schemes[0];
  if (!first) return full;
  const isFirst = first.index === 0;
  // Of two schemes in a row the first is dropped; a second one further on belongs to something else.
  const twice = schemes[1]?.index === first.index + first[0].length ? schemes[1].index : first.index;
  const rest = full.slice(twice);
  const end = isFirst ? /\s+[(#].*$/s : /(?<=.)[\s"'`<>(),\]].*$/s;
  return rest.replace(/^(https?:\/\/\[[^\]]*\])?(.*)$/is, (_, bracketed = '', tail: string) => `${bracketed}${tail.replace(end, '')}`);
};

/** The text with a scheme: its own, else the usual one for such a host. Null for another scheme than HTTP. */
export const withScheme = (text: string): string | null => {
  const http = /^(https?):\/*/i.exec(text);
  if (http) return `${http[1]?.toLowerCase()}://${text.slice(http[0].length)}`;
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) return null;
  const rest = text.replace(/^\/+/, '');
  const host = /^(\[[^\]]*\]|[^/:?#]*)/.exec(rest)?.[0] ?? '';
  // A single word is a name, not an address, unless it is a host.
  if (!/[.:]|^localhost$/i.test(rest.split(/[/?#]/)[0] ?? '')) return null;
  return `${isNearby(host) ? 'http' : 'https'}://${rest}`;
};

/** The path of a call, which people copy along with the base address. */
const callPaths: Partial<Record<PresetId, RegExp>> & { other: RegExp } = {
  anthropic: /\/v1(\/.*)?$/,
  google: /\/v1(beta|alpha|main)?(\/.*)?$/,
  ollama: /\/(api|v1)(\/.*)?$/,
  other:
    /\/(chat\/completions|completions|responses|embeddings|models(\/[^/]*)?|messages|api\/(tags|chat|generate|version)|(?<=\/v\d\w*\/)chat)$/i,
};
/** Azure has other models under a path that is a call elsewhere. */
const azureCall = /\/(chat\/completions|completions|responses|embeddings)$/i;

const azureHost = /\.(openai|cognitiveservices|services\.ai)\.azure\.(com|us|cn)$/;

/**
 * The base address of a service from pasted text: without quotes, a scheme, the path of a call, slashes at the end or a fragment
 * that do not belong to it. A query stays, because some services need it with each call. Pure.
 */
export const readAddress = (text: string, preset: PresetId = 'custom'): ReadAddress => {
  const plain = text.replace(/[\r\n\t\u200b-\u200f\u2060\ufeff]/g, '').replace(/^[\s"'`“”‘’«»<>]+|[\s"'`“”‘’«»<>,;.]+$/g, '');
  if (plain === '') return { refused: 'empty' };
  const full = withScheme(addressIn(plain));
  const url = full === null || /\s/.test(full) ? null : URL.parse(full);
  if (!url || url.hostname === '') return { refused: 'invalid' };
  const hasSecret =
    [...url.searchParams].some(([name, value]) => secretParameter.test(name) || secretValue.test(value)) ||
    url.pathname.split('/').some((part) => secretValue.test(part));
  if (url.username !== '' || url.password !== '' || hasSecret) return { refused: 'credentials' };
  url.hash = '';
  // A server that listens on all addresses prints this one, but is reached on the loopback address.
  if (url.hostname === '0.0.0.0' || url.hostname === '*') url.hostname = '127.0.0.1';
  if (url.hostname === '[::]') url.hostname = '[::1]';
  let path = url.pathname
    .replace(/(?:%20)+$/, '')
    .replace(/\/{2,}/g, '/')
    .replace(/\/V(?=\d)/g, '/v');
  const call = callPaths[preset] ?? (azureHost.test(url.hostname) ? azureCall : callPaths.other);
  for (let before = ''; before !== path; ) {
    before = path;
    path = path.replace(/\/+$/, '').replace(call, '');
  }
  if (azureHost.test(url.hostname) && /^(\/openai)?$/.test(path)) path = url.searchParams.has('api-version') ? '/openai' : '/openai/v1';
  url.pathname = path;
  return { address: `${url.origin}${path === '' ? '' : url.pathname}${url.search}` };
};
