import type { Scored } from '../topList';
import { createWorkspace, type Workspace } from './columns';
import { occurrenceBits, type TurnIndex, type TurnLinks, turnStates } from './turnIndex';
import type { QuestionTerms } from './turnTerms';

/** How the words of neighbouring turns count for a turn, nearest first, and how BM25 weighs them. */
export const spreading = {
  /** Of the turn before, when it asks: this one answers it. */
  question: 0.9,
  /** Of the turns before. */
  before: [0.35, 0.3, 0.2, 0.12, 0.12],
  /** Of the turns after. */
  after: [0.45, 0.2, 0.1],
  /** Of the other turns of a burst, in which one speaker sends several in a row. */
  burst: [0.4, 0.35, 0.3, 0.2],
  k1: 0.9,
  b: 0.3,
  /** A longer turn, in average lengths, counts as one of this length: an answer is not worse for being thorough. */
  longest: 3,
};
/** Plain BM25 over single turns. */
export const withoutNeighbours: typeof spreading = { ...spreading, question: 0, before: [], after: [], burst: [] };

export interface SpreadScores {
  /** BM25 of each slot. */
  scores: Float32Array;
  /** The share of the question's words, by their idf and without those of a date, that a turn and its neighbours hold, 0..1 by slot. */
  shares: Float32Array;
}

/** Turns on each side that are visited at most. */
const farthest = 12;
/**
 * Occurrences of a question's words that are spread, rarest words first: the words of every second turn say nothing of their
 * neighbours, and would take most of the time.
 */
const mostOccurrences = 10_000;
/** Occurrences that are counted at most, in those that are spread; a word that is left out is in every third turn of a long past. */
const countedEach = 3;

/** The counts of a question's word by slot: its own in a turn, and by their weights those of the turns around it. */
const createCounter = ({ before, after, states }: TurnLinks, counts: Float32Array, touched: Int32Array, weights: typeof spreading) => {
  const { asks, continues } = turnStates;
  let reached = 0;
  const add = (at: number, count: number): void => {
    const known = counts[at] as number;
    if (known === 0) touched[reached++] = at;
    counts[at] = known + count;
  };
  /** Visits the neighbours on one side; bursts count as one turn. The turns after this one get its words as those of a turn before them. */
  const spread = (slot: number, times: number, isAfter: boolean): void => {
    const byDistance = isAfter ? weights.before : weights.after;
    const step = isAfter ? after : before;
    let hops = 0;
    let from = slot;
    let at = step[slot] as number;
    for (let seen = 1; at >= 0 && seen <= farthest; seen += 1) {
      if (((states[isAfter ? at : from] as number) & continues) === 0) hops += 1;
      if (hops > byDistance.length) return;
      const answers = hops === 1 && isAfter && ((states[slot] as number) & asks) !== 0;
      const weight = hops === 0 ? weights.burst[seen - 1] : answers ? weights.question : byDistance[hops - 1];
      if (weight) add(at, times * weight);
      from = at;
      at = step[at] as number;
    }
  };
  const spreadsAfter = weights.before.length > 0;
  const spreadsBefore = weights.after.length > 0;
  return {
    begin: (): void => {
      reached = 0;
    },
    reached: () => reached,
    count: (slot: number, times: number, isSpread: boolean): void => {
      add(slot, times);
      if (!isSpread) return;
      if (spreadsAfter) spread(slot, times, true);
      if (spreadsBefore) spread(slot, times, false);
    },
  };
};

/** How a question's words are counted: the weights of neighbours, the occurrences that are spread, the arrays that are used again. */
export interface SpreadSettings {
  weights?: typeof spreading;
  mostSpread?: number;
  space?: Pick<Workspace, 'scores' | 'shares' | 'counts' | 'touched'>;
}

/**
 * BM25 of every turn where the words of its neighbours count as its own, by their weights, before the saturation of BM25: a question
 * and its answer, or a subject and the words about it two turns later, are one text. Takes time in proportion to the occurrences.
 */
export const spreadScores = (
  index: TurnIndex,
  units: readonly QuestionTerms[],
  { weights = spreading, mostSpread = mostOccurrences, space = createWorkspace() }: SpreadSettings = {},
): SpreadScores => {
  const { size, averageLength, columns } = index;
  const { states, lengths } = columns;
  const scores = space.scores(size);
  const shares = space.shares(size);
  const counts = space.counts(size);
  const touched = space.touched(size);
  const counter = createCounter(columns, counts, touched, weights);
  const { k1, b, longest } = weights;
  const { count: countBits, mostCounted } = occurrenceBits;
  let all = 0;
  let spent = 0;
  const lists = units.map(({ terms, isDate }) => ({ isDate, occurrences: terms.map((term) => index.occurrences(term)) }));
  const countOf = ({ occurrences }: (typeof lists)[number]): number => occurrences.reduce((sum, list) => sum + list.length, 0);
  for (const { isDate, occurrences } of lists.toSorted((one, other) => countOf(one) - countOf(other))) {
    if (spent > countedEach * mostSpread) break;
    counter.begin();
    let own = 0;
    for (const list of occurrences)
      for (let at = 0; at < list.length; at += 1) {
        const occurrence = list[at] as number;
        const slot = occurrence >> countBits;
        if (states[slot] === 0) continue;
        own += 1;
        counter.count(slot, occurrence & mostCounted, spent <= mostSpread);
      }
    spent += own;
    const idf = Math.log(1 + (index.count - Math.min(own, index.count) + 0.5) / (own + 0.5));
    if (!isDate) all += idf;
    const reached = counter.reached();
    for (let at = 0; at < reached; at += 1) {
      const slot = touched[at] as number;
      const times = counts[slot] as number;
      counts[slot] = 0;
      const length = 1 - b + b * Math.min(longest, (lengths[slot] as number) / averageLength);
      scores[slot] = (scores[slot] as number) + (idf * times * (k1 + 1)) / (times + k1 * length);
      if (!isDate) shares[slot] = (shares[slot] as number) + idf * Math.min(1, times);
    }
  }
  if (all > 0) for (let slot = 0; slot < size; slot += 1) shares[slot] = (shares[slot] as number) / all;
  return { scores, shares };
};

/** How many of the best turns give further words to a question, how many words, how much these count, and how far they are spread. */
export const feedback = { turns: 5, words: 10, weight: 0.2, mostSpread: 3_000 };

/**
 * The words that the best turns of a question share and other turns lack (pseudo-relevance feedback): they find the turns that say the
 * same in other words. `best` are slots with their scores.
 */
export const furtherTerms = (index: TurnIndex, best: readonly Scored[], asked: ReadonlySet<string>): string[] => {
  const weights = new Map<string, number>();
  for (const { id: slot, score } of best)
    for (const term of index.termsOf(slot)) {
      const frequency = index.occurrences(term).length;
      if (frequency < 2 || asked.has(term)) continue;
      weights.set(term, (weights.get(term) ?? 0) + score * Math.log(1 + index.count / frequency));
    }
  return [...weights]
    .sort((one, other) => other[1] - one[1])
    .slice(0, feedback.words)
    .map(([term]) => term);
};
