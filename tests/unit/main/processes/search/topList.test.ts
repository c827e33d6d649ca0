import { createTopList, type Scored } from '@main/processes/search/topList';
import { expect, test } from 'vitest';

/** The first of equal scores stay, and equal ones are in the order of their ids. */
const bestBySorting = (all: readonly Scored[], limit: number): Scored[] => {
  let kept: Scored[] = [];
  for (const one of all) {
    if (kept.length === limit && one.score <= (kept.at(-1) as Scored).score) continue;
    kept = [...kept, one].sort((a, b) => b.score - a.score || a.id - b.id).slice(0, limit);
  }
  return kept;
};

test('keeps the same best values as sorting, also among many equal scores', () => {
  for (const limit of [1, 2, 7, 60]) {
    const all = Array.from({ length: 500 }, (_, at) => ({ id: (at * 7_919) % 503, score: ((at * 104_729) % 97) / 8 - 3 }));
    const list = createTopList(limit);
    for (const [at, { id, score }] of all.entries()) {
      list.offer(id, score);
      expect(list.threshold() > Number.NEGATIVE_INFINITY).toBe(at + 1 >= limit);
    }
    expect(list.sorted()).toEqual(bestBySorting(all, limit));
    expect(list.threshold()).toBe(list.sorted().at(-1)?.score);
  }
});

test('returns all values where there are fewer than its limit', () => {
  const list = createTopList(5);
  list.offer(3, 0.5);
  list.offer(9, 2);
  expect(list.sorted()).toEqual([
    { id: 9, score: 2 },
    { id: 3, score: 0.5 },
  ]);
});
