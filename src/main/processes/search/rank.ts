import type { Support } from '@shared/model';
import type { SearchQuery } from './api';
import type { ChunkIndex } from './chunkIndex';
import { senseCoverage, wordCoverage } from './coverage';
import type { Calibration } from './embedders/calibration';
import { type CandidateScores, type FusedScores, fuse, weightOfMeaning } from './fusion';
import { bm25, bm25OfUnits, expandedBm25 } from './lexicalScore';
import { analyseQuery, candidateStems, expandQuery, type LanguageTerms, type QueryExpansion, type QueryTerms } from './queryTerms';
import type { SemanticIndex } from './semanticIndex';
import type { StaticModel } from './staticModel';
import { judgeSupport, type SupportSignals } from './support';
import type { PassageTerms } from './terms';
import type { Thesaurus } from './thesaurus';
import { ranking } from './weights';

export interface RankedChunk extends FusedScores {
  chunk: number;
}

export interface RankDeps {
  query: SearchQuery;
  /** Never all zeros. Null: search by words alone. */
  vector: Float32Array | null;
  index: ChunkIndex;
  semantic: SemanticIndex;
  model: StaticModel;
  /** Null where there is no vector. */
  thesaurus: Thesaurus | null;
}

export interface Ranking {
  ranked: RankedChunk[];
  support: Support;
  /** True when a passage holds a word of the question. */
  matched: boolean;
  confidence: number;
  stages: Record<'lexical' | 'vector' | 'fuse', number>;
  /** The question's informative words in the forms that a passage may hold, folded. */
  words: string[];
}

interface ScoredChunk {
  chunk: number;
  terms: PassageTerms;
  /** The question's terms in the language of this passage. */
  asked: LanguageTerms;
  scores: CandidateScores;
}

/** Returns a function that is true for chunks that may be shown; it calls `findable` once a version. */
const findableChunks = (index: ChunkIndex, findable: (versionId: string) => boolean): ((chunk: number) => boolean) => {
  const verdicts = new Map<number, boolean>();
  return (chunk) => {
    const n = index.versionOf(chunk);
    let verdict = verdicts.get(n);
    if (verdict === undefined) {
      const version = index.version(n);
      verdict = version !== null && findable(version.versionId);
      verdicts.set(n, verdict);
    }
    return verdict;
  };
};

/** The exact scores of each candidate, from its stored terms and vector. */
const scoreCandidates = (
  candidates: Iterable<number>,
  terms: QueryTerms,
  expansion: QueryExpansion | null,
  { query, vector, index, semantic }: RankDeps,
): ScoredChunk[] => {
  const heads = new Map<number, number | null>();
  const scored: ScoredChunk[] = [];
  for (const chunk of candidates) {
    const versionN = index.versionOf(chunk);
    const language = index.version(versionN)?.language;
    const asked = language && terms.byLanguage.get(language);
    if (!asked) continue;
    const scoreWords = (of: PassageTerms): number =>
      (1 - ranking.exactShare) *
        (bm25(of.stems, asked.stems, asked.averageLength.stems) + bm25OfUnits(of.stems, asked.units, asked.averageLength.stems)) +
      ranking.exactShare * bm25(of.words, asked.words, asked.averageLength.words);
    if (!heads.has(versionN)) {
      const head = index.head(versionN);
      heads.set(versionN, head && scoreWords(head));
    }
    const passage = index.terms(chunk);
    const lexical = scoreWords(passage);
    const byVectorAlone = query.mode === 'vector' && vector !== null;
    scored.push({
      chunk,
      terms: passage,
      asked,
      scores: {
        lexical,
        head: heads.get(versionN) ?? lexical,
        vector: vector && semantic.cosine(chunk, vector),
        expansion:
          expansion && !byVectorAlone
            ? expandedBm25(passage.tokens, expansion.expansions, expansion.owns.length, expansion.averageLength)
            : null,
        meaning: byVectorAlone ? 1 : weightOfMeaning(asked.knownShare),
      },
    });
  }
  return scored;
};

/** The highest value of each signal of support among the first passages. */
const supportSignals = (
  best: readonly ScoredChunk[],
  expansion: QueryExpansion | null,
  calibration: Calibration | null,
  isUnderstood: boolean,
): SupportSignals => {
  const largest = (values: number[]): number => values.reduce((high, value) => Math.max(high, value), 0);
  const cosines = best.flatMap(({ scores }) => (scores.vector === null ? [] : [scores.vector]));
  return {
    wordCoverage: largest(best.map(({ terms, asked }) => wordCoverage(terms, asked))),
    senseCoverage: expansion && largest(best.map(({ terms }) => senseCoverage(terms, expansion))),
    similarity: calibration && cosines.length ? (Math.max(...cosines) - calibration.mean) / calibration.deviation : null,
    isUnderstood,
    holdsNamed: best.some(({ terms, asked }) => terms.stems.keys.some((key) => asked.named.has(key))),
  };
};

/**
 * Two cheap searches find candidates (FTS5 by stems, vectors by cosine); each candidate then gets its exact scores from its stored
 * terms, and their fusion orders them. `findable` is true for versions that may be shown.
 */
export const rank = (deps: RankDeps, findable: (versionId: string) => boolean): Ranking => {
  const { query, vector, index, semantic, model, thesaurus } = deps;
  const started = performance.now();
  const allowed = findableChunks(index, findable);
  const terms = analyseQuery(query.query, index, model);
  const byWords =
    query.mode === 'vector' && vector ? [] : index.lexicalCandidates(candidateStems(terms, index), ranking.candidates, allowed);
  const searched = performance.now();
  const near = vector ? semantic.nearest(vector, ranking.candidates, allowed) : [];
  const found = performance.now();

  const expansion = vector && thesaurus ? expandQuery(terms.words, index, model, thesaurus) : null;
  const scored = scoreCandidates(new Set([...byWords, ...near.map(({ chunk }) => chunk)]), terms, expansion, deps);
  const fused = fuse(scored.map(({ scores }) => scores));
  const ordered = scored
    .map((one, position) => ({ one, ...(fused[position] as FusedScores) }))
    .sort((a, b) => b.score - a.score || a.one.chunk - b.one.chunk);
  const best = ordered.slice(0, ranking.supportPassages).map(({ one }) => one);
  const matched = ordered.some(({ one }) => one.scores.lexical > 0);
  const isUnderstood = matched || terms.words.some((word) => model.tokenize(word).length === 1);
  const signals = supportSignals(best, expansion, semantic.calibration(), isUnderstood);
  const { support, confidence } = judgeSupport(signals);
  const ended = performance.now();
  return {
    ranked: ordered.map(({ one, score, parts }) => ({ chunk: one.chunk, score, parts })),
    support,
    matched,
    confidence,
    stages: { lexical: searched - started, vector: found - searched, fuse: ended - found },
    words: terms.written,
  };
};
