import type { Unit } from './calendar';
import type { Named, Turn, Yearly } from './named';
import type { Filled } from './phrases';

// The names that the phrases of every language build from what they found.

/** The calendar unit so many units back. */
export const unitAgo = (unit: Unit | undefined, count: number | undefined): Named | null =>
  unit && count !== undefined ? { kind: 'unit', unit, offset: -count } : null;

export const dayAgo = (count: number): Named => ({ kind: 'unit', unit: 'day', offset: -count });

export const rolling = (unit: Unit | undefined, count: number | undefined): Named | null =>
  unit && count ? { kind: 'rolling', unit, count } : null;

export const weekday = ({ weekday }: Filled, place: { turn?: Turn; weeks?: number; earlier?: number } = {}): Named | null =>
  weekday === undefined ? null : { kind: 'weekday', weekday, ...place };

export const date = ({ day, month, month2, year }: Filled, turn?: Turn): Yearly => ({
  kind: 'date',
  day,
  month: month ?? month2,
  year,
  turn,
});

/** A date, season or holiday of a year counted from the current one. */
export const ofYearAgo = (named: Yearly | null, count: number): Named | null => named && { kind: 'ofYear', of: named, offset: -count };

export const quarter = ({ nth, year }: Filled): Yearly | null =>
  nth && nth < 5 ? { kind: 'share', unit: 'quarter', index: nth, year } : null;
export const half = ({ nth, year }: Filled): Yearly | null => (nth && nth < 3 ? { kind: 'share', unit: 'half', index: nth, year } : null);

export const season = ({ season, year }: Filled, turn?: Turn): Yearly | null => (season ? { kind: 'season', season, year, turn } : null);
export const holiday = ({ holiday, year }: Filled, turn?: Turn): Yearly | null =>
  holiday ? { kind: 'holiday', holiday, year, turn } : null;

export const vague = (): Named => ({ kind: 'vague' });
