import type { KeyboardEvent } from 'react';

/** Up and down walk over the links of a list; for its `onKeyDown`. From outside the links the first one is next. */
export const walkLinks = (event: KeyboardEvent<HTMLElement>): void => {
  const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (by === 0 || event.altKey || event.defaultPrevented || event.target instanceof HTMLInputElement) return;
  const links = [...event.currentTarget.querySelectorAll<HTMLElement>('a')];
  const at = links.indexOf(document.activeElement as HTMLElement);
  const next = links[at < 0 ? 0 : at + by];
  if (!next) return;
  event.preventDefault();
  next.focus();
};
