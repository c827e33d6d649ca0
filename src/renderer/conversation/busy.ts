import { createContext, useContext } from 'react';

/**
 * True while a turn of the conversation runs: nothing else can be started in it. A context, so that messages are not painted again
 * when it changes.
 */
export const BusyContext = createContext(false);
export const useBusy = (): boolean => useContext(BusyContext);
