import type { MenuCommand } from '@shared/desktop';
import { useEffect, useRef } from 'react';

/** What menus, shortcuts and the palette can ask for. */
export type Command = MenuCommand | 'stop';

const handlers: { command: Command; run: () => boolean }[] = [];

/** Does the command by whoever answers to it last; true when someone did. */
export const runCommand = (command: Command): boolean => {
  for (const handler of [...handlers].reverse()) {
    if (handler.command === command && handler.run()) return true;
  }
  return false;
};

/** Answers to a command while the component is shown; the newest answers first, and one that returns false passes it on. */
// biome-ignore lint/suspicious/noConfusingVoidType: most answers return nothing, and that means done
export const useCommand = (command: Command, run: () => boolean | void, enabled = true): void => {
  const latest = useRef(run);
  latest.current = run;
  useEffect(() => {
    if (!enabled) return;
    const handler = { command, run: () => latest.current() !== false };
    handlers.push(handler);
    return () => {
      handlers.splice(handlers.indexOf(handler), 1);
    };
  }, [command, enabled]);
};
