import { setImmediate as nextTurn } from 'node:timers/promises';
import { assignments, forEachOf } from '@renderer/features/library/batches';
import { expect, test } from 'vitest';

test('continues after one that fails, and runs few at a time', async () => {
  let running = 0;
  let most = 0;
  const outcome = await forEachOf(
    Array.from({ length: 50 }, (_, index) => index),
    async (index) => {
      running += 1;
      most = Math.max(most, running);
      await nextTurn();
      running -= 1;
      if (index % 20 === 7) throw new Error(`no ${index}`);
    },
    10,
  );
  expect(outcome.failed).toEqual([7, 27, 47]);
  expect(outcome.done).toHaveLength(47);
  expect(outcome.error).toEqual(new Error('no 7'));
  expect(most).toBe(10);
});

test('assigns documents of the same collections together, in calls of a bounded size', () => {
  const wanted = [
    { id: 'a', collectionIds: ['x', 'y'] },
    { id: 'b', collectionIds: ['y', 'x'] },
    { id: 'c', collectionIds: [] },
    { id: 'd', collectionIds: ['x', 'y'] },
  ];
  expect(assignments(wanted, 2)).toEqual([
    { ids: ['a', 'b'], collectionIds: ['x', 'y'] },
    { ids: ['d'], collectionIds: ['x', 'y'] },
    { ids: ['c'], collectionIds: [] },
  ]);
  expect(assignments([])).toEqual([]);
});
