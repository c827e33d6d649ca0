import { setImmediate as nextTurn } from 'node:timers/promises';

/** The longest time, in milliseconds, for which one piece of work may block the program from other events, such as Stop. */
const longestMs = 12;

/** Pauses long work for other events: call it often; it waits only when the last pause is a while ago. */
export const createPace = (): (() => Promise<void>) => {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < longestMs) return;
    await nextTurn();
    since = performance.now();
  };
};
