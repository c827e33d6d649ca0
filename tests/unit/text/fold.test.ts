import { fold } from '@shared/text/fold';
import { expect, it } from 'vitest';

/** Two marks that Unicode puts in order, which takes the square of a run's length. */
const marks = (pairs: number): string => '\u0301\u0316'.repeat(pairs);

it('drops any number of accents and marks on a letter', () => {
  expect([fold('É'), fold(`a${marks(1)}`), fold(`a${marks(50)}b`)]).toEqual(['e', 'a', 'ab']);
});

it('takes linear time with thousands of marks', () => {
  const folding = (pairs: number): number => {
    const text = `a${marks(pairs)}`;
    const started = performance.now();
    fold(text);
    return performance.now() - started;
  };
  folding(5_000);
  // At least the time that a busy machine adds by itself.
  const base = Math.max(5, folding(5_000));
  expect(folding(40_000)).toBeLessThan(24 * base);
});
