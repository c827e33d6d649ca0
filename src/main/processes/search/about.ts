import type { Candidates } from './gatherCandidates';
import { signalsOfEach } from './scoreCandidates';
import { supportScore } from './support';
import { secondModel } from './weights';

/** The passage by which a document is about a text. */
export interface AboutPassage {
  ordinal: number;
  score: number;
}

/** Passages of each search that are looked at: documents about one thing are fewer in a person's library. */
export const aboutCandidates = 2_000;
/** From so many passages on the mean of their scores is that of passages which are not about it. */
const leastCompared = 20;

/**
 * The documents that are about a text by one of their passages, with that passage: those whose score stands out, by the second model, as the
 * static one alone is too weak for it. Pure.
 */
export const documentsAbout = (candidates: Candidates): Map<string, AboutPassage> => {
  const { about } = secondModel;
  const scored = signalsOfEach(candidates).flatMap(({ id, signals }) =>
    signals.second === null ? [] : [{ id, score: supportScore(about, signals) }],
  );
  const best = new Map<string, AboutPassage>();
  if (scored.length < leastCompared) return best;
  // Those that are about it stand among the highest, and must not raise the measure by which they are judged.
  const common = scored
    .map(({ score }) => score)
    .sort((a, b) => a - b)
    .slice(0, Math.floor(scored.length * about.common));
  const mean = common.reduce((sum, score) => sum + score, 0) / common.length;
  const deviation = Math.sqrt(common.reduce((sum, score) => sum + (score - mean) ** 2, 0) / common.length);
  const from = Math.max(about.from, mean + about.above * deviation);
  for (const { id, score } of scored) {
    const known = best.get(id.owner);
    if (score >= from && (!known || score > known.score)) best.set(id.owner, { ordinal: id.ordinal, score });
  }
  return best;
};
