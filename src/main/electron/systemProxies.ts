import type { ProxyFor } from '@main/network/proxies';
import { session } from 'electron';
import { proxyAddress } from './proxyAddress';

/** The proxies in the system's settings. */
export const createSystemProxies = (): ProxyFor => {
  let warned = false;
  /** A system that cannot name its proxy has none that can be used: the call itself will show if it succeeds. */
  const ask = async (url: string): Promise<string> => {
    try {
      return await session.defaultSession.resolveProxy(url);
    } catch (error) {
      if (!warned) console.warn(`The system's proxy settings could not be read: ${(error as Error).message}`);
      warned = true;
      return 'DIRECT';
    }
  };
  return async (url) => proxyAddress(await ask(url));
};
