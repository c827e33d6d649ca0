import type { AskedPeriod } from '../api';

const day = 86_400_000;

/**
 * How well the time of a turn fits a period, 0..1.5. People tell what happened in the days after it, so a turn after a named day or
 * month counts too; the shorter the period, the more it says.
 */
const fitOf = (at: number, { from, to }: AskedPeriod): number => {
  if (from === null || to === null) return (from === null || at >= from) && (to === null || at < to) ? 0.5 : 0;
  const inside = at >= from && at < to;
  if (to - from > 32 * day) return inside ? 0.5 : 0;
  if (to - from > 2 * day) return inside ? 1 : at >= to && at < to + 21 * day ? 0.5 : 0;
  if (inside) return 1.5;
  const days = Math.floor((at - from) / day);
  return days >= 1 && days <= 10 ? 1 : days < 0 && days >= -2 ? 0.5 : days > 10 && days <= 31 ? 0.4 : 0;
};

/** The best fit of a turn's time to any of the periods that a question names; 0 where it names none. */
export const nearDates = (at: number, periods: readonly AskedPeriod[]): number =>
  periods.reduce((best, period) => Math.max(best, fitOf(at, period)), 0);
