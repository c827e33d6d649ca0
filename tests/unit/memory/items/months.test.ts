import { countByMonth } from '@main/memory/items/months';
import { expect, test } from 'vitest';

const at = (text: string): number => Date.parse(`${text}Z`);
const counts = (spans: [string, string][], zone = 'UTC'): [string, number][] =>
  countByMonth(
    spans.map(([from, to]) => ({ from: at(from), to: at(to) })),
    zone,
  ).map(({ from, count }) => [new Date(from).toISOString().slice(0, 16), count]);
const moment = (text: string): [string, string] => [text, text];

test('counts each span in every month that it touches, and leaves no month out', () => {
  expect(counts([['2025-11-03T10:00', '2026-01-01T00:00'], moment('2026-03-31T23:59')])).toEqual([
    ['2025-11-01T00:00', 1],
    ['2025-12-01T00:00', 1],
    ['2026-01-01T00:00', 1],
    ['2026-02-01T00:00', 0],
    ['2026-03-01T00:00', 1],
  ]);
});

test('takes the months of local time, also where the clocks change', () => {
  // 22:30 of 31 March in UTC is April in Paris, which is two hours ahead since two days before.
  expect(counts([moment('2026-03-31T21:59'), moment('2026-03-31T22:00')], 'Europe/Paris')).toEqual([
    ['2026-02-28T23:00', 1],
    ['2026-03-31T22:00', 1],
  ]);
});

test('counts the last ten years, also of spans that began before', () => {
  const counted = counts([['1980-05-01T00:00', '2026-05-01T00:00'], moment('1990-01-01T00:00')]);
  expect(counted).toHaveLength(120);
  expect(counted[0]).toEqual(['2016-06-01T00:00', 1]);
  expect(counted.at(-1)).toEqual(['2026-05-01T00:00', 1]);
  expect(counts([])).toEqual([]);
});
