/**
 * Arithmetic of the calendar without any zone. A moment is a local clock reading: the minutes between 1970-01-01T00:00 and what
 * the clock on the wall shows. All calculations are of the Gregorian calendar.
 */

export const minutesOfDay = 1440;

/** A stretch of local time: `from` inclusive, `to` exclusive. */
export interface Period {
  from: number;
  to: number;
}

export const units = ['hour', 'day', 'weekend', 'week', 'month', 'quarter', 'half', 'year'] as const;
export type Unit = (typeof units)[number];

/** Month from 1; a day beyond the end of its month counts on into the next one. */
export const momentOf = (year: number, month: number, day: number): number => {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.getTime() / 60_000;
};

export const partsOf = (moment: number): { year: number; month: number; day: number } => {
  const date = new Date(moment * 60_000);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
};

export const startOfDay = (moment: number): number => Math.floor(moment / minutesOfDay) * minutesOfDay;

/** 1 for Monday to 7 for Sunday. */
export const weekdayOf = (moment: number): number => ((Math.floor(moment / minutesOfDay) + 3) % 7) + 1;

/** False for 31 April, and for 29 February in a common year. */
export const isDate = (year: number, month: number, day: number): boolean => {
  const parts = partsOf(momentOf(year, month, day));
  return month >= 1 && month <= 12 && day >= 1 && parts.month === month && parts.day === day;
};

/** The same day so many months later, or the last day of a shorter month. */
export const addMonths = (moment: number, months: number): number => {
  const { year, month, day } = partsOf(moment);
  const first = partsOf(momentOf(year, month + months, 1));
  const lastDay = partsOf(momentOf(first.year, first.month + 1, 0)).day;
  return momentOf(first.year, first.month, Math.min(day, lastDay)) + (moment - startOfDay(moment));
};

const monthsOf = { month: 1, quarter: 3, half: 6, year: 12 } as const;

/** The calendar unit that holds a moment, `offset` units away. Weeks begin on Monday; the weekend is that of the week. */
export const unitAt = (unit: Unit, moment: number, offset = 0): Period => {
  const day = startOfDay(moment);
  switch (unit) {
    case 'hour': {
      const from = (Math.floor(moment / 60) + offset) * 60;
      return { from, to: from + 60 };
    }
    case 'day':
      return { from: day + offset * minutesOfDay, to: day + (offset + 1) * minutesOfDay };
    case 'week':
    case 'weekend': {
      const monday = day + (1 - weekdayOf(day) + 7 * offset) * minutesOfDay;
      return { from: unit === 'week' ? monday : monday + 5 * minutesOfDay, to: monday + 7 * minutesOfDay };
    }
    default: {
      const size = monthsOf[unit];
      const { year, month } = partsOf(day);
      const first = month - ((month - 1) % size) + size * offset;
      return { from: momentOf(year, first, 1), to: momentOf(year, first + size, 1) };
    }
  }
};

/** The moment so many units earlier by the same clock. */
export const earlierBy = (unit: Unit, moment: number, count: number): number => {
  if (unit === 'hour') return moment - count * 60;
  if (unit === 'day') return moment - count * minutesOfDay;
  if (unit === 'week' || unit === 'weekend') return moment - count * 7 * minutesOfDay;
  return addMonths(moment, -count * monthsOf[unit]);
};

/** Easter Sunday of a Gregorian year, by the algorithm of Meeus, Jones and Butcher. */
export const easterOf = (year: number): number => {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const d = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30;
  const e = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - d - (c % 4)) % 7;
  const f = Math.floor((a + 11 * d + 22 * e) / 451);
  const days = d + e - 7 * f + 114;
  return momentOf(year, Math.floor(days / 31), (days % 31) + 1);
};

/** A moment as `YYYY-MM-DDTHH:MM`. */
export const localText = (moment: number): string => new Date(moment * 60_000).toISOString().slice(0, 16);

/** The moment of `YYYY-MM-DDTHH:MM`; NaN for another text. */
export const momentOfText = (text: string): number => Date.parse(`${text}Z`) / 60_000;
