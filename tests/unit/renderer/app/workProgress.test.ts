import { nextProgress } from '@renderer/app/workProgress';
import type { Job } from '@shared/model';
import { expect, test } from 'vitest';

const job = (id: string, progress: number): Job => ({ id, progress }) as Job;

test('counts ended jobs as done, and estimates the time left from the pace so far', () => {
  const first = nextProgress(null, [job('a', 0), job('b', 0)], 0);
  expect(first).toMatchObject({ share: 0, leftMs: null });
  const second = nextProgress(first, [job('b', 0.5)], 6_000);
  expect(second?.share).toBe(0.75);
  expect(second?.leftMs).toBe(2_000);
  expect(nextProgress(second, [], 9_000)).toBeNull();
});

test('restarts the measure with new work', () => {
  const first = nextProgress(null, [job('a', 0.2)], 0);
  expect(nextProgress(first, [job('a', 0.9), job('b', 0)], 10_000)).toMatchObject({ leftMs: null, startedAt: 10_000 });
});
