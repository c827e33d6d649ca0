import { href, paths } from '@renderer/app/paths';
import type { KeyboardEvent } from 'react';

/** Arrow keys walk over the rows, whatever they are made of. */
export const walkRows = (event: KeyboardEvent<HTMLElement>): void => {
  const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (by === 0 || event.altKey) return;
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('a[data-row]')];
  const at = rows.indexOf(document.activeElement as HTMLElement);
  const next = rows[at < 0 ? 0 : at + by];
  if (!next) return;
  event.preventDefault();
  next.focus();
};

export const conversationHref = (id: string, messageId?: string): string => href(paths.chat(id, messageId));
