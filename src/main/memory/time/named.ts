import {
  addMonths,
  earlierBy,
  easterOf,
  isDate,
  minutesOfDay,
  momentOf,
  type Period,
  partsOf,
  startOfDay,
  type Unit,
  unitAt,
} from './calendar';

/** `latest`, where nothing is said: begun already. `last`: over, or at least not the current one. `this`: of the current week or year. */
export type Turn = 'latest' | 'last' | 'this';
export type Season = 'spring' | 'summer' | 'autumn' | 'winter';
export type Holiday =
  | 'christmas'
  | 'christmasEve'
  | 'boxingDay'
  | 'newYear'
  | 'newYearsEve'
  | 'valentine'
  | 'halloween'
  | 'allSaints'
  | 'bastille'
  | 'thanksgiving'
  | 'easter'
  | 'easterMonday'
  | 'goodFriday'
  | 'ascension'
  | 'pentecost';

/** Names that come once a year. */
export type Yearly = Extract<Named, { kind: 'date' | 'share' | 'season' | 'holiday' }>;

/** A period as the words name it, the same for all languages. */
export type Named =
  | { kind: 'unit'; unit: Unit; offset: number }
  /** The last `count` units up to the end of today. */
  | { kind: 'rolling'; unit: Unit; count: number }
  /** `weeks` names the week, counted from the current one; `earlier` goes back from the latest one. */
  | { kind: 'weekday'; weekday: number; turn?: Turn; weeks?: number; earlier?: number }
  | { kind: 'date'; year?: number; month?: number; day?: number; turn?: Turn }
  /** The quarter or the half of a year, from 1. */
  | { kind: 'share'; unit: 'quarter' | 'half'; index: number; year?: number }
  | { kind: 'season'; season: Season; year?: number; turn?: Turn }
  | { kind: 'holiday'; holiday: Holiday; year?: number; turn?: Turn }
  /** The week or the weekend that holds a date. */
  | { kind: 'around'; unit: Unit; of: Named }
  /** A date, season or holiday of a year that is counted from the current one: "in May last year". */
  | { kind: 'ofYear'; of: Yearly; offset: number }
  /** Named by words, but without a known begin and end: "the other day". */
  | { kind: 'vague' };

/** Minutes from midnight at which a part of a day begins and ends; the night ends on the next day. */
const dayParts = {
  morning: [6 * 60, 12 * 60],
  afternoon: [12 * 60, 18 * 60],
  evening: [18 * 60, 24 * 60],
  night: [18 * 60, 30 * 60],
} as const;
export type DayPart = keyof typeof dayParts;
export type Third = 'early' | 'mid' | 'late';

const seasonMonths: Record<Season, number> = { spring: 3, summer: 6, autumn: 9, winter: 12 };
const fixedHolidays: Partial<Record<Holiday, readonly [month: number, day: number]>> = {
  christmas: [12, 25],
  christmasEve: [12, 24],
  boxingDay: [12, 26],
  newYear: [1, 1],
  newYearsEve: [12, 31],
  valentine: [2, 14],
  halloween: [10, 31],
  allSaints: [11, 1],
  bastille: [7, 14],
};
const daysAfterEaster: Partial<Record<Holiday, number>> = { easter: 0, easterMonday: 1, goodFriday: -2, ascension: 39, pentecost: 49 };

const dayFrom = (from: number): Period => ({ from, to: from + minutesOfDay });
const yearOf = (moment: number): number => partsOf(moment).year;

const holidayIn = (holiday: Holiday, year: number): Period => {
  const fixed = fixedHolidays[holiday];
  if (fixed) return dayFrom(momentOf(year, ...fixed));
  const shift = daysAfterEaster[holiday];
  if (shift !== undefined) return dayFrom(easterOf(year) + shift * minutesOfDay);
  // Thanksgiving: the fourth Thursday of November.
  const first = momentOf(year, 11, 1);
  const thursday = unitAt('week', first).from + 3 * minutesOfDay;
  return dayFrom(thursday + (thursday < first ? 4 : 3) * 7 * minutesOfDay);
};

/** Seasons are whole months: summer is June to August, winter begins in December of its year. */
const seasonIn = (season: Season, year: number): Period => {
  const from = momentOf(year, seasonMonths[season], 1);
  return { from, to: addMonths(from, 3) };
};

const share = (unit: 'quarter' | 'half', index: number, year: number): Period => unitAt(unit, momentOf(year, 1, 1), index - 1);

/** The period of the year nearest before `limit` of those that come once a year. */
const ofYears = (inYear: (year: number) => Period | null, turn: Turn | undefined, limit: number, now: number): Period | null => {
  if (turn === 'this') return inYear(yearOf(now));
  // A leap day may be up to eight years away, around a century without one.
  for (let year = yearOf(limit) + 1; year >= yearOf(limit) - 8; year -= 1) {
    const period = inYear(year);
    if (period && (turn === 'last' ? period.to <= startOfDay(limit) : period.from <= limit)) return period;
  }
  return null;
};

const dateIn = (year: number, month: number | undefined, day: number | undefined): Period | null => {
  if (month === undefined) return unitAt('year', momentOf(year, 1, 1));
  if (day === undefined) return unitAt('month', momentOf(year, month, 1));
  return isDate(year, month, day) ? dayFrom(momentOf(year, month, day)) : null;
};

/** The latest day of this number in any month: "the 3rd". */
const dayOfMonth = (day: number, limit: number): Period | null => {
  for (let back = 0; back < 3; back += 1) {
    const month = partsOf(unitAt('month', limit, -back).from);
    if (isDate(month.year, month.month, day) && momentOf(month.year, month.month, day) <= limit) {
      return dayFrom(momentOf(month.year, month.month, day));
    }
  }
  return null;
};

/** A weekday is a past one: on a Monday, "on Monday" names the one a week ago, for today would be called today. */
const weekdayPeriod = ({ weekday, turn, weeks, earlier = 0 }: Extract<Named, { kind: 'weekday' }>, limit: number): Period => {
  const monday = unitAt('week', limit, weeks ?? 0).from;
  const day = monday + (weekday - 1) * minutesOfDay;
  if (weeks !== undefined || turn === 'this') return dayFrom(day);
  return dayFrom((day < startOfDay(limit) ? day : day - 7 * minutesOfDay) - earlier * 7 * minutesOfDay);
};

const weekendPeriod = (offset: number, now: number): Period => {
  const current = unitAt('weekend', now);
  // "This weekend" in a question about the past is the latest one that has begun.
  if (offset === 0) return current.from <= now ? current : unitAt('weekend', now, -1);
  return unitAt('weekend', now, offset);
};

/**
 * The local period that a name means at the moment `now`; null where it has none, or where no such date exists. `limit` is the
 * moment before which the latest one is looked for: `now`, or the end of a range whose beginning this is.
 */
export const periodOf = (named: Named, now: number, limit = now): Period | null => {
  switch (named.kind) {
    case 'unit':
      return named.unit === 'weekend' ? weekendPeriod(named.offset, now) : unitAt(named.unit, now, named.offset);
    case 'rolling': {
      if (named.unit === 'hour') return { from: now - named.count * 60, to: now };
      return { from: startOfDay(earlierBy(named.unit, now, named.count)), to: unitAt('day', now).to };
    }
    case 'weekday':
      return weekdayPeriod(named, limit);
    case 'date': {
      const { year, month, day, turn } = named;
      if (year !== undefined) return dateIn(year, month, day);
      if (month === undefined) return day === undefined ? null : dayOfMonth(day, limit);
      return ofYears((one) => dateIn(one, month, day), turn, limit, now);
    }
    case 'share':
      if (named.year !== undefined) return share(named.unit, named.index, named.year);
      return ofYears((year) => share(named.unit, named.index, year), 'latest', limit, now);
    case 'season':
      if (named.year !== undefined) return seasonIn(named.season, named.year);
      return ofYears((year) => seasonIn(named.season, year), named.turn === 'this' ? 'latest' : named.turn, limit, now);
    case 'holiday':
      if (named.year !== undefined) return holidayIn(named.holiday, named.year);
      return ofYears((year) => holidayIn(named.holiday, year), named.turn, limit, now);
    case 'around': {
      const day = periodOf(named.of, now, limit);
      return day && unitAt(named.unit, day.from);
    }
    case 'ofYear':
      return periodOf({ ...named.of, year: yearOf(now) + named.offset }, now, limit);
    case 'vague':
      return null;
  }
};

/** The part of a day, of one that is named as a whole. */
export const partOfDay = (day: Period, part: DayPart): Period => ({ from: day.from + dayParts[part][0], to: day.from + dayParts[part][1] });

/**
 * The first, middle or last third of a period. Of a month that is ten days, ten days and the rest; of a week two, two and three
 * days; of a year four months each; of any other period a third of its days.
 */
export const thirdOf = ({ from, to }: Period, third: Third): Period => {
  const days = Math.round((to - from) / minutesOfDay);
  const cut = (count: number): number => {
    if (days >= 365) return addMonths(from, 4 * count);
    if (days >= 28 && days <= 31) return from + 10 * count * minutesOfDay;
    return from + Math.floor((days * count) / 3) * minutesOfDay;
  };
  if (third === 'early') return { from, to: cut(1) };
  return third === 'mid' ? { from: cut(1), to: cut(2) } : { from: cut(2), to };
};
