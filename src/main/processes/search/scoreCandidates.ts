import type { Language } from '@main/text/languages';
import type { Support } from '@shared/model';
import type { Calibration } from './api';
import { senseCoverage, wordCoverage } from './coverage';
import { type CandidateScores, type FusedScores, fuse, weightOfMeaning } from './fusion';
import type { Candidate, Candidates } from './gatherCandidates';
import type { HeldTerms } from './heldTerms';
import { bm25, bm25OfUnits, expandedBm25 } from './lexicalScore';
import type { LanguageTerms, QueryExpansion } from './queryTerms';
import { judgeSupport, type SupportSignals } from './support';
import type { TextId } from './textId';
import { ranking } from './weights';

export interface RankedPassage extends FusedScores {
  id: TextId;
  language: Language;
}

export interface Ranking {
  ranked: RankedPassage[];
  support: Support;
  /** True when a passage holds a word of the question. */
  matched: boolean;
  confidence: number;
}

interface ScoredCandidate {
  candidate: Candidate;
  /** The question's terms in the language of this passage. */
  asked: LanguageTerms;
  scores: CandidateScores;
}

const scoreWords = (of: HeldTerms, { stems, words, units, averageLength }: LanguageTerms): number =>
  (1 - ranking.exactShare) * (bm25(of.stems, stems, averageLength.stems) + bm25OfUnits(of.stems, units, averageLength.stems)) +
  ranking.exactShare * bm25(of.words, words, averageLength.words);

const scoreAll = ({ mode, terms, expansion, calibration, passages }: Candidates): ScoredCandidate[] => {
  const byVectorAlone = mode === 'vector' && calibration !== null;
  const heads = new Map<string, number>();
  return passages.flatMap((candidate) => {
    const { id, language, head, cosine } = candidate;
    const asked = terms.byLanguage.get(language);
    if (!asked) return [];
    const lexical = scoreWords(candidate.terms, asked);
    if (head && !heads.has(id.owner)) heads.set(id.owner, scoreWords(head, asked));
    const scores = {
      lexical,
      head: heads.get(id.owner) ?? lexical,
      vector: cosine,
      expansion:
        expansion && !byVectorAlone
          ? expandedBm25(candidate.terms.tokens, expansion.expansions, expansion.owns.length, expansion.averageLength)
          : null,
      meaning: byVectorAlone ? 1 : weightOfMeaning(asked.knownShare),
    };
    return [{ candidate, asked, scores }];
  });
};

/** The highest value of each signal of support among the first passages. */
const supportSignals = (
  best: readonly ScoredCandidate[],
  expansion: QueryExpansion | null,
  calibration: Calibration | null,
  isUnderstood: boolean,
): SupportSignals => {
  const largest = (values: number[]): number => values.reduce((high, value) => Math.max(high, value), 0);
  const cosines = best.flatMap(({ scores }) => (scores.vector === null ? [] : [scores.vector]));
  return {
    wordCoverage: largest(best.map(({ candidate, asked }) => wordCoverage(candidate.terms, asked))),
    senseCoverage: expansion && largest(best.map(({ candidate }) => senseCoverage(candidate.terms, expansion))),
    similarity: calibration && cosines.length ? (Math.max(...cosines) - calibration.mean) / calibration.deviation : null,
    isUnderstood,
    holdsNamed: best.some(({ candidate, asked }) => candidate.terms.stems.keys.some((key) => asked.named.has(key))),
  };
};

/** Ranks the candidates by the fusion of their exact scores, and judges how well the best support the question. Pure. */
export const scoreCandidates = (candidates: Candidates): Ranking => {
  const { expansion, calibration, isKnownToModel } = candidates;
  const scored = scoreAll(candidates);
  const fused = fuse(scored.map(({ scores }) => scores));
  const ordered = scored
    .map((one, position) => ({ one, ...(fused[position] as FusedScores) }))
    .sort((a, b) => b.score - a.score || a.one.candidate.order - b.one.candidate.order);
  const best = ordered.slice(0, ranking.supportPassages).map(({ one }) => one);
  const matched = ordered.some(({ one }) => one.scores.lexical > 0);
  const { support, confidence } = judgeSupport(supportSignals(best, expansion, calibration, matched || isKnownToModel));
  return {
    ranked: ordered.map(({ one: { candidate }, score, parts }) => ({ id: candidate.id, language: candidate.language, score, parts })),
    support,
    matched,
    confidence,
  };
};
