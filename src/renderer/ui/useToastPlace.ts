import { type CSSProperties, useLayoutEffect, useState } from 'react';

/** Messages are shown above the element with this attribute: the one in which the person writes. */
export const keptClear = { 'data-kept-clear': '' } as const;

/** Room above the status line, and above the composer, where the button to the latest message is. */
const aboveStatusPx = 48;
const aboveWritingPx = 48;
const sidePx = 16;

const measure = (): CSSProperties | undefined => {
  const main = document.querySelector('main')?.getBoundingClientRect();
  if (!main) return undefined;
  const writing = document.querySelector('main [data-kept-clear]')?.getBoundingClientRect();
  return {
    left: main.left + main.width / 2,
    bottom: writing ? Math.max(aboveStatusPx, window.innerHeight - writing.top + aboveWritingPx) : aboveStatusPx,
    maxWidth: Math.max(0, main.width - 2 * sidePx),
  };
};

const isSame = (one: CSSProperties | undefined, other: CSSProperties | undefined): boolean =>
  one?.left === other?.left && one?.bottom === other?.bottom && one?.maxWidth === other?.maxWidth;

/** The place of short messages while there are any: over the content alone, beside the evidence panel, never over the composer. */
export const useToastPlace = (shown: boolean): CSSProperties | undefined => {
  const [place, setPlace] = useState<CSSProperties | undefined>();
  useLayoutEffect(() => {
    if (!shown) return;
    let frame = 0;
    // The panel, the page and the composer's height change at any time; measuring once a frame is cheap for such a short while.
    const look = (): void => {
      const next = measure();
      setPlace((now) => (isSame(now, next) ? now : next));
      frame = requestAnimationFrame(look);
    };
    look();
    return () => cancelAnimationFrame(frame);
  }, [shown]);
  return place;
};
