import type { AskedField, HeldCounts } from './heldTerms';
import { bestOfUnits, type QueryUnit } from './units';
import { ranking } from './weights';

/** Inverse document frequency, never negative: ln(1 + (N - n + 0.5) / (n + 0.5)). */
export const inverseFrequency = (documents: number, frequency: number): number =>
  Math.log(1 + (documents - Math.min(frequency, documents) + 0.5) / (Math.min(frequency, documents) + 0.5));

/** Saturated term frequency of BM25, 0..k1+1. `averageLength` is the mean length of the field over the passages of the language. */
const saturation = (count: number, length: number, averageLength: number): number => {
  const { k1, b } = ranking.bm25;
  return (count * (k1 + 1)) / (count + k1 * (1 - b + (b * length) / (averageLength || 1)));
};

/** BM25 of a passage's field: `weights` gives each asked term's idf times its count in the query, by its number. */
export const bm25 = (terms: HeldCounts, weights: Float64Array, averageLength: number): number => {
  const { numbers, counts, length } = terms;
  let score = 0;
  for (let at = terms.from; at < terms.to; at += 1)
    score += (weights[numbers[at] as number] as number) * saturation(counts[at] as number, length, averageLength);
  return score;
};

/** BM25 of query units that can be written in several ways: the best alternative counts. */
export const bm25OfUnits = (terms: HeldCounts, asked: AskedField, units: readonly QueryUnit[], averageLength: number): number =>
  bestOfUnits(terms, asked, units, (count) => saturation(count, terms.length, averageLength)).reduce(
    (sum, value, unit) => sum + value * (units[unit] as QueryUnit).weight,
    0,
  );

/** The weight of a passage token for the query token `origin` (idf, times cosine squared unless it is the token itself). */
export interface Expansion {
  origin: number;
  weight: number;
}

/**
 * BM25 over model tokens where each query token scores the best of itself and its neighbours (query expansion by word embeddings,
 * Kuzi, Shtok and Kurland 2016, with the best of the neighbours in place of their sum). `expansions` gives by the number of a passage
 * token the query tokens that it counts for, numbered from 0; `best` is space for a value of each of these.
 */
export const expandedBm25 = (
  tokens: HeldCounts,
  expansions: readonly (readonly Expansion[])[],
  best: Float64Array,
  averageLength: number,
): number => {
  best.fill(0);
  for (let at = tokens.from; at < tokens.to; at += 1) {
    const value = saturation(tokens.counts[at] as number, tokens.length, averageLength);
    for (const { origin, weight } of expansions[tokens.numbers[at] as number] as readonly Expansion[])
      best[origin] = Math.max(best[origin] as number, weight * value);
  }
  let sum = 0;
  for (let origin = 0; origin < best.length; origin += 1) sum += best[origin] as number;
  return sum;
};
