import { informativeWords } from '@main/text/questionWords';
import type { StaticModel } from '../staticModel';
import { createTopList } from '../topList';
import { type KeptTurns, signs } from './keptTurns';
import { spreadScores, withoutNeighbours } from './spreadScores';
import { termsOfQuestion } from './turnTerms';

/**
 * An item is near where it holds this share of the words, in any form, or where its cosine is at least `cosine` and this share of the
 * nearest item's. Set on the sentences of `tests/quality/memory`: unrelated short texts rarely reach .2.
 */
const limits = { words: 0.5, cosine: 0.18, ofNearest: 0.55 };

/**
 * The items nearest to a text by their words, in any form, and by the cosine of the bundled model, nearest first: the mean of the share of
 * words and the cosine, 0..1. Items of every state are compared.
 */
export const nearItems = (
  { columns, index, vectors, turns, workspace }: KeptTurns,
  model: Pick<StaticModel, 'embed'>,
  { text, limit }: { text: string; limit: number },
): { itemId: string; score: number }[] => {
  const { shares } = spreadScores(index, termsOfQuestion(text, new Set()), { weights: withoutNeighbours, space: workspace });
  // Function words would draw every short text towards every other one.
  const meant = model.embed(informativeWords(text).join(' '));
  const cosines = workspace.cosines(index.size);
  vectors.cosines(meant, cosines);
  let nearest = 0;
  for (let slot = 0; slot < cosines.length; slot += 1)
    if (((columns.signs[slot] as number) & signs.item) !== 0) nearest = Math.max(nearest, cosines[slot] as number);
  const least = Math.max(limits.cosine, limits.ofNearest * nearest);
  const best = createTopList(limit);
  for (let slot = 0; slot < cosines.length; slot += 1) {
    if (((columns.signs[slot] as number) & signs.item) === 0) continue;
    const share = shares[slot] ?? 0;
    const cosine = cosines[slot] as number;
    if (share >= limits.words || cosine >= least) best.offer(slot, (share + Math.max(0, cosine)) / 2);
  }
  return best.sorted().flatMap(({ id, score }) => {
    const itemId = turns[id]?.id;
    return itemId === undefined ? [] : [{ itemId, score }];
  });
};
