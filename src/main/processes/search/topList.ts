export interface Scored {
  id: number;
  score: number;
}

/**
 * Keeps the best `limit` (1 or more) of many, in a binary heap with the worst on top. Of equal ones those that came first stay. Ids are
 * 32-bit integers: a question offers thousands, which an object each would make slow.
 */
export const createTopList = (limit: number) => {
  const ids = new Int32Array(limit);
  const scores = new Float64Array(limit);
  let size = 0;
  const isWorse = (score: number, id: number, other: number): boolean =>
    score < (scores[other] as number) || (score === scores[other] && id > (ids[other] as number));
  const place = (at: number, id: number, score: number): void => {
    ids[at] = id;
    scores[at] = score;
  };
  const rise = (id: number, score: number): void => {
    let at = size++;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!isWorse(score, id, parent)) break;
      place(at, ids[parent] as number, scores[parent] as number);
      at = parent;
    }
    place(at, id, score);
  };
  const sink = (id: number, score: number): void => {
    let at = 0;
    for (;;) {
      const left = 2 * at + 1;
      if (left >= size) break;
      const right = left + 1;
      const child = right < size && isWorse(scores[right] as number, ids[right] as number, left) ? right : left;
      if (isWorse(score, id, child)) break;
      place(at, ids[child] as number, scores[child] as number);
      at = child;
    }
    place(at, id, score);
  };
  return {
    /** The score that a new value must exceed to be kept. */
    threshold: (): number => (size < limit ? Number.NEGATIVE_INFINITY : (scores[0] as number)),
    offer: (id: number, score: number): void => {
      if (size < limit) rise(id, score);
      else if (score > (scores[0] as number)) sink(id, score);
    },
    sorted: (): Scored[] =>
      Array.from(ids.subarray(0, size), (id, at) => ({ id, score: scores[at] as number })).sort((a, b) => b.score - a.score || a.id - b.id),
  };
};
