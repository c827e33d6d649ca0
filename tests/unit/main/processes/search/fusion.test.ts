import { type CandidateScores, fuse, minMax, weightOfMeaning, weightOfWords } from '@main/processes/search/fusion';
import { expect, test } from 'vitest';

const candidate = (scores: Partial<CandidateScores>): CandidateScores => ({
  lexical: 0,
  head: scores.lexical ?? 0,
  vector: null,
  expansion: null,
  second: null,
  meaning: 0.3,
  ...scores,
});
const order = (candidates: CandidateScores[]): number[] =>
  fuse(candidates)
    .map(({ score }, index) => ({ score, index }))
    .sort((a, b) => b.score - a.score)
    .map(({ index }) => index);

test('ranks by words alone like BM25, with 1 for the best', () => {
  const candidates = [candidate({ lexical: 2 }), candidate({ lexical: 8 }), candidate({ lexical: 4 })];
  expect(order(candidates)).toEqual([1, 2, 0]);
  expect(fuse(candidates)[1]?.score).toBeCloseTo(1);
});

test('lets meaning decide by its weight', () => {
  const words = { lexical: 10, vector: 0.1, expansion: 1 };
  const sense = { lexical: 1, vector: 0.9, expansion: 9 };
  const weigh = (meaning: number): number[] => order([candidate({ ...words, meaning }), candidate({ ...sense, meaning })]);
  expect(weigh(weightOfMeaning(1))).toEqual([0, 1]);
  expect(weigh(weightOfMeaning(0))).toEqual([1, 0]);
});

test('breaks ties by the head of the document', () => {
  expect(order([candidate({ lexical: 5, head: 1 }), candidate({ lexical: 5, head: 7 })])).toEqual([1, 0]);
});

test('judges a candidate without a vector by its other scores', () => {
  const [known, unknown] = fuse([candidate({ lexical: 4, vector: 0.5, expansion: 2 }), candidate({ lexical: 4, expansion: 2 })]);
  expect(known?.parts).toHaveProperty('cosine', 0.5);
  expect(unknown?.parts).not.toHaveProperty('cosine');
  expect(unknown?.score).toBeCloseTo(1);
});

test('scores a candidate that the second model has read by words, its cosine and expansion', () => {
  const [best, near, unread] = fuse([
    candidate({ lexical: 4, vector: 0.1, expansion: 2, second: 0.898 }),
    candidate({ lexical: 2, vector: 0.9, expansion: 4, second: 0.823 }),
    candidate({ lexical: 4, vector: 0.5, expansion: 2 }),
  ]);
  // .1 W + .9 (.7 E + .3 X), with E = (cosine - .748) by its largest.
  expect(best?.score).toBeCloseTo(0.1 * 1 + 0.9 * (0.7 * 1 + 0.3 * 0.5));
  expect(near?.score).toBeCloseTo(0.1 * 0.5 + 0.9 * (0.7 * 0.5 + 0.3 * 1));
  // As without the second model: .7 words + .3 (half cosine, half expansion).
  expect(unread?.score).toBeCloseTo(0.7 * 1 + 0.3 * (0.5 * 0.5 + 0.5 * 0.5));
  expect(unread?.parts).not.toHaveProperty('second');
});

test('lets words decide where the question is a number that the index knows', () => {
  const exact = candidate({ lexical: 8, second: 0.8 });
  const alike = candidate({ lexical: 4, second: 0.9 });
  const best = (numberShare: number): number => {
    const [first, second] = fuse([exact, alike], weightOfWords(numberShare));
    return (first?.score ?? 0) > (second?.score ?? 0) ? 0 : 1;
  };
  expect([best(0), best(1), weightOfWords(0.5)]).toEqual([1, 0, 0.55]);
});

test('a cosine of unrelated texts counts for nothing', () => {
  expect(fuse([candidate({ second: 0.748 }), candidate({ second: 0.6 })]).map(({ score }) => score)).toEqual([0, 0]);
});

test('min-max survives equal and no values', () => {
  expect(minMax([3, 3])).toEqual([0, 0]);
  expect(minMax([])).toEqual([]);
  expect(minMax([1, 3, 2])).toEqual([0, 1, 0.5]);
  expect(fuse([])).toEqual([]);
});
