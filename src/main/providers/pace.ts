import { setImmediate as nextTurn } from 'node:timers/promises';

/** The longest that work of ours may keep the program from hearing anything else, such as Stop. */
const longestMs = 12;

/** Lets the program breathe in long work: call it often, it waits only when the last pause is a while ago. */
export const createPace = (): (() => Promise<void>) => {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < longestMs) return;
    await nextTurn();
    since = performance.now();
  };
};
