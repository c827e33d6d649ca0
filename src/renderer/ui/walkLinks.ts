import type { KeyboardEvent } from 'react';

/**
 * Moves the focus over the links of a list with Up, Down, Home and End; for its `onKeyDown`. From outside the links the first one
 * is next, and Up from the first one goes to the element `above` the list, such as a search field.
 */
export const walkLinks = (event: KeyboardEvent<HTMLElement>, above?: HTMLElement | null): void => {
  const { key, altKey, ctrlKey, metaKey, defaultPrevented, target } = event;
  if (altKey || ctrlKey || metaKey || defaultPrevented || target instanceof HTMLInputElement) return;
  const links = [...event.currentTarget.querySelectorAll<HTMLElement>('a')];
  const at = links.indexOf(document.activeElement as HTMLElement);
  const steps: Record<string, HTMLElement | null | undefined> = {
    ArrowDown: links[at + 1],
    ArrowUp: at === 0 ? above : links[Math.max(0, at - 1)],
    Home: links[0],
    End: links.at(-1),
  };
  const next = steps[key];
  if (!next) return;
  event.preventDefault();
  next.focus();
};
