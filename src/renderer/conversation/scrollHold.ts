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
