export interface FrameBatch<Item> {
  push: (item: Item) => void;
  /** Delivers the waiting items now. */
  flush: () => void;
}

/**
 * Gathers items and delivers them once a frame, so that a thousand pieces a second paint only sixty times. The delivery is a task of
 * its own ahead of the frame: rendering and painting in one task would be twice as long a task.
 */
export const createFrameBatch = <Item>(deliver: (items: Item[]) => void): FrameBatch<Item> => {
  let waiting: Item[] = [];
  let delivery: ReturnType<typeof setTimeout> | undefined;
  /** The frame that paints the last delivery; 0 when it has begun. */
  let frame = 0;
  const plan = (): void => {
    if (frame === 0 && waiting.length > 0) delivery ??= setTimeout(flush);
  };
  const flush = (): void => {
    clearTimeout(delivery);
    delivery = undefined;
    const items = waiting;
    waiting = [];
    if (items.length === 0) return;
    // A hidden window paints no frames.
    if (frame === 0 && !document.hidden)
      frame = requestAnimationFrame(() => {
        frame = 0;
        plan();
      });
    deliver(items);
  };
  return {
    push: (item) => {
      waiting.push(item);
      // Items must not pile up until the window is shown.
      if (document.hidden) flush();
      else plan();
    },
    flush,
  };
};
