import { type CandidateScores, fuse, minMax, weightOfMeaning } from '@main/processes/search/fusion';
import { expect, test } from 'vitest';

const candidate = (scores: Partial<CandidateScores>): CandidateScores => ({
  lexical: 0,
  head: scores.lexical ?? 0,
  vector: null,
  expansion: null,
  meaning: 0.3,
  ...scores,
});
const order = (candidates: CandidateScores[]): number[] =>
  fuse(candidates)
    .map(({ score }, index) => ({ score, index }))
    .sort((a, b) => b.score - a.score)
    .map(({ index }) => index);

test('words alone rank as BM25 does and the best gets 1', () => {
  const candidates = [candidate({ lexical: 2 }), candidate({ lexical: 8 }), candidate({ lexical: 4 })];
  expect(order(candidates)).toEqual([1, 2, 0]);
  expect(fuse(candidates)[1]?.score).toBeCloseTo(1);
});

test('meaning decides as far as its weight goes', () => {
  const words = { lexical: 10, vector: 0.1, expansion: 1 };
  const sense = { lexical: 1, vector: 0.9, expansion: 9 };
  const weigh = (meaning: number): number[] => order([candidate({ ...words, meaning }), candidate({ ...sense, meaning })]);
  expect(weigh(weightOfMeaning(1))).toEqual([0, 1]);
  expect(weigh(weightOfMeaning(0))).toEqual([1, 0]);
});

test('the head of the document breaks ties between its passages and others', () => {
  expect(order([candidate({ lexical: 5, head: 1 }), candidate({ lexical: 5, head: 7 })])).toEqual([1, 0]);
});

test('a candidate without a vector is judged by what it has', () => {
  const [known, unknown] = fuse([candidate({ lexical: 4, vector: 0.5, expansion: 2 }), candidate({ lexical: 4, expansion: 2 })]);
  expect(known?.parts).toHaveProperty('cosine', 0.5);
  expect(unknown?.parts).not.toHaveProperty('cosine');
  expect(unknown?.score).toBeCloseTo(1);
});

test('min-max survives equal and no values', () => {
  expect(minMax([3, 3])).toEqual([0, 0]);
  expect(minMax([])).toEqual([]);
  expect(minMax([1, 3, 2])).toEqual([0, 1, 0.5]);
  expect(fuse([])).toEqual([]);
});
