import type { MemoryMonth } from '@shared/model';
import { localText, momentOfText, unitAt } from '../time/calendar';
import { instantOf, localTimeOf } from '../time/zone';

/** Months that are returned at most, the latest ones. */
const mostMonths = 120;

/** The month of local time that holds an instant, so many months away. */
const monthAt = (instant: number, zone: string, offset = 0): { from: number; to: number } => {
  const { from, to } = unitAt('month', momentOfText(localTimeOf(instant, zone)), offset);
  return { from: instantOf(localText(from), zone), to: instantOf(localText(to), zone) };
};

/** Counts spans of time, both ends included, in each month of local time that they touch; without gaps, the earliest first. */
export const countByMonth = (spans: readonly { from: number; to: number }[], zone: string): MemoryMonth[] => {
  if (spans.length === 0) return [];
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { from, to } of spans) {
    first = Math.min(first, from);
    last = Math.max(last, to);
  }
  const months: MemoryMonth[] = [];
  for (let offset = 0; offset > -mostMonths; offset -= 1) {
    const month = monthAt(last, zone, offset);
    months.unshift({ ...month, count: 0 });
    if (month.from <= first) break;
  }
  const indexOf = (instant: number): number => {
    let [low, high] = [0, months.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((months[middle] as MemoryMonth).from <= instant) low = middle;
      else high = middle - 1;
    }
    return low;
  };
  const earliest = months[0]?.from ?? 0;
  for (const { from, to } of spans) {
    if (to < earliest) continue;
    for (let index = indexOf(from), end = indexOf(to); index <= end; index += 1) (months[index] as MemoryMonth).count += 1;
  }
  return months;
};
