import { createContext, useContext } from 'react';

/** Whether a turn of the conversation runs: nothing else can be started in it now. Asked where it matters, so that messages are not painted again when it changes. */
export const BusyContext = createContext(false);
export const useBusy = (): boolean => useContext(BusyContext);
