import type { Candidate, Candidates } from '@main/processes/search/gatherCandidates';
import { askedKeys } from '@main/processes/search/heldTerms';
import { scoreCandidates } from '@main/processes/search/scoreCandidates';
import { expect, test } from 'vitest';

const keys = askedKeys({ stems: [1, 2], words: [], tokens: [] });
const counts = (held: number[]) => ({
  numbers: Int32Array.from(held, (key) => keys.stems.keys.indexOf(key)),
  counts: Uint8Array.from(held, () => 1),
  from: 0,
  to: held.length,
  length: 10,
});
const candidate = (owner: string, order: number, stems: number[], cosine: number | null): Candidate => ({
  id: { owner, ordinal: 0 },
  order,
  language: 'en',
  terms: { stems: counts(stems), words: counts([]), tokens: counts([]) },
  head: null,
  cosine,
  second: null,
  exact: null,
});
const question = (passages: Candidate[]): Candidates => ({
  mode: 'hybrid',
  language: 'en',
  terms: {
    words: ['bee', 'dance'],
    written: ['bee', 'dance'],
    numberShare: 0,
    byLanguage: new Map([
      [
        'en',
        {
          stems: new Map([
            [1, 3],
            [2, 2],
          ]),
          words: new Map(),
          units: [],
          named: new Set<number>(),
          averageLength: { stems: 10, words: 10 },
          knownShare: 1,
          frequencies: [
            { key: 1, chunks: 1, idf: 3 },
            { key: 2, chunks: 2, idf: 2 },
          ],
        },
      ],
    ]),
  },
  keys,
  expansion: null,
  calibration: { mean: 0, deviation: 0.1 },
  isKnownToModel: true,
  passages,
  stages: { lexical: 0, vector: 0, fuse: 0 },
});

test('ranks candidates from data alone, whatever order they come in', () => {
  const passages = [candidate('none', 3, [], 0.1), candidate('both', 1, [1, 2], 0.6), candidate('one', 2, [2], null)];
  const { ranked, matched, support } = scoreCandidates(question(passages));
  expect(ranked.map(({ id }) => id.owner)).toEqual(['both', 'one', 'none']);
  expect([matched, support]).toEqual([true, 'strong']);
  expect(scoreCandidates(question(passages.toReversed())).ranked).toEqual(ranked);
});

test('puts the passage that was indexed first before an equal one', () => {
  const { ranked } = scoreCandidates(question([candidate('later', 8, [1], null), candidate('first', 4, [1], null)]));
  expect(ranked.map(({ id }) => id.owner)).toEqual(['first', 'later']);
});

test('reports no support and no match without candidates', () => {
  expect(scoreCandidates(question([]))).toMatchObject({ ranked: [], matched: false });
});
