import { type AskedKeys, type HeldTerms, keysOf } from './heldTerms';
import type { LanguageTerms, QueryExpansion } from './queryTerms';
import { bestOfUnits } from './units';

/** Share (0..1) of the question's weight that the passage holds as words: each stem counts by its idf, an unknown one as the rarest. */
export const wordCoverage = (passage: HeldTerms, { stems }: AskedKeys, asked: LanguageTerms): number => {
  const present = new Set(keysOf(passage.stems, stems));
  let held = 0;
  let all = 0;
  for (const { key, idf } of asked.frequencies) {
    all += idf;
    if (present.has(key)) held += idf;
  }
  for (const { weight } of asked.units) all += weight;
  for (const [unit, share] of bestOfUnits(passage.stems, stems, asked.units, () => 1).entries())
    held += (asked.units[unit] as { weight: number }).weight * Math.min(1, share);
  return all ? held / all : 0;
};

/** The same over model tokens, where a neighbour counts for a token by its cosine squared, so that it works across languages. */
export const senseCoverage = (passage: HeldTerms, { tokens }: AskedKeys, { expansions, owns }: QueryExpansion): number => {
  const best = new Float64Array(owns.length);
  for (const token of keysOf(passage.tokens, tokens))
    for (const { origin, weight } of expansions.get(token) ?? []) best[origin] = Math.max(best[origin] as number, weight);
  const all = owns.reduce((sum, own) => sum + own, 0);
  return all ? best.reduce((sum, value) => sum + value, 0) / all : 0;
};
