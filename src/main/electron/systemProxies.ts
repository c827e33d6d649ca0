import type { ProxyFor } from '@main/network/proxies';
import { session } from 'electron';
import { proxyAddress } from './proxyAddress';

/** The proxies that the system's settings name. */
export const createSystemProxies = (): ProxyFor => {
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
  return async (url) => proxyAddress(await ask(url));
};
