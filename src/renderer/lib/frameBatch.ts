export interface FrameBatch<Item> {
  push: (item: Item) => void;
  /** Delivers what waits, now. */
  flush: () => void;
}

/** Gathers what comes and delivers it once a frame, so that a thousand pieces a second paint sixty times. */
export const createFrameBatch = <Item>(deliver: (items: Item[]) => void): FrameBatch<Item> => {
  let waiting: Item[] = [];
  let frame = 0;
  const flush = (): void => {
    cancelAnimationFrame(frame);
    frame = 0;
    const items = waiting;
    waiting = [];
    if (items.length > 0) deliver(items);
  };
  return {
    push: (item) => {
      waiting.push(item);
      // A hidden window paints no frames; what comes must not pile up until it is shown.
      if (document.hidden) flush();
      else if (frame === 0) frame = requestAnimationFrame(flush);
    },
    flush,
  };
};
