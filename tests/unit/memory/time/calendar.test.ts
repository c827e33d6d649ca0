import { addMonths, easterOf, isDate, localText, momentOf, momentOfText, unitAt, weekdayOf } from '@main/memory/time/calendar';
import { expect, test } from 'vitest';

const spelled = ({ from, to }: { from: number; to: number }): string[] => [localText(from), localText(to)].map((text) => text.slice(0, 10));

test('weeks begin on Monday and go over the end of a year', () => {
  expect(spelled(unitAt('week', momentOf(2026, 1, 1)))).toEqual(['2025-12-29', '2026-01-05']);
  expect(spelled(unitAt('weekend', momentOf(2026, 1, 1), -1))).toEqual(['2025-12-27', '2025-12-29']);
  expect(weekdayOf(momentOf(1970, 1, 1))).toBe(4);
  expect(weekdayOf(momentOf(1969, 12, 29))).toBe(1);
});

test('months, quarters and years are counted back over the end of a year', () => {
  const now = momentOf(2026, 1, 31);
  expect(spelled(unitAt('month', now, -1))).toEqual(['2025-12-01', '2026-01-01']);
  expect(spelled(unitAt('month', now, -14))).toEqual(['2024-11-01', '2024-12-01']);
  expect(spelled(unitAt('quarter', now, -1))).toEqual(['2025-10-01', '2026-01-01']);
  expect(spelled(unitAt('half', now))).toEqual(['2026-01-01', '2026-07-01']);
  expect(spelled(unitAt('year', now, -1))).toEqual(['2025-01-01', '2026-01-01']);
});

test('a month later is the last day where the month is shorter', () => {
  expect(localText(addMonths(momentOfText('2024-01-31T09:30'), 1))).toBe('2024-02-29T09:30');
  expect(localText(addMonths(momentOfText('2025-03-31T00:00'), -1))).toBe('2025-02-28T00:00');
  expect(localText(addMonths(momentOfText('2024-02-29T00:00'), -12))).toBe('2023-02-28T00:00');
});

test('knows the days that exist', () => {
  expect([isDate(2024, 2, 29), isDate(2025, 2, 29), isDate(1900, 2, 29), isDate(2025, 4, 31), isDate(2025, 13, 1)]).toEqual([
    true,
    false,
    false,
    false,
    false,
  ]);
});

test.each([
  [2000, '2000-04-23'],
  [2008, '2008-03-23'],
  [2024, '2024-03-31'],
  [2025, '2025-04-20'],
  [2026, '2026-04-05'],
  [2038, '2038-04-25'],
])('Easter of %d is %s', (year, day) => {
  expect(localText(easterOf(year)).slice(0, 10)).toBe(day);
});
