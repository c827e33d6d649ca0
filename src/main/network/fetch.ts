import type { Dispatcher } from 'undici';
import { environmentProxies, isThisMachine, type ProxyFor } from './proxies';
import { trustSystemCertificates } from './systemCertificates';

/** undici's own limits are off: each caller has its own limits for headers and for silence. */
const limits = { headersTimeout: 0, bodyTimeout: 0 };
const connect = { timeout: 10_000 };

type Undici = typeof import('undici');

/** Loaded with the first call: the program starts without it. */
export const loadUndici = async (): Promise<Undici> => {
  trustSystemCertificates();
  return import('undici');
};

/** The way through a proxy, by its address. */
export const through = ({ ProxyAgent, Socks5ProxyAgent }: Undici, address: string): Dispatcher => {
  if (!/^socks/i.test(address)) return new ProxyAgent({ ...limits, connect, uri: address, proxyTunnel: false });
  // Servers of the older version also support the newer one; ignoring one would bypass a configured proxy.
  return new Socks5ProxyAgent(address.replace(/^socks[45]?[ah]?:/i, 'socks5:'), limits);
};

/** The one HTTP stack: each call uses the proxy for its address, or none. `close` closes idle connections. */
export const createNetwork = (
  proxyFor: ProxyFor = environmentProxies(process.env),
): { fetch: typeof globalThis.fetch; close(): Promise<void> } => {
  let direct: Dispatcher | null = null;
  const proxies = new Map<string, Dispatcher>();
  const dispatcherFor = async (undici: Undici, url: string): Promise<Dispatcher> => {
    // A call to this machine never uses a proxy, whatever the settings name.
    const address = isThisMachine(new URL(url).hostname) ? null : await proxyFor(url);
    if (address === null) {
      direct ??= new undici.Agent({ ...limits, connect });
      return direct;
    }
    const known = proxies.get(address) ?? through(undici, address);
    proxies.set(address, known);
    return known;
  };
  const routed = async (...[input, init]: Parameters<Undici['fetch']>): ReturnType<Undici['fetch']> => {
    const url = typeof input === 'object' && 'url' in input ? input.url : String(input);
    const undici = await loadUndici();
    return undici.fetch(input, { ...init, dispatcher: await dispatcherFor(undici, url) });
  };
  return {
    // The package's fetch and Node's are the same code with two sets of type names.
    fetch: routed as unknown as typeof globalThis.fetch,
    close: async () => void (await Promise.all([...(direct ? [direct] : []), ...proxies.values()].map((dispatcher) => dispatcher.close()))),
  };
};

export const createFetch = (proxyFor?: ProxyFor): typeof globalThis.fetch => createNetwork(proxyFor).fetch;
