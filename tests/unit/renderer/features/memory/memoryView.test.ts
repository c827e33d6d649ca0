import { dayOf, listFilterOf, momentOf, vitalityWord } from '@renderer/features/memory/memoryView';
import { beginOf } from '@renderer/lib/periods';
import { expect, test } from 'vitest';

const day = (year: number, month: number, date: number): number => new Date(year, month - 1, date).getTime();

test('begins a period at a local midnight, also across a change of the clocks', () => {
  const now = new Date(2026, 2, 30, 15, 20).getTime();
  expect(beginOf('week', now)).toBe(day(2026, 3, 24));
  expect(beginOf('month', now)).toBe(day(2026, 2, 28));
});

test('names the vitality by the limit under which nothing is recalled unasked', () => {
  expect([1, 0.6, 0.59, 0.3, 0.29, 0].map(vitalityWord)).toEqual(['fresh', 'fresh', 'fading', 'fading', 'faint', 'faint']);
});

test('reads the day of a date field as its first moment in local time, and writes it back', () => {
  expect(momentOf('2026-03-29')).toBe(day(2026, 3, 29));
  expect(dayOf(day(2026, 3, 29))).toBe('2026-03-29');
  expect(momentOf('')).toBeNull();
  expect(momentOf('2026-13-40')).toBeNull();
  expect(dayOf(null)).toBe('');
});

test('filters by a month of the clock that was chosen, and by a period', () => {
  const now = new Date(2026, 2, 30, 15, 20).getTime();
  expect(listFilterOf({ kind: 'fact', month: { clock: 'learnt', from: 1, to: 2 } }, now)).toEqual({
    kind: 'fact',
    from: undefined,
    learntFrom: 1,
    learntTo: 2,
  });
  expect(listFilterOf({ period: 'week', month: { clock: 'true', from: 1, to: 2 } }, now)).toEqual({
    from: day(2026, 3, 24),
    trueFrom: 1,
    trueTo: 2,
  });
});
