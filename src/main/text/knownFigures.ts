import { fold } from '@shared/text/fold';
import { type Figure, figuresIn } from './figures';

/** Units of time in units of the next smaller one: "un an" states "12 mois". */
const smaller: Readonly<Record<string, readonly [unit: string, times: number]>> = {
  year: ['month', 12],
  week: ['day', 7],
  day: ['h', 24],
  h: ['min', 60],
};

/** The figures that texts state, to look up those of another text. */
export interface KnownFigures {
  has(figure: Figure): boolean;
}

/** Collects the figures of texts, each as the forms in which another text may state it. */
export const knownFigures = (texts: readonly string[]): KnownFigures => {
  /** The units written after a number; null for none. */
  const numbers = new Map<string, Set<string | null>>();
  const dates = new Set<string>();
  /** Days and months that stand without a year. */
  const yearless = new Set<string>();
  const times = new Set<string>();
  const codes = new Set<string>();
  const addNumber = (value: string, unit: string | null): void => {
    const units = numbers.get(value) ?? new Set<string | null>();
    numbers.set(value, units.add(unit));
    const parts = unit === null ? undefined : smaller[unit];
    if (!parts) return;
    const other = numbers.get(String(Number(value) * parts[1])) ?? new Set<string | null>();
    numbers.set(String(Number(value) * parts[1]), other.add(parts[0]));
  };
  for (const text of texts)
    for (const { kind, values, unit } of figuresIn(text, { counts: true })) {
      for (const value of values) {
        if (kind === 'number') addNumber(value, unit);
        else if (kind === 'time') times.add(value);
        else if (kind === 'code') {
          codes.add(value);
          // "NM-3391" is also written "number 3391".
          for (const digits of value.match(/\d{3,}/g) ?? []) addNumber(String(Number(digits)), null);
        } else {
          const [, year, month = '', day] = /^(\d{4})?(?:-?(\d\d))(?:-(\d\d))?$/.exec(value) ?? [];
          if (year) addNumber(year, null);
          if (day) addNumber(String(Number(day)), 'day of a month');
          dates.add(value).add(month);
          if (year) dates.add(`${year}-${month}`);
          if (day) dates.add(`-${month}-${day}`);
          if (day && !year) yearless.add(value);
        }
      }
    }
  const letters = texts.map((text) => fold(text).replace(/[^\p{L}\p{N}]/gu, '')).join(' ');
  const hasNumber = (value: string, unit: string | null): boolean => {
    const units = numbers.get(value);
    if (!units) return false;
    if (unit === null) return true;
    if (units.has(unit) || units.has(null)) return true;
    const parts = smaller[unit];
    return parts !== undefined && (numbers.get(String(Number(value) * parts[1]))?.has(parts[0]) ?? false);
  };
  return {
    has: ({ kind, values, unit }) => {
      if (kind === 'time')
        return values.some((value) => {
          const [hour = '', minutes] = value.split(':');
          return times.has(value) || (minutes === '00' && (numbers.get(hour)?.has('h') ?? false));
        });
      if (kind === 'code') return values.some((value) => codes.has(value) || (value.length > 2 && letters.includes(value)));
      if (kind === 'date')
        return values.some((value) => {
          if (dates.has(value)) return true;
          const [, year = '', rest = ''] = /^(\d{4})(-\d\d-\d\d)$/.exec(value) ?? [];
          return yearless.has(rest) && numbers.has(year);
        });
      return values.some((value) => hasNumber(value, unit) || (unit === 'h' && times.has(`${value}:00`)));
    },
  };
};
