import { narrowCitations } from '@main/knowledge/narrowCitations';
import { nearnessBy } from '@main/processes/search/nearness';
import { loadStaticModel } from '@main/processes/search/staticModel';
import { placeOfLines, type Source } from '@shared/model';
import { describe, expect, it } from 'vitest';
import { type CitedCases, frozen, heldBack } from './cases';
import { alone, overSeveral } from './further';

const sourceOf = (text: string, index = 0): Source => ({
  marker: index + 1,
  versionId: 'v',
  documentId: 'd',
  title: 'Title',
  start: 0,
  end: text.length,
  text,
  place: placeOfLines({ from: 1, to: text.split('\n').length }),
  score: 1,
  scores: {},
});

const near = nearnessBy(await loadStaticModel('resources/models/static-fr-en'));
/** A signal that never aborts: the end is not awaited. */
const patiently: Parameters<typeof narrowCitations>[2] = {
  nearness: async (words, texts) => near(words, texts),
  waiting: new AbortController().signal,
};

/** The quotes of one answer that contains all claims, in their order. */
const quotesIn = async ({ source, claims }: CitedCases): Promise<string[]> => {
  const answer = claims.map(([sentence]) => sentence).join(' ');
  const cited = await narrowCitations(answer, [sourceOf(source)], patiently);
  return cited.map((place) => place.source.text);
};

describe('narrows each citation to the words that support its sentence, in both languages', () => {
  it.each(frozen.map((cases) => [cases.claims[0]?.[0] ?? '', cases] as const))('%s …', async (_, cases) => {
    expect(await quotesIn(cases)).toEqual(cases.claims.map(([, quote]) => quote));
  });

  it('also holds for sentences that were written later', async () => {
    const right = await Promise.all(
      heldBack.map(async (cases) => {
        const quotes = await quotesIn(cases);
        return cases.claims.filter(([, quote], index) => quotes[index] === quote).length;
      }),
    );
    expect(right.reduce((sum, one) => sum + one, 0)).toBeGreaterThanOrEqual(29);
  });

  it.each(alone.flatMap(({ source, claims }) => claims.map(([sentence, quote]) => [sentence, quote, source] as const)))(
    '%s rests on %j',
    async (sentence, quote, source) => {
      expect(await quotesIn({ source, claims: [[sentence, quote]] })).toEqual([quote]);
    },
  );

  it.each(overSeveral.map((one) => [one.answer, one] as const))('%s', async (answer, { sources, quotes }) => {
    const cited = await narrowCitations(answer, sources.map(sourceOf), patiently);
    expect(cited.map(({ source }) => `${source.marker}: ${source.text}`)).toEqual(quotes);
  });

  it('covers 60 cases', () => expect(frozen.flatMap(({ claims }) => claims)).toHaveLength(60));
});
