import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';

const nearEnd = 48;
const nearStart = 320;

interface StickyScroll {
  scroller: RefObject<HTMLDivElement | null>;
  inner: RefObject<HTMLDivElement | null>;
  atEnd: boolean;
  toEnd: (smooth?: boolean) => void;
  onScroll: () => void;
}

/**
 * Keeps the end in sight while text comes, until the person scrolls up; keeps what is read in its place when earlier
 * messages come in above. `firstId` is the first message shown, `onStart` loads what is before it.
 */
export const useStickyScroll = (conversationId: string, firstId: string | undefined, onStart: () => void): StickyScroll => {
  const scroller = useRef<HTMLDivElement>(null);
  const inner = useRef<HTMLDivElement>(null);
  const sticks = useRef(true);
  const lastTop = useRef(0);
  const fromEnd = useRef(0);
  const [atEnd, setAtEnd] = useState(true);

  const toEnd = useCallback((smooth = false): void => {
    sticks.current = true;
    const box = scroller.current;
    if (!box) return;
    const near = box.scrollHeight - box.scrollTop < 3 * box.clientHeight;
    box.scrollTo({ top: box.scrollHeight, behavior: smooth && near ? 'smooth' : 'instant' });
  }, []);

  const onScroll = useCallback((): void => {
    const box = scroller.current;
    if (!box) return;
    const rest = box.scrollHeight - box.scrollTop - box.clientHeight;
    if (rest < nearEnd) sticks.current = true;
    else if (box.scrollTop < lastTop.current) sticks.current = false;
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
    if (box && before.current !== firstId && before.current !== undefined && !sticks.current) {
      box.scrollTop = box.scrollHeight - fromEnd.current;
    }
    before.current = firstId;
  }, [firstId]);

  useEffect(() => {
    const box = scroller.current;
    const content = inner.current;
    if (!box || !content) return;
    const watcher = new ResizeObserver(() => {
      if (sticks.current) box.scrollTop = box.scrollHeight;
      setAtEnd(box.scrollHeight - box.scrollTop - box.clientHeight < nearEnd);
    });
    watcher.observe(content);
    watcher.observe(box);
    return () => watcher.disconnect();
  }, []);

  return { scroller, inner, atEnd, toEnd, onScroll };
};
