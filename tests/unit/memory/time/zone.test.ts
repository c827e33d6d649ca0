import { localText, momentOf } from '@main/memory/time/calendar';
import { instantOf, instantsOf, localTimeOf } from '@main/memory/time/zone';
import { describe, expect, test } from 'vitest';

const hour = 3_600_000;
const lengthOf = (day: string, next: string, zone: string): number => {
  const { from, to } = instantsOf({ from: `${day}T00:00`, to: `${next}T00:00` }, zone);
  return ((to ?? 0) - (from ?? 0)) / hour;
};

describe('the length of a day', () => {
  test.each([
    ['Europe/Paris', '2026-03-29', '2026-03-30', 23],
    ['Europe/Paris', '2026-10-25', '2026-10-26', 25],
    ['America/New_York', '2026-03-08', '2026-03-09', 23],
    ['America/New_York', '2026-11-01', '2026-11-02', 25],
    ['Australia/Lord_Howe', '2026-04-05', '2026-04-06', 24.5],
    ['Australia/Lord_Howe', '2026-10-04', '2026-10-05', 23.5],
    // The clock is put forward at midnight, and back to midnight.
    ['Africa/Cairo', '2026-04-24', '2026-04-25', 23],
    ['America/Havana', '2026-11-01', '2026-11-02', 25],
    // Samoa crossed the date line and left a day out.
    ['Pacific/Apia', '2011-12-30', '2011-12-31', 0],
    ['Europe/Paris', '2026-06-01', '2026-06-02', 24],
  ])('in %s on %s is %s to %s: %d hours', (zone, day, next, hours) => {
    expect(lengthOf(day, next, zone)).toBe(hours);
  });
});

test('a minute that the clock leaves out begins when the clock is put forward', () => {
  const change = Date.UTC(2026, 2, 29, 1);
  expect(instantOf('2026-03-29T02:30', 'Europe/Paris')).toBe(change);
  expect(instantOf('2026-03-29T01:59', 'Europe/Paris')).toBe(change - 60_000);
  expect(instantOf('2026-03-29T03:00', 'Europe/Paris')).toBe(change);
});

test('a minute that the clock shows twice begins the first time', () => {
  expect(instantOf('2026-10-25T02:30', 'Europe/Paris')).toBe(Date.UTC(2026, 9, 25, 0, 30));
  expect(instantOf('2026-10-25T03:00', 'Europe/Paris')).toBe(Date.UTC(2026, 9, 25, 2));
  expect(instantOf('2026-11-01T00:00', 'America/Havana')).toBe(Date.UTC(2026, 10, 1, 4));
});

test('keeps the open sides of a window open', () => {
  expect(instantsOf({ from: null, to: '2026-01-01T00:00' }, 'Europe/Paris')).toEqual({ from: null, to: Date.UTC(2025, 11, 31, 23) });
});

test('refuses a text that is no local date-time, and an unknown zone', () => {
  expect(() => instantOf('tomorrow', 'Europe/Paris')).toThrow(RangeError);
  expect(() => instantOf('2026-01-01T00:00', 'Europe/Nowhere')).toThrow(RangeError);
});

test.each(['Europe/Paris', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'America/Havana', 'Africa/Cairo', 'UTC'])(
  'every hour of a year in %s begins at the first instant that shows it or a later one',
  (zone) => {
    const wrong: string[] = [];
    let before = Number.NEGATIVE_INFINITY;
    const end = momentOf(2027, 1, 2);
    for (let moment = momentOf(2025, 12, 31); moment < end; moment += 60) {
      const local = localText(moment);
      const instant = instantOf(local, zone);
      if (instant < before || localTimeOf(instant, zone) < local || localTimeOf(instant - 60_000, zone) >= local) wrong.push(local);
      before = instant;
    }
    expect(wrong).toEqual([]);
  },
);
