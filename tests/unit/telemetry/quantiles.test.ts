import { bucketOf, bucketQuantile, exactQuantile } from '@main/telemetry/quantiles';
import { expect, test } from 'vitest';

test('keeps quantiles of summed buckets within 2.5 % of the exact ones over six magnitudes', () => {
  const values = Array.from({ length: 2_000 }, (_, index) => 0.0004 * 1.007 ** index);
  const counts = new Map<string, number>();
  for (const value of values) counts.set(bucketOf(value), (counts.get(bucketOf(value)) ?? 0) + 1);
  for (const q of [0, 0.05, 0.5, 0.95, 0.99, 1]) {
    const exact = exactQuantile(values, q) ?? 0;
    expect(Math.abs((bucketQuantile(counts, q) ?? 0) - exact) / exact, `q ${q}`).toBeLessThan(0.031);
  }
});

test('agrees with exact quantiles for few values far apart', () => {
  const values = [0.05, 0.06, 0.07, 0.08, 0.7, 5.5];
  const counts = new Map(values.map((value) => [bucketOf(value), 1]));
  for (const q of [0.5, 0.9, 0.95, 1]) {
    const exact = exactQuantile(values, q) ?? 0;
    expect(Math.abs((bucketQuantile(counts, q) ?? 0) - exact) / exact, `q ${q}`).toBeLessThan(0.031);
  }
});

test('counts zero in its own bucket, and has no figure without values', () => {
  expect(bucketQuantile(new Map([[bucketOf(0), 3]]), 0.5)).toBe(0);
  expect(bucketQuantile(new Map(), 0.5)).toBeNull();
  expect(exactQuantile([], 0.5)).toBeNull();
});

test('exact quantiles interpolate between neighbours', () => {
  expect(exactQuantile([40, 10, 20, 30], 0.5)).toBe(25);
  expect(exactQuantile([7], 0.95)).toBe(7);
});
