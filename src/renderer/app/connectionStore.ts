import { create } from 'zustand';

/**
 * `refused`: the server at this address is not the program of this window, or no longer knows it. A fresh address helps, or the
 * return of the program.
 */
export type ConnectionState = 'connecting' | 'open' | 'reconnecting' | 'refused';

export const useConnection = create<{ state: ConnectionState }>(() => ({ state: 'connecting' }));
