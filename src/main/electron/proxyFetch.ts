import { session } from 'electron';
import { Agent, type Dispatcher, fetch, ProxyAgent, Socks5ProxyAgent } from 'undici';
import { proxyAddress } from './proxyAddress';

/** The limits of a call are the caller's: undici's own are off. */
const limits = { headersTimeout: 0, bodyTimeout: 0, connect: { timeout: 10_000 } };

const through = (address: string): Dispatcher =>
  address.startsWith('socks5:')
    ? new Socks5ProxyAgent(address, { headersTimeout: 0, bodyTimeout: 0 })
    : new ProxyAgent({ ...limits, uri: address });

/** undici's fetch through the proxy that the system's settings name for each address. */
export const createProxyFetch = (): typeof globalThis.fetch => {
  const direct = new Agent(limits);
  const proxies = new Map<string, Dispatcher>();
  let warned = false;
  /** A system that cannot say which proxy it wants has none that we could use: the call itself will tell whether it gets through. */
  const ask = async (url: string): Promise<string> => {
    try {
      return await session.defaultSession.resolveProxy(url);
    } catch (error) {
      if (!warned) console.warn(`The system's proxy settings could not be read: ${(error as Error).message}`);
      warned = true;
      return 'DIRECT';
    }
  };
  const dispatcherFor = async (url: string): Promise<Dispatcher> => {
    const address = proxyAddress(await ask(url));
    if (!address) return direct;
    const known = proxies.get(address) ?? through(address);
    proxies.set(address, known);
    return known;
  };
  const fetchThroughProxy = async (...[input, init]: Parameters<typeof fetch>): ReturnType<typeof fetch> => {
    const url = typeof input === 'object' && 'url' in input ? input.url : String(input);
    return fetch(input, { ...init, dispatcher: await dispatcherFor(url) });
  };
  // The package's fetch and Node's are the same code with two sets of type names.
  return fetchThroughProxy as unknown as typeof globalThis.fetch;
};
