import { middleOf, type Placed } from '@renderer/lib/showWithin';
import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { asksUp, holdsEnd, isNearEnd, type ScrollBox, wentUpAsAsked } from './scrollHold';

/** Space kept free above an element that is shown from its top. */
const topMargin = 24;

/** A message to show, also one that is not loaded yet. */
export interface Place {
  message: string;
  /** The index of its row. */
  index: number;
  /** Pixels below the top of the view. */
  below: number | 'middle';
  /** The part of its row that goes to the middle; called once, when the row is there. */
  aim?: ((row: HTMLElement) => Placed) | undefined;
}

interface StickyScroll {
  atEnd: boolean;
  toEnd: (smooth?: boolean) => void;
  /** Scrolls to a place and keeps it in view until the person scrolls. */
  show: (place: Place) => void;
  /** Keeps the beginning of a message in view instead of the end, unless the person has scrolled away. */
  toTopOf: (element: HTMLElement) => void;
  /** Keeps the end in view again, if the top of this message is still the kept one. */
  fromTopToEnd: (element: HTMLElement) => void;
  /** Stops keeping anything in view. */
  letGo: () => void;
  /** Scrolls the kept part back into its place, after the rows have changed, unless the person has scrolled meanwhile. */
  settle: () => void;
  onScroll: () => void;
}

/** The place where the person left each conversation. */
const places = new Map<string, Place | 'end'>();
/** The message at which the person left a conversation; undefined where it was left at its end, or never seen. */
export const placeLeft = (conversationId: string): Place | undefined => {
  const left = places.get(conversationId);
  return left === 'end' ? undefined : left;
};

const below = (box: HTMLElement, element: HTMLElement): number => element.getBoundingClientRect().top - box.getBoundingClientRect().top;
const rowOf = (box: HTMLElement, message: string): HTMLElement | null =>
  box.querySelector<HTMLElement>(`[data-message="${CSS.escape(message)}"]`);
const indexOf = (element: HTMLElement): number => Number(element.closest<HTMLElement>('[data-index]')?.dataset.index);

const leave = (box: HTMLElement, conversationId: string): void => {
  const edge = box.getBoundingClientRect().top;
  const reading = [...box.querySelectorAll<HTMLElement>('[data-message]')].find((element) => element.getBoundingClientRect().bottom > edge);
  const message = reading?.dataset.message;
  if (isNearEnd(box) && box.scrollTop > 0) places.set(conversationId, 'end');
  else if (!isNearEnd(box) && reading && message)
    places.set(conversationId, { message, index: indexOf(reading), below: below(box, reading) });
  else places.delete(conversationId);
};

const measure = ({ scrollTop, scrollHeight, clientHeight }: ScrollBox): ScrollBox => ({ scrollTop, scrollHeight, clientHeight });

interface StickyScrollOptions {
  conversationId: string;
  scroller: RefObject<HTMLElement | null>;
  inner: RefObject<HTMLElement | null>;
  /** Where a row begins that is not mounted, in pixels, as far as that is known. Absent where all rows are mounted. */
  offsetOf?: (index: number) => number;
  /** The part in view when the conversation is opened for the first time. */
  opensAt?: 'end' | 'top';
}

/**
 * Keeps the end in view while text comes, until the person scrolls up; or keeps a message in place while the rows above it are
 * loaded and measured. Once the person has scrolled, the browser's scroll anchoring keeps the text being read in place.
 */
export const useStickyScroll = ({ conversationId, scroller, inner, offsetOf, opensAt = 'end' }: StickyScrollOptions): StickyScroll => {
  /** The part kept in view: the end, a place, or nothing since the person scrolled. */
  const kept = useRef<'end' | Place | null>('end');
  /** The scroll position that this hook set last: a scroll event that reports it does not come from the person. */
  const put = useRef(Number.NaN);
  const last = useRef<ScrollBox>({ scrollTop: 0, scrollHeight: 0, clientHeight: 0 });
  /** When the person asked to scroll up. Rows above that get shorter in that moment would hide it: the view moves up for both. */
  const askedUpAt = useRef(Number.NEGATIVE_INFINITY);
  const [atEnd, setAtEnd] = useState(true);

  /** While a place is held, only this hook and the person move the view: the browser's scroll anchoring would look like the person. */
  const hold = useCallback(
    (part: 'end' | Place | null): void => {
      kept.current = part;
      const box = scroller.current;
      if (box) box.style.overflowAnchor = part === null || part === 'end' ? '' : 'none';
    },
    [scroller],
  );
  const toEnd = useCallback(
    (smooth = false): void => {
      hold('end');
      const box = scroller.current;
      if (!box) return;
      const near = box.scrollHeight - box.scrollTop < 3 * box.clientHeight;
      box.scrollTo({ top: box.scrollHeight, behavior: smooth && near ? 'smooth' : 'instant' });
    },
    [scroller, hold],
  );
  const letGo = useCallback((): void => hold(null), [hold]);

  /** Where the view begins when it shows the place; null where that is not known. */
  const topOf = useCallback(
    (box: HTMLElement, place: Place): number | null => {
      const row = rowOf(box, place.message);
      if (!row) return offsetOf ? offsetOf(place.index) - (place.below === 'middle' ? box.clientHeight / 3 : place.below) : null;
      if (place.below === 'middle') place.below = below(box, row) - middleOf(box, place.aim?.(row) ?? row);
      return box.scrollTop + below(box, row) - place.below;
    },
    [offsetOf],
  );
  const keep = useCallback((): void => {
    const box = scroller.current;
    if (!box || kept.current === null) return;
    if (kept.current === 'end') {
      box.scrollTop = box.scrollHeight;
      return;
    }
    const top = topOf(box, kept.current);
    if (top === null) {
      hold(null);
      return;
    }
    if (Math.abs(top - box.scrollTop) >= 1) box.scrollTop = top;
    put.current = box.scrollTop;
  }, [scroller, topOf, hold]);
  const show = useCallback(
    (place: Place): void => {
      hold({ ...place });
      keep();
    },
    [keep, hold],
  );
  const toTopOf = useCallback(
    (element: HTMLElement): void => {
      const { message } = element.dataset;
      if (kept.current === 'end' && message) show({ message, index: indexOf(element), below: topMargin });
    },
    [show],
  );
  const fromTopToEnd = useCallback(
    (element: HTMLElement): void => {
      if (kept.current !== null && kept.current !== 'end' && kept.current.message === element.dataset.message) toEnd();
    },
    [toEnd],
  );

  const onScroll = useCallback((): void => {
    const box = scroller.current;
    if (!box) return;
    const now = measure(box);
    const place = kept.current === 'end' ? null : kept.current;
    const missing = place ? (topOf(box, place) ?? Number.NaN) - box.scrollTop : 0;
    // In its place, or as near to it as the length of the content allows.
    const held =
      place !== null &&
      (Math.abs(now.scrollTop - put.current) < 2 ||
        Math.abs(missing) < 2 ||
        (missing > 0 && now.scrollHeight - now.scrollTop - now.clientHeight < 2));
    const wentUp = wentUpAsAsked(askedUpAt.current, performance.now(), last.current, now);
    if (!held) hold(!wentUp && holdsEnd(kept.current === 'end', last.current, now) ? 'end' : null);
    last.current = now;
    setAtEnd(isNearEnd(now));
  }, [scroller, topOf, hold]);

  const settle = useCallback((): void => {
    // The event of a scroll comes with the next frame, which may be after the rows have changed.
    if (scroller.current && Math.abs(scroller.current.scrollTop - last.current.scrollTop) >= 1) onScroll();
    keep();
  }, [scroller, onScroll, keep]);

  // Another conversation opens where it was left.
  useLayoutEffect(() => {
    const box = scroller.current;
    const left = places.get(conversationId) ?? (opensAt === 'end' ? 'end' : null);
    hold(left === null || left === 'end' ? left : { ...left });
    keep();
    return () => {
      if (box) leave(box, conversationId);
    };
  }, [conversationId, scroller, opensAt, keep, hold]);

  useEffect(() => {
    const box = scroller.current;
    const content = inner.current;
    if (!box || !content) return;
    const watcher = new ResizeObserver(() => {
      const moved = wentUpAsAsked(askedUpAt.current, performance.now(), last.current, box);
      if (moved && kept.current === 'end') hold(null);
      keep();
      // Text added at the end moves the end away from the text being read, before anyone scrolls.
      last.current = measure(box);
      setAtEnd(isNearEnd(last.current));
    });
    watcher.observe(content);
    watcher.observe(box);
    const onAsk = (event: KeyboardEvent | WheelEvent): void => {
      if (asksUp(event)) askedUpAt.current = performance.now();
    };
    box.addEventListener('keydown', onAsk);
    box.addEventListener('wheel', onAsk, { passive: true });
    return () => {
      watcher.disconnect();
      box.removeEventListener('keydown', onAsk);
      box.removeEventListener('wheel', onAsk);
    };
  }, [scroller, inner, keep, hold]);

  return { atEnd, toEnd, show, toTopOf, fromTopToEnd, letGo, settle, onScroll };
};
