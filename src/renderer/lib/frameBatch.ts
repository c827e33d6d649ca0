export interface FrameBatch<Item> {
  push: (item: Item) => void;
  /** Delivers the waiting items now. */
  flush: () => void;
}

/** Gathers items and delivers them once a frame, so that a thousand pieces a second paint only sixty times. */
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
      // A hidden window paints no frames, and items must not pile up until it is shown.
      if (document.hidden) flush();
      else if (frame === 0) frame = requestAnimationFrame(flush);
    },
    flush,
  };
};
