import type { HeldCounts } from './heldTerms';
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

/** BM25 of a passage's field: `weights` gives each query term's idf times its count in the query. */
export const bm25 = (terms: HeldCounts, weights: ReadonlyMap<number, number>, averageLength: number): number => {
  let score = 0;
  for (let index = 0; index < terms.keys.length; index++) {
    const weight = weights.get(terms.keys[index] as number);
    if (weight !== undefined) score += weight * saturation(terms.counts[index] as number, terms.length, averageLength);
  }
  return score;
};

/** BM25 of query units that can be written in several ways: the best alternative counts. */
export const bm25OfUnits = (terms: HeldCounts, units: readonly QueryUnit[], averageLength: number): number =>
  bestOfUnits(terms, units, (count) => saturation(count, terms.length, averageLength)).reduce(
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
 * Kuzi, Shtok and Kurland 2016, with the best of the neighbours in place of their sum). `expansions` maps a passage token to the
 * query tokens that it counts for, numbered from 0 to `origins - 1`.
 */
export const expandedBm25 = (
  tokens: HeldCounts,
  expansions: ReadonlyMap<number, readonly Expansion[]>,
  origins: number,
  averageLength: number,
): number => {
  const best = new Float64Array(origins);
  for (let index = 0; index < tokens.keys.length; index++) {
    const expanded = expansions.get(tokens.keys[index] as number);
    if (!expanded) continue;
    const value = saturation(tokens.counts[index] as number, tokens.length, averageLength);
    for (const { origin, weight } of expanded) best[origin] = Math.max(best[origin] as number, weight * value);
  }
  return best.reduce((sum, value) => sum + value, 0);
};
