import { type AskedField, type HeldCounts, keysOf } from './heldTerms';

/** One way to write a part of the question: its terms, and the share of each in `worth`. */
export interface UnitAlternative {
  keys: readonly number[];
  shares: readonly number[];
  worth: number;
}

/** A part of the question that can be written in several ways: "wi-fi", "wifi". */
export interface QueryUnit {
  /** Its weight: an idf, or the idfs of the words that it covers. */
  weight: number;
  alternatives: readonly UnitAlternative[];
}

/** For each unit the value of its best alternative in the passage; `value` of a term's count is 0 where the term is absent. */
export const bestOfUnits = (
  terms: HeldCounts,
  asked: AskedField,
  units: readonly QueryUnit[],
  value: (count: number) => number,
): number[] => {
  if (units.length === 0) return [];
  const counts = new Map<number, number>();
  for (const [index, key] of keysOf(terms, asked).entries()) counts.set(key, terms.counts[terms.from + index] as number);
  return units.map(({ alternatives }) =>
    alternatives.reduce((best, { keys, shares, worth }) => {
      const sum = keys.reduce((total, key, index) => {
        const count = counts.get(key) ?? 0;
        return count > 0 ? total + (shares[index] as number) * value(count) : total;
      }, 0);
      return Math.max(best, sum * worth);
    }, 0),
  );
};
