import type { MenuCommand } from '@shared/desktop';
import { useEffect, useRef } from 'react';

/** The commands of menus, shortcuts and the palette. */
export type Command = MenuCommand | 'stop';

const handlers: { command: Command; run: () => boolean }[] = [];

/** Runs a command by its newest handler; true when one handled it. */
export const runCommand = (command: Command): boolean => {
  for (const handler of [...handlers].reverse()) {
    if (handler.command === command && handler.run()) return true;
  }
  return false;
};

/** Handles a command while the component is shown. The newest handler comes first; one that returns false passes the command on. */
// biome-ignore lint/suspicious/noConfusingVoidType: most handlers return nothing, which means done
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
