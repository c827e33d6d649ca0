export interface Scored {
  id: number;
  score: number;
}

/** Keeps the best `limit` of many, in a binary heap with the worst on top. Of equal ones those that came first stay. */
export const createTopList = (limit: number) => {
  const heap: Scored[] = [];
  const isWorse = (a: number, b: number): boolean => {
    const [one, other] = [heap[a] as Scored, heap[b] as Scored];
    return one.score < other.score || (one.score === other.score && one.id > other.id);
  };
  const swap = (a: number, b: number): void => {
    const held = heap[a] as Scored;
    heap[a] = heap[b] as Scored;
    heap[b] = held;
  };
  const sink = (): void => {
    let at = 0;
    for (;;) {
      const left = 2 * at + 1;
      if (left >= heap.length) return;
      const child = left + 1 < heap.length && isWorse(left + 1, left) ? left + 1 : left;
      if (!isWorse(child, at)) return;
      swap(at, child);
      at = child;
    }
  };
  return {
    /** The score that a new value must exceed to be kept. */
    threshold: (): number => (heap.length < limit ? Number.NEGATIVE_INFINITY : (heap[0] as Scored).score),
    offer: (id: number, score: number): void => {
      if (heap.length < limit) {
        heap.push({ id, score });
        for (let at = heap.length - 1; at > 0; ) {
          const parent = (at - 1) >> 1;
          if (!isWorse(at, parent)) break;
          swap(at, parent);
          at = parent;
        }
      } else if (score > (heap[0] as Scored).score) {
        heap[0] = { id, score };
        sink();
      }
    },
    sorted: (): Scored[] => heap.toSorted((a, b) => b.score - a.score || a.id - b.id),
  };
};
