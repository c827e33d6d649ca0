import { create } from 'zustand';

/** `refused`: whoever answers is not the program of this window, or no longer knows it. A fresh address helps, or its return. */
export type ConnectionState = 'connecting' | 'open' | 'reconnecting' | 'refused';

export const useConnection = create<{ state: ConnectionState }>(() => ({ state: 'connecting' }));
