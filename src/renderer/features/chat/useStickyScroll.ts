import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { holdsEnd, isNearEnd, type ScrollBox } from './scrollHold';

const nearStart = 320;
/** Space kept free above an element that is shown from its top. */
const topMargin = 24;

interface StickyScroll {
  scroller: RefObject<HTMLDivElement | null>;
  inner: RefObject<HTMLDivElement | null>;
  atEnd: boolean;
  toEnd: (smooth?: boolean) => void;
  /** Keeps the beginning of an element of the content in view instead of the end, unless the person has scrolled away. */
  toTopOf: (element: HTMLElement) => void;
  /** Keeps the end in view again, if the top of this element is still the kept one. */
  fromTopToEnd: (element: HTMLElement) => void;
  /** Stops keeping anything in view: another place is about to be shown. */
  letGo: () => void;
  onScroll: () => void;
}

/** An element kept this many pixels below the top of the view. */
interface KeptElement {
  element: HTMLElement;
  below: number;
}

const below = (box: HTMLElement, element: HTMLElement): number => element.getBoundingClientRect().top - box.getBoundingClientRect().top;

/** The scroll position at which the box shows the element in its place. */
const topOf = (box: HTMLElement, { element, below: wanted }: KeptElement): number => box.scrollTop + below(box, element) - wanted;

/** The place where the person left each conversation, unless it was its end: a message, and its distance from the top. */
const places = new Map<string, { message: string; below: number }>();

const leave = (box: HTMLElement, conversationId: string): void => {
  const edge = box.getBoundingClientRect().top;
  const reading = isNearEnd(box)
    ? undefined
    : [...box.querySelectorAll<HTMLElement>('[data-message]')].find((element) => element.getBoundingClientRect().bottom > edge);
  if (reading?.dataset.message) places.set(conversationId, { message: reading.dataset.message, below: below(box, reading) });
  else places.delete(conversationId);
};

const measure = ({ scrollTop, scrollHeight, clientHeight }: ScrollBox): ScrollBox => ({ scrollTop, scrollHeight, clientHeight });

/**
 * Keeps the end in view while text comes, until the person scrolls up; keeps the text being read in place when earlier messages are
 * added above. `firstId` is the first message shown, `onStart` loads those before it.
 */
export const useStickyScroll = (conversationId: string, firstId: string | undefined, onStart: () => void): StickyScroll => {
  const scroller = useRef<HTMLDivElement>(null);
  const inner = useRef<HTMLDivElement>(null);
  /** The part kept in view: the end, an element, or nothing since the person scrolled. */
  const kept = useRef<'end' | KeptElement | null>('end');
  /** The place to return to, until its message is loaded. */
  const place = useRef<{ message: string; below: number } | undefined>(undefined);
  const last = useRef<ScrollBox>({ scrollTop: 0, scrollHeight: 0, clientHeight: 0 });
  const [atEnd, setAtEnd] = useState(true);

  const toEnd = useCallback((smooth = false): void => {
    kept.current = 'end';
    place.current = undefined;
    const box = scroller.current;
    if (!box) return;
    const near = box.scrollHeight - box.scrollTop < 3 * box.clientHeight;
    box.scrollTo({ top: box.scrollHeight, behavior: smooth && near ? 'smooth' : 'instant' });
  }, []);
  const letGo = useCallback((): void => {
    kept.current = null;
    place.current = undefined;
  }, []);

  const keep = useCallback((): void => {
    const box = scroller.current;
    if (!box || !kept.current) return;
    const element = place.current && box.querySelector<HTMLElement>(`[data-message="${CSS.escape(place.current.message)}"]`);
    if (element && place.current) {
      kept.current = { element, below: place.current.below };
      place.current = undefined;
    }
    if (kept.current !== 'end' && !kept.current.element.isConnected) kept.current = null;
    else if (kept.current === 'end') box.scrollTop = box.scrollHeight;
    else box.scrollTop = topOf(box, kept.current);
  }, []);
  const toTopOf = useCallback(
    (element: HTMLElement): void => {
      if (kept.current !== 'end') return;
      kept.current = { element, below: topMargin };
      keep();
    },
    [keep],
  );
  const fromTopToEnd = useCallback(
    (element: HTMLElement): void => {
      if (kept.current !== null && kept.current !== 'end' && kept.current.element === element) toEnd();
    },
    [toEnd],
  );

  const onScroll = useCallback((): void => {
    const box = scroller.current;
    if (!box) return;
    const now = measure(box);
    const keptElement = kept.current === 'end' ? null : kept.current;
    const missing = keptElement ? topOf(box, keptElement) - box.scrollTop : 0;
    // In its place, or as near to it as the length of the content allows.
    const held =
      keptElement !== null && (Math.abs(missing) < 2 || (missing > 0 && now.scrollHeight - now.scrollTop - now.clientHeight < 2));
    if (!held) kept.current = holdsEnd(kept.current === 'end', last.current, now) ? 'end' : null;
    last.current = now;
    setAtEnd(isNearEnd(now));
    if (now.scrollTop < nearStart && now.scrollHeight > now.clientHeight) onStart();
  }, [onStart]);

  // Another conversation opens where it was left, or at its end.
  useLayoutEffect(() => {
    const box = scroller.current;
    const left = places.get(conversationId);
    toEnd();
    place.current = left;
    keep();
    return () => {
      if (box) leave(box, conversationId);
    };
  }, [conversationId, toEnd, keep]);

  const before = useRef(firstId);
  useLayoutEffect(() => {
    const box = scroller.current;
    if (box && before.current !== firstId && before.current !== undefined && kept.current !== 'end') {
      // The text being read keeps its distance from the end.
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
      // Text added at the end moves the end away from the text being read, before anyone scrolls.
      last.current = measure(box);
      setAtEnd(isNearEnd(last.current));
    });
    watcher.observe(content);
    watcher.observe(box);
    return () => watcher.disconnect();
  }, [keep]);

  return { scroller, inner, atEnd, toEnd, toTopOf, fromTopToEnd, letGo, onScroll };
};
