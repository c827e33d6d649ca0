import { foldedWords, guessLanguage, isStopWord, type Language, languages, stem } from './analysis';
import type { ChunkIndex } from './chunkIndex';
import { type Expansion, inverseFrequency } from './lexicalScore';
import type { StaticModel } from './staticModel';
import { stemKey, wordKey } from './terms';
import type { Thesaurus } from './thesaurus';
import { ranking } from './weights';

/** What a question asks of the passages of one language. */
export interface LanguageTerms {
  /** Passages of the language. */
  chunks: number;
  /** Idf times count in the question, by stem key and by word key. */
  stems: Map<number, number>;
  words: Map<number, number>;
  averageLength: { stems: number; words: number };
  /** Share of the question's distinct stems that these passages know, 0..1. */
  knownShare: number;
  /** One entry a distinct stem: its key, and how many passages hold it. */
  frequencies: { key: number; chunks: number }[];
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

/** Analyses the question once for each language that the index has passages in. */
export const analyseQuery = (query: string, index: ChunkIndex): QueryTerms => {
  const words = informativeWords(query);
  const byLanguage = new Map<Language, LanguageTerms>();
  for (const language of languages) {
    const statistics = index.statistics(language);
    if (!statistics.chunks) continue;
    const stems = new Map<number, number>();
    const exact = new Map<number, number>();
    const frequencies = new Map<number, number>();
    for (const word of words) {
      const key = stemKey(stem(word, language), language);
      const chunks = index.frequency('stems', key);
      frequencies.set(key, chunks);
      if (chunks) stems.set(key, (stems.get(key) ?? 0) + inverseFrequency(statistics.chunks, chunks));
      const exactKey = wordKey(word, language);
      const exactChunks = index.frequency('words', exactKey);
      if (exactChunks) exact.set(exactKey, (exact.get(exactKey) ?? 0) + inverseFrequency(statistics.chunks, exactChunks));
    }
    byLanguage.set(language, {
      chunks: statistics.chunks,
      stems,
      words: exact,
      averageLength: { stems: statistics.stems / statistics.chunks, words: statistics.words / statistics.chunks },
      knownShare: frequencies.size ? stems.size / frequencies.size : 0,
      frequencies: Array.from(frequencies, ([key, chunks]) => ({ key, chunks })),
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
