import { type RefObject, useLayoutEffect } from 'react';

/** The last position of each scroll container, for as long as the window is open. */
const tops = new Map<string, number>();
/** The content may still be loading when the page opens again; after this time the position is given up. */
const patienceMs = 2_000;

/**
 * Scrolls an element back to where the person left it under this name, unless it is null. Waits until its content is long enough,
 * and gives up as soon as the person acts there.
 */
export const useKeptScroll = (ref: RefObject<HTMLElement | null>, name: string | null): void => {
  useLayoutEffect(() => {
    const box = ref.current;
    if (!box || name === null) return;
    let wanted = tops.get(name) ?? null;
    const apply = (): void => {
      if (wanted === null) return;
      box.scrollTop = wanted;
      if (Math.abs(box.scrollTop - wanted) < 1) giveUp();
    };
    const watcher = new MutationObserver(apply);
    const giveUp = (): void => {
      wanted = null;
      watcher.disconnect();
    };
    const onScroll = (): void => {
      if (wanted === null) tops.set(name, box.scrollTop);
    };
    const acts = ['wheel', 'pointerdown', 'keydown', 'touchstart'] as const;
    watcher.observe(box, { childList: true, subtree: true, attributes: true, attributeFilter: ['style'] });
    box.addEventListener('scroll', onScroll, { passive: true });
    for (const act of acts) box.addEventListener(act, giveUp, { passive: true });
    const timer = setTimeout(giveUp, patienceMs);
    apply();
    return () => {
      giveUp();
      clearTimeout(timer);
      box.removeEventListener('scroll', onScroll);
      for (const act of acts) box.removeEventListener(act, giveUp);
    };
  }, [ref, name]);
};
