import { create } from 'zustand';

/** `refused`: the host did not accept the token; only a fresh address with a token helps. */
export type ConnectionState = 'connecting' | 'open' | 'reconnecting' | 'refused';

export const useConnection = create<{ state: ConnectionState }>(() => ({ state: 'connecting' }));
