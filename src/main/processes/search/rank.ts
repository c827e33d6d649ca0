import type { Support } from '@shared/model';
import type { SearchQuery } from './api';
import type { ChunkIndex } from './chunkIndex';
import { senseCoverage, wordCoverage } from './coverage';
import { type CandidateScores, type FusedScores, fuse, weightOfMeaning } from './fusion';
import { bm25, expandedBm25 } from './lexicalScore';
import { analyseQuery, candidateStems, expandQuery } from './queryTerms';
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
  /** Null: words alone. */
  vector: Float32Array | null;
  index: ChunkIndex;
  semantic: SemanticIndex;
  model: StaticModel;
  thesaurus: Thesaurus;
}

export interface Ranking {
  ranked: RankedChunk[];
  support: Support;
  stages: Record<'lexical' | 'vector' | 'fuse', number>;
  /** The question's informative words, folded. */
  words: string[];
}

/**
 * Two cheap searches bring candidates (FTS5 by stems, vectors by cosine); each candidate then gets its exact scores from
 * its stored terms, and the fusion decides. `findable` says which versions may be shown.
 */
export const rank = ({ query, vector, index, semantic, model, thesaurus }: RankDeps, findable: (versionId: string) => boolean): Ranking => {
  const started = performance.now();
  const verdicts = new Map<number, boolean>();
  const allowed = (chunk: number): boolean => {
    const n = index.versionOf(chunk);
    let verdict = verdicts.get(n);
    if (verdict === undefined) {
      const version = index.version(n);
      verdict = version !== null && findable(version.versionId);
      verdicts.set(n, verdict);
    }
    return verdict;
  };
  const terms = analyseQuery(query.query, index);
  const candidates = new Set<number>();
  if (query.mode !== 'vector' || !vector)
    for (const chunk of index.lexicalCandidates(candidateStems(terms), ranking.candidates, allowed)) candidates.add(chunk);
  const searched = performance.now();
  if (vector) for (const { chunk } of semantic.nearest(vector, ranking.candidates, allowed)) candidates.add(chunk);
  const found = performance.now();

  const expansion = vector ? expandQuery(terms.words, index, model, thesaurus) : null;
  const heads = new Map<number, number | null>();
  const scored: { chunk: number; scores: CandidateScores; terms: PassageTerms }[] = [];
  for (const chunk of candidates) {
    const versionN = index.versionOf(chunk);
    const language = index.version(versionN)?.language;
    const asked = language && terms.byLanguage.get(language);
    if (!asked) continue;
    const passage = index.terms(chunk);
    const score = (of: PassageTerms): number =>
      (1 - ranking.exactShare) * bm25(of.stems, asked.stems, asked.averageLength.stems) +
      ranking.exactShare * bm25(of.words, asked.words, asked.averageLength.words);
    const lexical = score(passage);
    if (!heads.has(versionN)) {
      const head = index.head(versionN);
      heads.set(versionN, head && score(head));
    }
    scored.push({
      chunk,
      terms: passage,
      scores: {
        lexical,
        head: heads.get(versionN) ?? lexical,
        vector: vector && semantic.cosine(chunk, vector),
        expansion:
          query.mode === 'vector'
            ? null
            : expansion && expandedBm25(passage.tokens, expansion.expansions, expansion.owns.length, expansion.averageLength),
        meaning: query.mode === 'vector' && vector ? 1 : weightOfMeaning(asked.knownShare),
      },
    });
  }
  const fused = fuse(scored.map(({ scores }) => scores));
  const ranked = scored
    .map(({ chunk }, position) => ({ chunk, ...(fused[position] as FusedScores) }))
    .sort((a, b) => b.score - a.score || a.chunk - b.chunk);
  const byChunk = new Map(scored.map((one) => [one.chunk, one]));
  const signals: SupportSignals = { wordCoverage: 0, senseCoverage: expansion && 0, similarity: null };
  const calibration = semantic.calibration();
  for (const { chunk, parts } of ranked.slice(0, ranking.supportPassages)) {
    const passage = byChunk.get(chunk)?.terms;
    const language = index.version(index.versionOf(chunk))?.language;
    const asked = language && terms.byLanguage.get(language);
    if (!passage || !asked) continue;
    signals.wordCoverage = Math.max(signals.wordCoverage, wordCoverage(passage, asked));
    if (expansion) signals.senseCoverage = Math.max(signals.senseCoverage ?? 0, senseCoverage(passage, expansion));
    if (calibration && parts.cosine !== undefined)
      signals.similarity = Math.max(
        signals.similarity ?? Number.NEGATIVE_INFINITY,
        (parts.cosine - calibration.mean) / calibration.deviation,
      );
  }
  const fusedAt = performance.now();
  return {
    ranked,
    support: judgeSupport(signals),
    stages: { lexical: searched - started, vector: found - searched, fuse: fusedAt - found },
    words: terms.words,
  };
};
