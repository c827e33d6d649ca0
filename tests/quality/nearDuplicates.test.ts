import { claimAlike } from '@main/memory/items/learntItem';
import { loadStaticModel } from '@main/processes/search/staticModel';
import { expect, test } from 'vitest';
import { type StatementPair, statementPairs } from './memory/paraphrases';

const cosineOf = (one: Float32Array, other: Float32Array): number =>
  one.reduce((sum, value, index) => sum + value * (other[index] as number), 0);

/** So many pairs that differ may be merged; above it a threshold is of no use. */
const mostWrong = 0.02;
/** The share of paraphrases from which merging by vector would be worth its risk. */
const worthwhile = 0.2;

test('no threshold of the bundled model merges paraphrases alone', async () => {
  const model = await loadStaticModel('resources/models/static-fr-en');
  const pairs = statementPairs.map((pair) => ({ ...pair, cosine: cosineOf(model.embed(pair.one), model.embed(pair.other)) }));
  const of = (is: StatementPair['is']) => pairs.filter((pair) => pair.is === is);
  expect([of('same').length, of('different').length]).toEqual([44, 44]);
  const shareFrom = (is: StatementPair['is'], least: number): number =>
    of(is).filter(({ one, other, cosine }) => cosine >= least && claimAlike(one, other)).length / of(is).length;
  const figures = Array.from({ length: 50 }, (_, index) => 0.5 + index / 100).map((least) => ({
    least,
    merged: shareFrom('same', least),
    wrong: shareFrom('different', least),
  }));
  const best = Math.max(...figures.filter(({ wrong }) => wrong <= mostWrong).map(({ merged }) => merged));
  console.info(`merging by vector: at most ${(100 * mostWrong).toFixed(0)} % wrong finds ${(100 * best).toFixed(0)} % of the paraphrases`);
  // A model that passes this is a reason to merge by vector after all: see docs/decisions/0016-memory-items.md.
  expect(best).toBeLessThan(worthwhile);
});
