import { type Language, languages } from '@main/text/languages';
import { stem } from '@main/text/stems';
import type { ChunkIndex } from './chunkIndex';
import { inverseFrequency } from './lexicalScore';
import { stemKey } from './terms';

/** A word that nearly every passage has still says a little. */
const least = 0.2;

/** How rare a word is, 0..1: its inverse frequency among the passages as a share of that of a word that none has. */
export const rarityOf = (passages: number, frequency: number): number =>
  passages === 0 ? 1 : Math.max(least, inverseFrequency(passages, frequency) / inverseFrequency(passages, 0));

/** How rare each folded word is among the passages of all languages. */
export const rarities = (index: Pick<ChunkIndex, 'frequency' | 'statistics'>, words: readonly string[]): number[] => {
  const present = languages.filter((language: Language) => index.statistics(language).chunks > 0);
  const passages = present.reduce((sum, language) => sum + index.statistics(language).chunks, 0);
  return words.map((word) =>
    rarityOf(
      passages,
      present.reduce((sum, language) => sum + index.frequency('stems', stemKey(stem(word, language), language)), 0),
    ),
  );
};
