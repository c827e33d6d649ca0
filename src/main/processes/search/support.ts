import type { Support } from '@shared/model';

/** What the library's support for a question is judged by; both are independent of the question's length. */
export interface SupportSignals {
  /** Share (0..1) of the question's informative weight (idf; unknown words count as the rarest) that the best passage covers. */
  coverage: number;
  /** Best cosine in deviations above that of unrelated texts; null without vectors. */
  similarity: number | null;
}

/** Measured with the questions of one evaluation set against the documents of others; see `tests/quality`. */
export const supportThresholds = { strong: 0.5, weak: 0.3, perDeviation: 0.06, referenceDeviations: 2 } as const;

/** 0..1-ish: coverage, lifted or lowered by how near in meaning the best passage is. */
export const supportScore = ({ coverage, similarity }: SupportSignals): number =>
  coverage + (similarity === null ? 0 : supportThresholds.perDeviation * (similarity - supportThresholds.referenceDeviations));

export const judgeSupport = (signals: SupportSignals): Support => {
  const score = supportScore(signals);
  return score >= supportThresholds.strong ? 'strong' : score >= supportThresholds.weak ? 'weak' : 'none';
};
