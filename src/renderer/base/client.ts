import type { ContractRouterClient } from '@orpc/contract';
import { createTanstackQueryUtils } from '@orpc/tanstack-query';
import type { Contract } from '@shared/contract';
import { createContext, useContext } from 'react';

/** The engine's API as the window sees it; `connect.ts` handles the transport. */
export type Client = ContractRouterClient<Contract>;

export const createApi = (client: Client) => createTanstackQueryUtils(client);
/** The same API as options for `useQuery`, `useInfiniteQuery` and `useMutation`. */
export type Api = ReturnType<typeof createApi>;

/** The window's connection to the engine. */
export interface Engine {
  client: Client;
  api: Api;
  /** Resolves when calls can reach the engine (again). */
  whenOpen(): Promise<void>;
  /** Headers for one plain HTTP request to the engine's host (an upload), once the host has proved its identity. */
  headers(): Promise<Record<string, string>>;
}

export const EngineContext = createContext<Engine | null>(null);

export const useEngine = (): Engine => {
  const engine = useContext(EngineContext);
  if (!engine) throw new Error('EngineContext is missing above this component');
  return engine;
};
export const useClient = (): Client => useEngine().client;
export const useApi = (): Api => useEngine().api;
