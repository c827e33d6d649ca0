import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';

const nearEnd = 48;
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
  onScroll: () => void;
}

/** Where the box stands when it shows the element's top. */
const topOf = (box: HTMLElement, element: HTMLElement): number =>
  box.scrollTop + element.getBoundingClientRect().top - box.getBoundingClientRect().top - topMargin;

/**
 * Keeps the end in sight while text comes, until the person scrolls up; keeps what is read in its place when earlier
 * messages come in above. `firstId` is the first message shown, `onStart` loads what is before it.
 */
export const useStickyScroll = (conversationId: string, firstId: string | undefined, onStart: () => void): StickyScroll => {
  const scroller = useRef<HTMLDivElement>(null);
  const inner = useRef<HTMLDivElement>(null);
  /** What is kept in sight: the end, the top of an element, or nothing since the person scrolled. */
  const kept = useRef<'end' | HTMLElement | null>('end');
  const lastTop = useRef(0);
  const fromEnd = useRef(0);
  const [atEnd, setAtEnd] = useState(true);

  const toEnd = useCallback((smooth = false): void => {
    kept.current = 'end';
    const box = scroller.current;
    if (!box) return;
    const near = box.scrollHeight - box.scrollTop < 3 * box.clientHeight;
    box.scrollTo({ top: box.scrollHeight, behavior: smooth && near ? 'smooth' : 'instant' });
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
    const rest = box.scrollHeight - box.scrollTop - box.clientHeight;
    const element = kept.current instanceof HTMLElement ? kept.current : null;
    const below = element ? topOf(box, element) - box.scrollTop : 0;
    // At the element's top, or as near as the content is long.
    const held = element !== null && (Math.abs(below) < 2 || (below > 0 && rest < 2));
    if (!held) {
      if (rest < nearEnd) kept.current = 'end';
      else if (element || box.scrollTop < lastTop.current) kept.current = null;
    }
    lastTop.current = box.scrollTop;
    fromEnd.current = box.scrollHeight - box.scrollTop;
    setAtEnd(rest < nearEnd);
    if (box.scrollTop < nearStart && box.scrollHeight > box.clientHeight) onStart();
  }, [onStart]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another conversation begins at its end
  useLayoutEffect(() => {
    toEnd();
  }, [conversationId, toEnd]);

  const before = useRef(firstId);
  useLayoutEffect(() => {
    const box = scroller.current;
    if (box && before.current !== firstId && before.current !== undefined && kept.current !== 'end') {
      box.scrollTop = box.scrollHeight - fromEnd.current;
    }
    before.current = firstId;
  }, [firstId]);

  useEffect(() => {
    const box = scroller.current;
    const content = inner.current;
    if (!box || !content) return;
    const watcher = new ResizeObserver(() => {
      keep();
      setAtEnd(box.scrollHeight - box.scrollTop - box.clientHeight < nearEnd);
    });
    watcher.observe(content);
    watcher.observe(box);
    return () => watcher.disconnect();
  }, [keep]);

  return { scroller, inner, atEnd, toEnd, toTopOf, onScroll };
};
