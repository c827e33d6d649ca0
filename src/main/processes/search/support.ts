import type { Support } from '@shared/model';

/** The signals of the library's support for a question: the best of the first passages, independent of the question's length. */
export interface SupportSignals {
  /** Share (0..1) of the question's informative weight whose words a passage contains. */
  wordCoverage: number;
  /** The same with synonyms and translations; null when words alone were searched. */
  senseCoverage: number | null;
  /** Best cosine in deviations above that of unrelated texts; null without vectors. */
  similarity: number | null;
  /** True when the library's words or the model know a word of the question: pieces of words do not count. */
  isUnderstood: boolean;
  /** True when a passage also uses a function word as content that the question uses so (l'or, the WHO). */
  holdsNamed: boolean;
}

/**
 * Logistic weights fitted on questions asked of their own set's documents against questions of other sets (1,050 and 1,260, seven
 * sets): area under the curve 0.96. 83 % of the first and 6 % of the second reach `strong`; 2 % and 66 % stay below `weak`: a
 * passage shown in vain costs less than one withheld.
 */
const withSense = { wordCoverage: 1.6, senseCoverage: 3.3, similarity: 1.05, constant: -6, strong: 0.5, weak: -2 } as const;
/** By word coverage alone: area under the curve 0.87. */
const wordsAlone = { strong: 0.5, weak: 0.25 } as const;

/** From this word coverage on a question counts as supported, even if its meaning matches nothing: names, codes, single words. */
const plainlyThere = 0.75;
/** The same threshold where the covered word is what the question is about. */
const namedThere = 0.4;
/** Coverage by pieces of words that the model does not know whole: text in another language reaches this, chance does not. */
const pieceCoverage = 0.6;

const level = (score: number, { strong, weak }: { strong: number; weak: number }): Support =>
  score >= strong ? 'strong' : score >= weak ? 'weak' : 'none';
/** Converts coverage by words alone to the scale of the other score. */
const byWords = (coverage: number): number => withSense.weak + (coverage - wordsAlone.weak) * 10;

/** The library's support for a question, and the score behind it: from 0.5 on strong, below -2 none. */
export const judgeSupport = ({
  wordCoverage,
  senseCoverage,
  similarity,
  isUnderstood,
  holdsNamed,
}: SupportSignals): { support: Support; confidence: number } => {
  if (senseCoverage === null || similarity === null) return { support: level(wordCoverage, wordsAlone), confidence: byWords(wordCoverage) };
  const confidence =
    withSense.wordCoverage * wordCoverage +
    withSense.senseCoverage * senseCoverage +
    withSense.similarity * similarity +
    withSense.constant;
  if (!isUnderstood && senseCoverage < pieceCoverage) return { support: 'none', confidence };
  const support = level(confidence, withSense);
  return { support: support === 'none' && wordCoverage >= (holdsNamed ? namedThere : plainlyThere) ? 'weak' : support, confidence };
};
