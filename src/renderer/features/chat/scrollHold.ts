/** A scrolled box, in pixels. */
export interface ScrollBox {
  scrollTop: number;
  scrollHeight: number;
  clientHeight: number;
}

/** As near to the end counts as going there. */
const nearEnd = 48;

const restOf = ({ scrollTop, scrollHeight, clientHeight }: ScrollBox): number => scrollHeight - scrollTop - clientHeight;

export const isNearEnd = (box: ScrollBox): boolean => restOf(box) < nearEnd;

/**
 * Whether the end is to be held in sight after a scroll. Going up by however little lets go: text that comes must not pull
 * back who reads. Content that became shorter, or a view that became taller, also moves the top up but is nobody's wish.
 */
export const holdsEnd = (held: boolean, before: ScrollBox, now: ScrollBox): boolean => {
  if (restOf(now) <= 1) return true;
  const up = now.scrollTop < before.scrollTop && now.scrollHeight >= before.scrollHeight && now.clientHeight <= before.clientHeight;
  if (up) return false;
  return held || (now.scrollTop > before.scrollTop && isNearEnd(now));
};
