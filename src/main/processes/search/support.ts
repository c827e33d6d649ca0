import type { Support } from '@shared/model';
import { models, secondModel } from './weights';

/** The signals of the library's support for a question: the best of the first passages, independent of the question's length. */
export interface SupportSignals {
  /** Share (0..1) of the question's informative weight whose words a passage contains. */
  wordCoverage: number;
  /** The same with synonyms and translations; null when words alone were searched. */
  senseCoverage: number | null;
  /** Best cosine in deviations above that of unrelated texts; null without vectors. */
  similarity: number | null;
  /** The same of the second model, by its own calibration; null where it does not rank the question. */
  second: number | null;
  /** True when the library's words or the model know a word of the question: pieces of words do not count. */
  isUnderstood: boolean;
  /** True when a passage also uses a function word as content that the question uses so (l'or, the WHO). */
  holdsNamed: boolean;
}

const { support: withSense } = models.bundled;
const { support: withSecond } = secondModel;
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

const measures = ['wordCoverage', 'senseCoverage', 'similarity', 'second'] as const;
export type SupportWeights = Readonly<Record<(typeof measures)[number] | 'constant', number>>;

/** The weighted sum of signals; one that is null counts nothing. */
export const supportScore = (weights: SupportWeights, signals: SupportSignals): number =>
  measures.reduce((sum, name) => sum + weights[name] * (signals[name] ?? 0), weights.constant);

export interface JudgedSupport {
  support: Support;
  /** The score without the second model, so that it compares between searches of which it ranks one only. */
  confidence: number;
}

/** The library's support for a question: strong and weak from the scores on that belong to the model which ranks (`models`). */
export const judgeSupport = (signals: SupportSignals): JudgedSupport => {
  const { wordCoverage, senseCoverage, similarity, second, isUnderstood, holdsNamed } = signals;
  if (senseCoverage === null || similarity === null) return { support: level(wordCoverage, wordsAlone), confidence: byWords(wordCoverage) };
  const weights = second === null ? withSense : withSecond;
  const score = supportScore(weights, signals);
  const confidence = supportScore(withSense, signals);
  if (!isUnderstood && senseCoverage < pieceCoverage) return { support: 'none', confidence };
  const support = level(score, weights);
  const isThere = wordCoverage >= (holdsNamed ? namedThere : plainlyThere);
  return { support: support === 'none' && isThere ? 'weak' : support, confidence };
};
