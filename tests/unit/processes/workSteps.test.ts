import { createWorkSteps } from '@main/processes/search/workSteps';
import { expect, test } from 'vitest';

/** Steps whose work takes so many milliseconds for each passage, by a clock of their own. */
const stepsOf = (msOfPassage: number) => {
  let at = 0;
  const steps = createWorkSteps(() => at);
  const sizes = Array.from({ length: 12 }, () =>
    steps.step(() => {
      at += steps.size * msOfPassage;
      return steps.size;
    }),
  );
  return { steps, sizes, wait: (ms: number) => (at += ms) };
};

test('ordinary passages are written a hundred at a time', () => {
  expect(new Set(stepsOf(0.1).sizes)).toEqual(new Set([100]));
});

test('steps shrink where each passage takes long, and stay long enough to end', () => {
  const { sizes } = stepsOf(4);
  expect(sizes[0]).toBe(100);
  for (const size of sizes.slice(1)) expect(size).toBe(15);
  expect(stepsOf(1_000).sizes.at(-1)).toBe(5);
});

test('steps grow again once the work is quick, and never to more than twice the last one', () => {
  let at = 0;
  const steps = createWorkSteps(() => at);
  steps.step(() => (at += 10_000));
  const sizes = Array.from({ length: 6 }, () => {
    steps.step(() => (at += 1));
    return steps.size;
  });
  expect(sizes).toEqual([10, 20, 40, 80, 100, 100]);
});

test('a turn is due after half a step of work without one', () => {
  const { steps, wait } = stepsOf(0);
  steps.turnTaken();
  expect(steps.isTurnDue()).toBe(false);
  wait(30);
  expect(steps.isTurnDue()).toBe(true);
  steps.turnTaken();
  expect(steps.isTurnDue()).toBe(false);
});
