import type { LibraryReader, LiveVersion } from '@main/store/libraryReader';
import { languages } from '@main/text/languages';
import { stem } from '@main/text/stems';
import { isStopWord } from '@main/text/stopWords';
import { wordRanges } from '@main/text/words';
import type { Passage } from '@shared/model';
import type { AboutPassage } from './about';
import type { HoldingAnswer } from './api';
import type { ChunkIndex } from './chunkIndex';
import { createMatcher } from './matches';
import { questionUnits } from './questionUnits';
import type { StaticModel } from './staticModel';
import { stemKey, wordKey } from './terms';
import { type OwnerFilter, passes } from './textId';

export interface HoldingDeps {
  index: ChunkIndex;
  library: LibraryReader;
  live: ReadonlyMap<string, LiveVersion>;
  model: Pick<StaticModel, 'tokenize'>;
  /** The best passage of each document that is about the text, with its score. */
  about: ReadonlyMap<string, AboutPassage>;
}

/** Names, years and numbers of a text: a document that is only near in meaning does not have them. */
const exactWords = (text: string): Set<string> =>
  new Set(
    wordRanges(text)
      .filter(({ start }) => /^[\p{Lu}\p{N}]/u.test(text.slice(start)))
      .map(({ word }) => word),
  );

/** A document is compared by its name as people sort names. */
const byTitle = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

/**
 * All documents that hold each word of a text, in any form or spelling, somewhere in them or in their title: counted over the whole
 * library by the postings of the words, and one page of them by title, each with the passage that holds most of the words. Without a
 * word, all documents. Behind them stand those that are about the text in other words, but hold its names and numbers.
 */
export const documentsHolding = (
  text: string,
  { filter, offset, limit }: { filter: OwnerFilter; offset: number; limit: number },
  { index, library, live, model, about }: HoldingDeps,
): Omit<HoldingAnswer, 'compared'> => {
  const present = languages.filter((language) => index.statistics(language).chunks > 0);
  const keysOf = (term: string): number[] => [...new Set(present.map((language) => stemKey(stem(term, language), language)))];
  const units = questionUnits(text, {
    frequencyOf: (term) => keysOf(term).reduce((sum, key) => sum + index.frequency('stems', key), 0),
    isWritten: (word) => present.some((language) => index.holds('words', wordKey(word, language))),
    isWord: (word) => model.tokenize(word).length === 1,
    isSameWord: (one, other) => languages.every((language) => stem(one, language) === stem(other, language)),
  }).filter(
    ({ words, alternatives, isNamed }) =>
      alternatives.length > 0 &&
      (isNamed || words.length === 0 || !words.every((word) => isStopWord(word, 'en') || isStopWord(word, 'fr'))),
  );

  /** By passage, how many of the words it holds. */
  const held = new Map<number, number>();
  let owners = null as Set<string> | null;
  const exact = exactWords(text);
  let near = [...about.keys()];
  const missing: string[] = [];
  for (const { words, alternatives } of units) {
    const chunks = new Set<number>();
    // A word that was probably meant instead, and the pieces of a date, are no proof.
    for (const { terms, isMeant, isPieces } of alternatives) {
      if (isMeant || isPieces || terms.length === 0) continue;
      const sets = terms.map((term) => new Set(keysOf(term).flatMap((key) => index.passagesHolding(key))));
      const [first, ...others] = sets.toSorted((a, b) => a.size - b.size);
      for (const chunk of first ?? []) if (others.every((set) => set.has(chunk))) chunks.add(chunk);
    }
    const of = new Set<string>();
    for (const chunk of chunks) {
      const owner = index.version(index.versionOf(chunk))?.versionId;
      if (owner === undefined || !live.has(owner) || !passes(filter, owner)) continue;
      of.add(owner);
      held.set(chunk, (held.get(chunk) ?? 0) + 1);
    }
    if (
      words.some((word) => exact.has(word)) ||
      (words.length === 0 && alternatives.some(({ terms }) => terms.some((term) => /\d/.test(term))))
    )
      near = near.filter((owner) => of.has(owner));
    if (of.size === 0) missing.push(words[0] ?? alternatives[0]?.terms[0] ?? '');
    owners = owners ? new Set([...owners].filter((owner) => of.has(owner))) : of;
  }
  const all = owners ?? new Set([...live.keys()].filter((owner) => passes(filter, owner)));
  const best = new Map<string, number>();
  for (const [chunk, count] of held) {
    const owner = index.version(index.versionOf(chunk))?.versionId ?? '';
    if (!all.has(owner)) continue;
    const other = best.get(owner);
    const ofOther = other === undefined ? 0 : (held.get(other) ?? 0);
    if (count > ofOther || (count === ofOther && chunk < (other ?? chunk))) best.set(owner, chunk);
  }
  const titleOf = (owner: string): string => live.get(owner)?.title ?? '';
  const sorted = [...all].sort((a, b) => byTitle.compare(titleOf(a), titleOf(b)) || (a < b ? -1 : 1));
  const scoreOf = (owner: string): number => about.get(owner)?.score ?? 0;
  const others = near.filter((owner) => !all.has(owner)).sort((a, b) => scoreOf(b) - scoreOf(a) || (a < b ? -1 : 1));
  const listed = [...sorted, ...others];
  const written = units.flatMap(({ words, alternatives }) => [...words, ...alternatives.flatMap(({ terms }) => terms)]);
  const matchesIn = createMatcher(written);
  const passageOf = (owner: string): Passage[] => {
    const document = live.get(owner);
    const chunk = best.get(owner);
    const nearest = all.has(owner) ? undefined : about.get(owner);
    const passage = library.passage(owner, nearest?.ordinal ?? (chunk === undefined ? 0 : index.ordinalOf(chunk)));
    const language = index.version(index.versionN(owner) ?? 0)?.language ?? 'en';
    if (!document || !passage) return [];
    const { ordinal: _, ...rest } = passage;
    const scores: Record<string, number> = nearest ? { about: nearest.score } : { words: chunk === undefined ? 0 : (held.get(chunk) ?? 0) };
    return [{ ...rest, ...document, versionId: owner, score: 1, scores, matches: matchesIn(passage.text, language) }];
  };
  return {
    total: listed.length,
    about: others.length,
    words: units.map(({ words, alternatives }) => words.join(' ') || (alternatives[0]?.terms.join(' ') ?? '')),
    missing,
    passages: listed.slice(offset, offset + limit).flatMap(passageOf),
  };
};
