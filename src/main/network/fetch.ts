import { Agent, type Dispatcher, fetch, ProxyAgent, Socks5ProxyAgent } from 'undici';
import { environmentProxies, isThisMachine, type ProxyFor } from './proxies';

/** undici's own limits are off: each caller has its own limits for headers and for silence. */
const limits = { headersTimeout: 0, bodyTimeout: 0 };
const connect = { timeout: 10_000 };

const through = (address: string): Dispatcher => {
  if (!/^socks/i.test(address)) return new ProxyAgent({ ...limits, connect, uri: address, proxyTunnel: false });
  // Servers of the older version also support the newer one; ignoring one would bypass a configured proxy.
  return new Socks5ProxyAgent(address.replace(/^socks[45]?[ah]?:/i, 'socks5:'), limits);
};

/** The one HTTP stack: each call uses the proxy for its address, or none. `close` closes idle connections. */
export const createNetwork = (
  proxyFor: ProxyFor = environmentProxies(process.env),
): { fetch: typeof globalThis.fetch; close(): Promise<void> } => {
  const direct = new Agent({ ...limits, connect });
  const proxies = new Map<string, Dispatcher>();
  const dispatcherFor = async (url: string): Promise<Dispatcher> => {
    // A call to this machine never uses a proxy, whatever the settings name.
    const address = isThisMachine(new URL(url).hostname) ? null : await proxyFor(url);
    if (address === null) return direct;
    const known = proxies.get(address) ?? through(address);
    proxies.set(address, known);
    return known;
  };
  const routed = async (...[input, init]: Parameters<typeof fetch>): ReturnType<typeof fetch> => {
    const url = typeof input === 'object' && 'url' in input ? input.url : String(input);
    return fetch(input, { ...init, dispatcher: await dispatcherFor(url) });
  };
  return {
    // The package's fetch and Node's are the same code with two sets of type names.
    fetch: routed as unknown as typeof globalThis.fetch,
    close: async () => void (await Promise.all([direct, ...proxies.values()].map((dispatcher) => dispatcher.close()))),
  };
};

export const createFetch = (proxyFor?: ProxyFor): typeof globalThis.fetch => createNetwork(proxyFor).fetch;
