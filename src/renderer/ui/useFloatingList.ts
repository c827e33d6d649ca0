import { type RefObject, useEffect } from 'react';
import { overlays } from './overlays';

/**
 * Makes a list that lies over the content while `open` take the focus, close on a choice, on a press outside and with Escape, and
 * give the focus back when nothing else has taken it.
 */
export const useFloatingList = (list: RefObject<HTMLElement | null>, open: boolean, close: () => void): void => {
  useEffect(() => {
    if (!open) return;
    const before = document.activeElement;
    list.current?.focus({ preventScroll: true });
    const end = new AbortController();
    const { signal } = end;
    window.addEventListener('hashchange', close, { signal });
    window.addEventListener(
      'pointerdown',
      ({ target }) => {
        // The menu of one of its rows is beside it in the page, but belongs to it.
        if (![list.current, overlays()].some((own) => own?.contains(target as Node))) close();
      },
      { signal },
    );
    // On the document: the list is the topmost layer, so it takes the key before the window's shortcuts do.
    document.addEventListener(
      'keydown',
      (event) => {
        if (event.key !== 'Escape' || event.defaultPrevented) return;
        event.preventDefault();
        close();
      },
      { signal },
    );
    return () => {
      end.abort();
      requestAnimationFrame(() => {
        if (document.activeElement === document.body && before instanceof HTMLElement) before.focus();
      });
    };
  }, [list, open, close]);
};
