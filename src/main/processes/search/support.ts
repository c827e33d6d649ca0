import type { Support } from '@shared/model';

/** What the library's support for a question is judged by: the best of the first passages, independent of the question's length. */
export interface SupportSignals {
  /** Share (0..1) of the question's informative weight that a passage holds as words. */
  wordCoverage: number;
  /** The same with synonyms and translations; null when words alone were searched. */
  senseCoverage: number | null;
  /** Best cosine in deviations above that of unrelated texts; null without vectors. */
  similarity: number | null;
  /** Whether the library's words or the model know any word of the question: pieces of words mean nothing. */
  isUnderstood: boolean;
  /** Whether a passage holds a function word that the question uses as content (l'or, the WHO): it uses it so too. */
  holdsNamed: boolean;
}

/**
 * Logistic weights fitted on questions asked of their own set's documents against questions of other sets (1,050 and
 * 1,260, seven sets): area under the curve 0.96. `strong` is reached by 83 % of the first and 6 % of the second,
 * less than `weak` by 2 % and 66 %: a passage kept in vain costs less than one withheld.
 */
const withSense = { wordCoverage: 1.6, senseCoverage: 3.3, similarity: 1.05, constant: -6, strong: 0.5, weak: -2 } as const;
/** Word coverage alone: area under the curve 0.87. */
const wordsAlone = { strong: 0.5, weak: 0.25 } as const;

/** Coverage by words from which a question is not unsupported, however little its meaning says: names, codes, single words. */
const plainlyThere = 0.75;
/** The same where what is covered is the very thing that is asked for. */
const namedThere = 0.4;
/** Coverage by pieces of words that the model does not know whole: another language looks like this, and chance does not. */
const pieceCoverage = 0.6;

const level = (score: number, { strong, weak }: { strong: number; weak: number }): Support =>
  score >= strong ? 'strong' : score >= weak ? 'weak' : 'none';
/** Puts coverage by words alone on the scale of the other. */
const byWords = (coverage: number): number => withSense.weak + (coverage - wordsAlone.weak) * 10;

/** The library's support for a question, and the number that it is judged by: from 0.5 on strong, below -2 none. */
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
