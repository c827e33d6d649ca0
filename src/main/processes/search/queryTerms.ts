import { foldedWords, guessLanguage, isStopWord, type Language, languages, stem } from './analysis';
import type { ChunkIndex } from './chunkIndex';
import { type Expansion, inverseFrequency } from './lexicalScore';
import type { StaticModel } from './staticModel';
import { stemKey, wordKey } from './terms';
import type { Thesaurus } from './thesaurus';
import { ranking } from './weights';

/** What a question asks of the passages of one language. */
export interface LanguageTerms {
  /** Idf times count in the question, by stem key and by word key. */
  stems: Map<number, number>;
  words: Map<number, number>;
  averageLength: { stems: number; words: number };
  /** Share of the question's distinct stems that these passages know, 0..1. */
  knownShare: number;
  /** One entry a distinct stem: its key, how many passages of the language hold it, how rare it is in all. */
  frequencies: { key: number; chunks: number; idf: number }[];
}

export interface QueryTerms {
  /** Informative folded words in order, with repetitions. */
  words: string[];
  byLanguage: Map<Language, LanguageTerms>;
}

/** Words that carry the question: function words dropped, unless nothing else is there. */
export const informativeWords = (query: string): string[] => {
  const words = foldedWords(query);
  const language = guessLanguage(words);
  const informative = words.filter((word) => (language ? !isStopWord(word, language) : !isStopWord(word, 'en') && !isStopWord(word, 'fr')));
  return informative.length ? informative : words;
};

/**
 * Analyses the question once for each language that the index has passages in. How rare a word is counts over all
 * languages, so that scores of passages in different languages can be compared.
 */
export const analyseQuery = (query: string, index: ChunkIndex): QueryTerms => {
  const words = informativeWords(query);
  const present = languages.filter((language) => index.statistics(language).chunks > 0);
  const chunks = present.reduce((sum, language) => sum + index.statistics(language).chunks, 0);
  const keysOf = (word: string, language: Language) => ({
    stem: stemKey(stem(word, language), language),
    word: wordKey(word, language),
  });
  const rarity = new Map<string, { stem: number; word: number }>();
  for (const word of words) {
    if (rarity.has(word)) continue;
    const keys = present.map((language) => keysOf(word, language));
    const frequency = (field: 'stem' | 'word'): number =>
      keys.reduce((sum, key) => sum + index.frequency(field === 'stem' ? 'stems' : 'words', key[field]), 0);
    rarity.set(word, { stem: inverseFrequency(chunks, frequency('stem')), word: inverseFrequency(chunks, frequency('word')) });
  }
  const byLanguage = new Map<Language, LanguageTerms>();
  for (const language of present) {
    const statistics = index.statistics(language);
    const stems = new Map<number, number>();
    const exact = new Map<number, number>();
    const distinct = new Map<number, { chunks: number; idf: number }>();
    for (const word of words) {
      const keys = keysOf(word, language);
      const idf = rarity.get(word) as { stem: number; word: number };
      distinct.set(keys.stem, { chunks: index.frequency('stems', keys.stem), idf: idf.stem });
      stems.set(keys.stem, (stems.get(keys.stem) ?? 0) + idf.stem);
      exact.set(keys.word, (exact.get(keys.word) ?? 0) + idf.word);
    }
    const known = [...distinct.values()].filter((term) => term.chunks > 0).length;
    byLanguage.set(language, {
      stems,
      words: exact,
      averageLength: { stems: statistics.stems / statistics.chunks, words: statistics.words / statistics.chunks },
      knownShare: distinct.size ? known / distinct.size : 0,
      frequencies: Array.from(distinct, ([key, term]) => ({ key, ...term })),
    });
  }
  return { words, byLanguage };
};

/** The stems to look for, rarest first, until their postings fill the budget: FTS5 scores every passage that matches. */
export const candidateStems = (terms: QueryTerms): number[] => {
  const all = [...terms.byLanguage.values()].flatMap(({ frequencies }) => frequencies).filter(({ chunks }) => chunks > 0);
  all.sort((a, b) => a.chunks - b.chunks);
  const chosen: number[] = [];
  let postings = 0;
  for (const { key, chunks } of all) {
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
 * The model tokens that speak for each token of the question: itself, and its nearest ones that the index knows, weighted
 * by cosine squared. A neighbour counts no more than the token it stands for; a token that the index lacks counts as the rarest.
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
