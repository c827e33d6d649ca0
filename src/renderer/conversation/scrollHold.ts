/** A scrolled box, in pixels. */
export interface ScrollBox {
  scrollTop: number;
  scrollHeight: number;
  clientHeight: number;
}

/** A position this near to the end counts as the end. */
const nearEnd = 48;

const restOf = ({ scrollTop, scrollHeight, clientHeight }: ScrollBox): number => scrollHeight - scrollTop - clientHeight;

export const isNearEnd = (box: ScrollBox): boolean => restOf(box) < nearEnd;

/**
 * True when the end should stay in view after a scroll. Scrolling up by any distance ends that: new text must not pull back a
 * reader. Content that became shorter, or a view that became taller, also moves the top up but is not the person's doing.
 */
export const holdsEnd = (held: boolean, before: ScrollBox, now: ScrollBox): boolean => {
  if (restOf(now) <= 1) return true;
  const up = now.scrollTop < before.scrollTop && now.scrollHeight >= before.scrollHeight && now.clientHeight <= before.clientHeight;
  if (up) return false;
  return held || (now.scrollTop > before.scrollTop && isNearEnd(now));
};

/** How long after it a key or a wheel counts as the reason of a scroll, in milliseconds. */
const reasonLastsMs = 1_000;
const keysUp = new Set(['PageUp', 'Home', 'ArrowUp']);

/** True for a key or a wheel by which a person scrolls up. */
export const asksUp = (event: KeyboardEvent | WheelEvent): boolean => {
  if ('deltaY' in event) return event.deltaY < 0;
  return keysUp.has(event.key) || (event.key === ' ' && event.shiftKey);
};

/** True when the view moved up since `before`, shortly after the person asked for it at `askedAt`. */
export const wentUpAsAsked = (askedAt: number, at: number, before: ScrollBox, now: ScrollBox): boolean =>
  at - askedAt < reasonLastsMs && now.scrollTop < before.scrollTop;
