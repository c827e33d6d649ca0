import { session } from 'electron';
import { Agent, type Dispatcher, ProxyAgent, fetch as undiciFetch } from 'undici';

/** The first usable entry of a PAC answer such as `PROXY a:1; DIRECT`; null for a direct connection. */
export const proxyAddress = (answer: string): string | null => {
  for (const entry of answer.split(';')) {
    const [kind = '', place] = entry.trim().split(/\s+/);
    if (kind.toUpperCase() === 'DIRECT') return null;
    if (place && /^(PROXY|HTTP)$/i.test(kind)) return `http://${place}`;
    if (place && /^HTTPS$/i.test(kind)) return `https://${place}`;
  }
  return null;
};

/** undici's fetch through the proxy that the system's settings name for each address. */
export const createProxyFetch = (): typeof undiciFetch => {
  const direct = new Agent();
  const proxies = new Map<string, Dispatcher>();
  const dispatcherFor = async (url: string): Promise<Dispatcher> => {
    const address = proxyAddress(await session.defaultSession.resolveProxy(url));
    if (!address) return direct;
    const known = proxies.get(address) ?? new ProxyAgent(address);
    proxies.set(address, known);
    return known;
  };
  return async (input, init) => {
    const url = typeof input === 'object' && 'url' in input ? input.url : String(input);
    return undiciFetch(input, { ...init, dispatcher: init?.dispatcher ?? (await dispatcherFor(url)) });
  };
};
