import { models, ranking, secondModel } from './weights';

/** Raw scores of one candidate; `vector` and `expansion` are null where they are not requested or do not exist. */
export interface CandidateScores {
  lexical: number;
  /** BM25 of the head of its document; equal to `lexical` for a document of one passage. */
  head: number;
  vector: number | null;
  expansion: number | null;
  /** The cosine of the second model; null while it does not rank, or has not read the passage. */
  second: number | null;
  /** 0..1: how much meaning counts for this candidate (see `weightOfMeaning`). */
  meaning: number;
}

export interface FusedScores {
  score: number;
  parts: Record<string, number>;
}

/** Weight of vectors and expansion against words, from the share (0..1) of the query's stems that the index knows. */
export const weightOfMeaning = (knownShare: number): number => models.bundled.meaning.base + models.bundled.meaning.span * (1 - knownShare);

/** Weight of words beside the second model, from the share (0..1) of the query's weight in numbers that the index knows. */
export const weightOfWords = (numberShare: number): number =>
  Math.min(1, secondModel.second.words.base + secondModel.second.words.numbers * numberShare);

/** Maps values to 0..1 by their smallest and largest; equal values all become 0. */
export const minMax = (values: readonly number[]): number[] => {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  const span = high - low;
  return values.map((value) => (span > 0 ? (value - low) / span : 0));
};

/** Maps scores from 0 upwards to 0..1 by their largest. */
const byLargest = (values: readonly number[]): number[] => {
  const largest = values.reduce((high, value) => Math.max(high, value), 0);
  return values.map((value) => (largest > 0 ? value / largest : 0));
};

/**
 * Convex combination of normalised scores: (1 - w) words + w (half cosine, half expansion), plus the head of the document. Rank
 * fusion with equal weights loses to BM25 alone when vectors are weak; this does not (measured, and in general Bruch, Gai and
 * Ingber 2023). A candidate without a vector yet is judged by words and expansion alone.
 *
 * A candidate that the second model has read gets L words + (1 - L) (.7 E + .3 expansion) instead, with L = `words` and E its cosine
 * above that of unrelated texts, by the largest one.
 */
export const fuse = (candidates: readonly CandidateScores[], words = weightOfWords(0)): FusedScores[] => {
  const lexical = byLargest(candidates.map((candidate) => candidate.lexical));
  const head = byLargest(candidates.map((candidate) => candidate.head));
  const expansion = byLargest(candidates.map((candidate) => candidate.expansion ?? 0));
  const known = candidates.flatMap((candidate) => (candidate.vector === null ? [] : [candidate.vector]));
  const scaled = minMax(known);
  const second = byLargest(candidates.map((candidate) => Math.max(0, (candidate.second ?? 0) - secondModel.second.zero)));
  let next = 0;
  return candidates.map((candidate, index) => {
    const parts: Record<string, number> = { lexical: lexical[index] as number, head: head[index] as number };
    let senses = 0;
    let sum = 0;
    if (candidate.vector !== null) {
      const cosine = scaled[next++] as number;
      parts.vector = cosine;
      parts.cosine = candidate.vector;
      sum += cosine;
      senses += 1;
    }
    if (candidate.expansion !== null) {
      parts.expansion = expansion[index] as number;
      sum += parts.expansion;
      senses += 1;
    }
    const sense = sum / (senses || 1);
    const weight = senses > 0 ? candidate.meaning : 0;
    const ofWords = ((parts.lexical as number) + ranking.documentHead * (parts.head as number)) / (1 + ranking.documentHead);
    if (candidate.second === null) return { score: (1 - weight) * ofWords + weight * sense, parts };
    parts.second = second[index] as number;
    const ofMeaning = secondModel.second.cosine * parts.second + secondModel.second.expansion * (parts.expansion ?? 0);
    return { score: words * ofWords + (1 - words) * ofMeaning, parts };
  });
};
