import { EmergenceError } from '@shared/model';

/** Returns the address of the proxy for a call to an address; null for none. */
export type ProxyFor = (url: string) => string | null | Promise<string | null>;

type Environment = Readonly<Record<string, string | undefined>>;

/** True for a host, as `URL` writes it, that is this machine: calls to it never use a proxy. */
export const isThisMachine = (host: string): boolean =>
  host === 'localhost' || host.endsWith('.localhost') || host === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(host);

const bits = (address: string): number | null => {
  const parts = address.split('.').map(Number);
  if (parts.length !== 4 || parts.some((part) => !Number.isInteger(part) || part < 0 || part > 255)) return null;
  return parts.reduce((sum, part) => sum * 256 + part, 0);
};

/** True when an IPv4 address lies in a network such as 10.0.0.0/8. */
const inNetwork = (host: string, network: string): boolean => {
  const [base = '', length = ''] = network.split('/');
  const [address, start] = [bits(host), bits(base)];
  const size = Number(length);
  if (address === null || start === null || length === '' || !(size >= 0 && size <= 32)) return false;
  const block = 2 ** (32 - size);
  return Math.floor(address / block) === Math.floor(start / block);
};

/** True when an entry of NO_PROXY covers the host: itself, hosts below it, a network, with or without a port, or all (`*`). */
const excludes = (entry: string, { hostname, port, protocol }: URL): boolean => {
  if (entry === '*') return true;
  const bracketed = /^\[?[0-9a-f:]+\]?$/i.test(entry) && entry.split(':').length > 2;
  const [, name = '', wantedPort] = bracketed
    ? [entry, entry.replace(/^\[?/, '[').replace(/\]?$/, ']')]
    : (/^(.+?)(?::(\d+))?$/.exec(entry) ?? []);
  const ownPort = port || (protocol === 'https:' ? '443' : '80');
  if (wantedPort !== undefined && wantedPort !== ownPort) return false;
  const domain = name.toLowerCase().replace(/^\*?\./, '');
  return hostname === domain || hostname.endsWith(`.${domain}`) || inNetwork(hostname, name);
};

/**
 * The proxies of the environment, by variables in both cases, lower case first as everywhere. Calls to this machine are always
 * direct.
 */
export const environmentProxies = (environment: Environment): ProxyFor => {
  const read = (name: string): string => (environment[name] ?? environment[name.toUpperCase()] ?? '').trim();
  return (address) => {
    const url = new URL(address);
    const named = read(url.protocol === 'https:' ? 'https_proxy' : 'http_proxy') || read('all_proxy');
    if (named === '' || isThisMachine(url.hostname)) return null;
    if (
      read('no_proxy')
        .split(/[\s,]+/)
        .some((entry) => entry !== '' && excludes(entry, url))
    )
      return null;
    const proxy = URL.parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(named) ? named : `http://${named}`);
    // If the proxy cannot be used, nothing is sent: a call must not bypass a configured proxy.
    if (!proxy || !/^(https?|socks[45]?[ah]?):$/.test(proxy.protocol))
      throw new EmergenceError('provider.unavailable', { reason: 'proxy' });
    return proxy.href;
  };
};
