import { type Language, languages } from '@main/text/languages';
import { stem } from '@main/text/stems';
import type { ChunkIndex } from './chunkIndex';
import { type AskedKeys, askedKeys } from './heldTerms';
import { type Expansion, inverseFrequency } from './lexicalScore';
import { type QuestionUnit, questionUnits, type TermAlternative } from './questionUnits';
import type { StaticModel } from './staticModel';
import { stemKey, wordKey } from './terms';
import type { Thesaurus } from './thesaurus';
import type { QueryUnit } from './units';
import { ranking } from './weights';

/** The terms of a question for the passages of one language. */
export interface LanguageTerms {
  /** Idf times count in the question, by stem key and by word key. */
  stems: Map<number, number>;
  words: Map<number, number>;
  /** Parts of the question that can be written in several ways; their terms are not in `stems`. */
  units: QueryUnit[];
  /** Stem keys of the function words that the question uses as content. */
  named: ReadonlySet<number>;
  averageLength: { stems: number; words: number };
  /** Share of the question's distinct stems and units that these passages contain, 0..1. */
  knownShare: number;
  /** One entry a distinct stem: its key, how many passages of the language hold it, its idf over all languages. */
  frequencies: { key: number; chunks: number; idf: number }[];
}

export interface QueryTerms {
  /** Informative folded words in order, with repetitions; names without spaces are split into their parts. */
  words: string[];
  /** Every term under which a passage may hold the question's words. */
  written: string[];
  byLanguage: Map<Language, LanguageTerms>;
  /** The share of the question's weight in words with a digit that the index knows, 0..1. */
  numberShare: number;
}

/**
 * Analyses the question once for each language that the index has passages in. The idf of a word counts over all languages, so that
 * scores of passages in different languages can be compared.
 */
export const analyseQuery = (query: string, index: ChunkIndex, model: Pick<StaticModel, 'tokenize'>): QueryTerms => {
  const present = languages.filter((language) => index.statistics(language).chunks > 0);
  const chunks = present.reduce((sum, language) => sum + index.statistics(language).chunks, 0);
  const stemOf = (term: string, language: Language): number => stemKey(stem(term, language), language);
  const frequencies = new Map<string, number>();
  const frequencyOf = (term: string): number => {
    let found = frequencies.get(term);
    if (found === undefined) {
      found = present.reduce((sum, language) => sum + index.frequency('stems', stemOf(term, language)), 0);
      frequencies.set(term, found);
    }
    return found;
  };
  const isKnown = (term: string): boolean => frequencyOf(term) > 0;
  /** A number means the same in every language: if passages in another language hold it, it needs no translation. */
  const isKnownIn = (term: string, language: Language): boolean =>
    /\d/.test(term) ? isKnown(term) : index.frequency('stems', stemOf(term, language)) > 0;
  const idfOf = (term: string): number => inverseFrequency(chunks, frequencyOf(term));
  const exactIdfOf = (word: string): number =>
    inverseFrequency(
      chunks,
      present.reduce((sum, language) => sum + index.frequency('words', wordKey(word, language)), 0),
    );

  const all = questionUnits(query, {
    frequencyOf,
    isWritten: (word) => present.some((language) => index.holds('words', wordKey(word, language))),
    isWord: (word) => model.tokenize(word).length === 1,
    isSameWord: (one, other) => languages.every((language) => stem(one, language) === stem(other, language)),
  });
  // A part with only one spelling, or only one that occurs in the index, is treated like any word.
  const written = all.map(({ words, alternatives }) => ({ words, alternatives: livingAlternatives(alternatives, isKnown) }));
  const plain = written.flatMap(({ alternatives: [first, second] }) => (first && !second ? first.terms : []));
  const several = written.filter(({ alternatives }) => alternatives.length > 1);
  const named = all.flatMap(({ words, isNamed }) => (isNamed ? words : []));
  const exactWords = written.flatMap(({ words }) => words);
  const byLanguage = new Map<Language, LanguageTerms>();
  for (const language of present) {
    const statistics = index.statistics(language);
    const stems = new Map<number, number>();
    const exact = new Map<number, number>();
    const distinct = new Map<number, { chunks: number; idf: number }>();
    let known = 0;
    for (const word of plain) {
      const key = stemOf(word, language);
      const idf = idfOf(word);
      if (!distinct.has(key) && isKnownIn(word, language)) known += 1;
      distinct.set(key, { chunks: index.frequency('stems', key), idf });
      stems.set(key, (stems.get(key) ?? 0) + idf);
    }
    for (const word of exactWords) {
      const key = wordKey(word, language);
      exact.set(key, (exact.get(key) ?? 0) + exactIdfOf(word));
    }
    const units = several.map(({ alternatives }) => unitOf(alternatives, idfOf, isKnown, (term) => stemOf(term, language)));
    for (const { alternatives } of several)
      if (alternatives.some(({ terms }) => terms.every((term) => isKnownIn(term, language)))) known += 1;
    const size = distinct.size + units.length;
    byLanguage.set(language, {
      stems,
      words: exact,
      units,
      named: new Set(named.map((word) => stemOf(word, language))),
      averageLength: { stems: statistics.stems / statistics.chunks, words: statistics.words / statistics.chunks },
      knownShare: size ? known / size : 0,
      frequencies: Array.from(distinct, ([key, term]) => ({ key, ...term })),
    });
  }
  // The pieces of a number occur everywhere, so they are left out.
  const writtenTerms = all.flatMap(({ alternatives }) => alternatives.flatMap(({ terms, isPieces }) => (isPieces ? [] : terms)));
  return {
    words: all.flatMap(wordsForModel),
    written: [...new Set([...exactWords, ...writtenTerms])],
    byLanguage,
    numberShare: numberShareOf(
      written.map(({ alternatives }) => alternatives),
      idfOf,
      isKnown,
    ),
  };
};

/** The share of the weight (idf) in units of which a known alternative has a digit. */
const numberShareOf = (
  units: readonly (readonly TermAlternative[])[],
  idfOf: (term: string) => number,
  isKnown: (term: string) => boolean,
): number => {
  let [numbers, all] = [0, 0];
  for (const alternatives of units) {
    const weight = Math.max(0, ...alternatives.map(({ terms }) => terms.reduce((sum, term) => sum + idfOf(term), 0)));
    all += weight;
    if (alternatives.some(({ terms }) => terms.some((term) => /\d/.test(term) && isKnown(term)))) numbers += weight;
  }
  return all > 0 ? numbers / all : 0;
};

/** The words for the model: a name without spaces is split into its parts. */
const wordsForModel = ({ words, alternatives }: QuestionUnit): string[] => {
  const meant = alternatives.find(({ isMeant }) => isMeant);
  if (meant) return meant.terms;
  const inside = words.length === 1 ? alternatives.find(({ terms }) => terms.length > 1) : undefined;
  if (inside) return inside.terms;
  return words.length ? words : (alternatives.at(-1)?.terms ?? []);
};

/** The alternatives that occur in a passage; where none does, the first, which is the question's own spelling. */
const livingAlternatives = (alternatives: readonly TermAlternative[], isKnown: (term: string) => boolean): TermAlternative[] => {
  const living = alternatives.filter(({ terms }) => terms.some(isKnown));
  return living.length ? living : alternatives.slice(0, 1);
};

const unitOf = (
  alternatives: readonly TermAlternative[],
  idfOf: (term: string) => number,
  isKnown: (term: string) => boolean,
  keyOf: (term: string) => number,
): QueryUnit => {
  const weightOf = ({ terms }: TermAlternative): number => terms.reduce((sum, term) => sum + idfOf(term), 0);
  const whole = alternatives.filter(({ terms }) => terms.every(isKnown));
  // The weight of its words anywhere else in the question, where they are known: an unusual spelling must not make a term rare.
  const own = whole.find(({ isOwn }) => isOwn);
  const weight = own ? weightOf(own) : Math.max(...(whole.length ? whole : alternatives.slice(0, 1)).map(weightOf));
  return {
    weight,
    alternatives: alternatives.map((one) => {
      const sum = weightOf(one);
      return { keys: one.terms.map(keyOf), shares: one.terms.map((term) => idfOf(term) / (sum || 1)), worth: one.worth };
    }),
  };
};

/** Every key by which a passage is scored for the question. */
export const keysOfQuestion = ({ byLanguage }: QueryTerms, expansion: QueryExpansion | null): AskedKeys => {
  const all = [...byLanguage.values()];
  return askedKeys({
    stems: all.flatMap(({ stems, units, named }) => [
      ...stems.keys(),
      ...named,
      ...units.flatMap(({ alternatives }) => alternatives.flatMap(({ keys }) => keys)),
    ]),
    words: all.flatMap(({ words }) => [...words.keys()]),
    tokens: expansion?.expansions.keys() ?? [],
  });
};

/** The stems to search for, rarest first, until their postings fill the budget: common words cost the most and say the least. */
export const candidateStems = (terms: QueryTerms, index: ChunkIndex): number[] => {
  const all = [...terms.byLanguage.values()].flatMap(({ frequencies, units }) => {
    const keys = new Set(units.flatMap(({ alternatives }) => alternatives.flatMap((one) => one.keys)));
    return [...frequencies, ...Array.from(keys, (key) => ({ key, chunks: index.frequency('stems', key) }))];
  });
  all.sort((a, b) => a.chunks - b.chunks);
  const chosen: number[] = [];
  let postings = 0;
  for (const { key, chunks } of all) {
    if (chunks === 0) continue;
    if (chosen.length && postings + chunks > ranking.postingsBudget) break;
    chosen.push(key);
    postings += chunks;
  }
  return chosen;
};

export interface QueryExpansion {
  expansions: Map<number, Expansion[]>;
  /** Idf of each token of the question, in the order that `Expansion.origin` counts. */
  owns: number[];
  averageLength: number;
}

/**
 * The model tokens that count for each token of the question: itself, and its nearest ones that the index contains, weighted by
 * cosine squared. A neighbour counts no more than the token it replaces; a token that the index lacks counts as the rarest.
 */
export const expandQuery = (words: readonly string[], index: ChunkIndex, model: StaticModel, thesaurus: Thesaurus): QueryExpansion => {
  let chunks = 0;
  let length = 0;
  for (const language of languages) {
    chunks += index.statistics(language).chunks;
    length += index.statistics(language).tokens;
  }
  const expansions = new Map<number, Expansion[]>();
  const speak = (token: number, expansion: Expansion): void => {
    const spoken = expansions.get(token);
    if (spoken) spoken.push(expansion);
    else expansions.set(token, [expansion]);
  };
  const owns: number[] = [];
  const tokens = [...new Set(model.tokenize(words.join(' ')))];
  for (const [origin, token] of tokens.entries()) {
    const own = inverseFrequency(chunks, index.frequency('tokens', token));
    owns.push(own);
    speak(token, { origin, weight: own });
    let known = 0;
    for (const { token: neighbour, cosine } of thesaurus.neighbours(token)) {
      if (cosine < ranking.expansion.minimumCosine || known === ranking.expansion.neighbours) break;
      const frequency = index.frequency('tokens', neighbour);
      if (!frequency || neighbour === token) continue;
      known += 1;
      speak(neighbour, { origin, weight: Math.min(inverseFrequency(chunks, frequency), own) * cosine ** 2 });
    }
  }
  return { expansions, owns, averageLength: length / (chunks || 1) };
};
