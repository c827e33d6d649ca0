import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { holdsEnd, isNearEnd, type ScrollBox } from './scrollHold';

const nearStart = 320;
/** Kept free above what is shown from its top. */
const topMargin = 24;

interface StickyScroll {
  scroller: RefObject<HTMLDivElement | null>;
  inner: RefObject<HTMLDivElement | null>;
  atEnd: boolean;
  toEnd: (smooth?: boolean) => void;
  /** Keeps the beginning of an element of the content in sight instead of the end, unless the person has scrolled away. */
  toTopOf: (element: HTMLElement) => void;
  /** Holds nothing any more: another place is about to be shown. */
  letGo: () => void;
  onScroll: () => void;
}

/** Where the box stands when it shows the element's top. */
const topOf = (box: HTMLElement, element: HTMLElement): number =>
  box.scrollTop + element.getBoundingClientRect().top - box.getBoundingClientRect().top - topMargin;

const measure = ({ scrollTop, scrollHeight, clientHeight }: ScrollBox): ScrollBox => ({ scrollTop, scrollHeight, clientHeight });

/**
 * Keeps the end in sight while text comes, until the person scrolls up; keeps what is read in its place when earlier
 * messages come in above. `firstId` is the first message shown, `onStart` loads what is before it.
 */
export const useStickyScroll = (conversationId: string, firstId: string | undefined, onStart: () => void): StickyScroll => {
  const scroller = useRef<HTMLDivElement>(null);
  const inner = useRef<HTMLDivElement>(null);
  /** What is kept in sight: the end, the top of an element, or nothing since the person scrolled. */
  const kept = useRef<'end' | HTMLElement | null>('end');
  const last = useRef<ScrollBox>({ scrollTop: 0, scrollHeight: 0, clientHeight: 0 });
  const [atEnd, setAtEnd] = useState(true);

  const toEnd = useCallback((smooth = false): void => {
    kept.current = 'end';
    const box = scroller.current;
    if (!box) return;
    const near = box.scrollHeight - box.scrollTop < 3 * box.clientHeight;
    box.scrollTo({ top: box.scrollHeight, behavior: smooth && near ? 'smooth' : 'instant' });
  }, []);
  const letGo = useCallback((): void => {
    kept.current = null;
  }, []);

  const keep = useCallback((): void => {
    const box = scroller.current;
    if (!box || !kept.current) return;
    if (kept.current !== 'end' && !kept.current.isConnected) kept.current = null;
    else if (kept.current === 'end') box.scrollTop = box.scrollHeight;
    else box.scrollTop = topOf(box, kept.current);
  }, []);
  const toTopOf = useCallback(
    (element: HTMLElement): void => {
      if (kept.current !== 'end') return;
      kept.current = element;
      keep();
    },
    [keep],
  );

  const onScroll = useCallback((): void => {
    const box = scroller.current;
    if (!box) return;
    const now = measure(box);
    const element = kept.current instanceof HTMLElement ? kept.current : null;
    const below = element ? topOf(box, element) - box.scrollTop : 0;
    // At the element's top, or as near as the content is long.
    const held = element !== null && (Math.abs(below) < 2 || (below > 0 && now.scrollHeight - now.scrollTop - now.clientHeight < 2));
    if (!held) kept.current = holdsEnd(kept.current === 'end', last.current, now) ? 'end' : null;
    last.current = now;
    setAtEnd(isNearEnd(now));
    if (now.scrollTop < nearStart && now.scrollHeight > now.clientHeight) onStart();
  }, [onStart]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another conversation begins at its end
  useLayoutEffect(() => {
    toEnd();
  }, [conversationId, toEnd]);

  const before = useRef(firstId);
  useLayoutEffect(() => {
    const box = scroller.current;
    if (box && before.current !== firstId && before.current !== undefined && kept.current !== 'end') {
      // What is read keeps its distance from the end as it was last shown.
      box.scrollTop = box.scrollHeight - (last.current.scrollHeight - last.current.scrollTop);
    }
    before.current = firstId;
  }, [firstId]);

  useEffect(() => {
    const box = scroller.current;
    const content = inner.current;
    if (!box || !content) return;
    const watcher = new ResizeObserver(() => {
      keep();
      // Text that comes at the end moves the end away from what is read, before anyone scrolls.
      last.current = measure(box);
      setAtEnd(isNearEnd(last.current));
    });
    watcher.observe(content);
    watcher.observe(box);
    return () => watcher.disconnect();
  }, [keep]);

  return { scroller, inner, atEnd, toEnd, toTopOf, letGo, onScroll };
};
