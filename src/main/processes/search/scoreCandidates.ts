import type { Language } from '@main/text/languages';
import type { Support } from '@shared/model';
import type { Calibration } from './api';
import { senseCoverage, wordCoverage } from './coverage';
import { type ExactMatch, preferExact } from './exactReferences';
import { type CandidateScores, type FusedScores, fuse, weightOfMeaning, weightOfWords } from './fusion';
import type { Candidate, Candidates } from './gatherCandidates';
import { type AskedKeys, byNumber, type HeldHead, type HeldTerms, keysOf } from './heldTerms';
import { bm25, bm25OfUnits, expandedBm25 } from './lexicalScore';
import type { LanguageTerms, QueryExpansion } from './queryTerms';
import { judgeSupport, type SupportSignals } from './support';
import type { TextId } from './textId';
import { ranking, secondModel } from './weights';

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

/** Returns the score of a passage's words, or of a document's beginning, in a language. */
const wordScorer = ({ stems, words }: AskedKeys, asked: LanguageTerms): ((of: HeldHead) => number) => {
  const { units, averageLength } = asked;
  const stemWeights = byNumber(stems, asked.stems);
  const wordWeights = byNumber(words, asked.words);
  return (of) =>
    (1 - ranking.exactShare) *
      (bm25(of.stems, stemWeights, averageLength.stems) + bm25OfUnits(of.stems, stems, units, averageLength.stems)) +
    ranking.exactShare * bm25(of.words, wordWeights, averageLength.words);
};

/** Returns the score of a passage's tokens. */
const expansionScorer = ({ tokens }: AskedKeys, { expansions, owns, averageLength }: QueryExpansion): ((of: HeldTerms) => number) => {
  const byToken = Array.from(tokens.keys, (token) => expansions.get(token) ?? []);
  const best = new Float64Array(owns.length);
  return (of) => expandedBm25(of.tokens, byToken, best, averageLength);
};

const isByVectorAlone = ({ mode, calibration, passages }: Candidates): boolean =>
  mode === 'vector' && (calibration !== null || passages.some(({ second }) => second !== null));

const scoreAll = (candidates: Candidates): ScoredCandidate[] => {
  const { terms, keys, expansion, passages } = candidates;
  const byVectorAlone = isByVectorAlone(candidates);
  const heads = new Map<string, number>();
  const languages = new Map(
    Array.from(terms.byLanguage, ([language, asked]) => [
      language,
      { asked, scoreWords: wordScorer(keys, asked), meaning: byVectorAlone ? 1 : weightOfMeaning(asked.knownShare) },
    ]),
  );
  const scoreExpansion = expansion && !byVectorAlone ? expansionScorer(keys, expansion) : null;
  const scored: ScoredCandidate[] = [];
  for (const candidate of passages) {
    const { id, language, head, cosine, second } = candidate;
    const of = languages.get(language);
    if (!of) continue;
    const { asked, scoreWords, meaning } = of;
    const lexical = scoreWords(candidate.terms);
    let ofHead = head ? heads.get(id.owner) : lexical;
    if (ofHead === undefined && head) {
      ofHead = scoreWords(head);
      heads.set(id.owner, ofHead);
    }
    const scores = {
      lexical,
      head: ofHead ?? lexical,
      vector: cosine,
      expansion: scoreExpansion?.(candidate.terms) ?? null,
      second,
      meaning,
    };
    scored.push({ candidate, asked, scores });
  }
  return scored;
};

/**
 * The highest value of each signal of support among the first passages. The second model's cosines are lower across languages, so that they
 * count within the question's language only.
 */
const supportSignals = (
  best: readonly ScoredCandidate[],
  keys: AskedKeys,
  expansion: QueryExpansion | null,
  calibration: Calibration | null,
  isUnderstood: boolean,
  language: Language | 'any' | null,
): SupportSignals => {
  const largest = (values: number[]): number => values.reduce((high, value) => Math.max(high, value), 0);
  const cosines = best.flatMap(({ scores }) => (scores.vector === null ? [] : [scores.vector]));
  const seconds = best.flatMap(({ candidate, scores }) =>
    scores.second === null || (language !== 'any' && candidate.language !== language) ? [] : [scores.second],
  );
  return {
    wordCoverage: largest(best.map(({ candidate, asked }) => wordCoverage(candidate.terms, keys, asked))),
    senseCoverage: expansion && largest(best.map(({ candidate }) => senseCoverage(candidate.terms, keys, expansion))),
    similarity: calibration && cosines.length ? (Math.max(...cosines) - calibration.mean) / calibration.deviation : null,
    second: seconds.length ? (Math.max(...seconds) - secondModel.calibration.mean) / secondModel.calibration.deviation : null,
    isUnderstood,
    holdsNamed: best.some(({ candidate, asked }) => keysOf(candidate.terms.stems, keys.stems).some((key) => asked.named.has(key))),
  };
};

/** The signals of support of each candidate by itself. Pure. */
export const signalsOfEach = (candidates: Candidates): { id: TextId; signals: SupportSignals }[] => {
  const { keys, expansion, calibration } = candidates;
  return scoreAll(candidates).map((scored) => ({
    id: scored.candidate.id,
    signals: supportSignals([scored], keys, expansion, calibration, true, 'any'),
  }));
};

/** A passage that is the thing asked for by its number supports an answer by itself; one that mentions it, at least weakly. */
const supportOfExact = (support: Support, exact: ExactMatch | null): Support => {
  if (!exact) return support;
  return exact.defines ? 'strong' : support === 'none' ? 'weak' : support;
};

/** Scores of passages that were put first count down from 1; those of the others stay below. */
const exactStep = 0.001;
const besideExact = 0.5;

/** The best passages carry their places by each kind of score, so that a person can see why they were chosen. */
const explained = 40;

/** Returns the place of a candidate, from 1, among all by one of their scores; nothing where it has none. */
const placeBy = (scored: readonly ScoredCandidate[], scoreOf: (scores: CandidateScores) => number | null) => {
  const all = scored.flatMap(({ scores }) => scoreOf(scores) ?? []).sort((a, b) => b - a);
  return (scores: CandidateScores): number | null => {
    const own = scoreOf(scores);
    return own === null || own <= 0 ? null : all.findIndex((score) => score <= own) + 1;
  };
};

const placesIn = (scored: readonly ScoredCandidate[]): ((scores: CandidateScores) => Record<string, number>) => {
  const words = placeBy(scored, ({ lexical }) => lexical);
  const meaning = placeBy(scored, ({ vector, second }) => second ?? vector);
  return (scores) => {
    const [byWords, byMeaning] = [words(scores), meaning(scores)];
    return { ...(byWords !== null && { wordsPlace: byWords }), ...(byMeaning !== null && { meaningPlace: byMeaning }) };
  };
};

/** Ranks the candidates by the fusion of their exact scores, and judges how well the best support the question. Pure. */
export const scoreCandidates = (candidates: Candidates): Ranking => {
  const { keys, expansion, calibration, isKnownToModel } = candidates;
  const scored = scoreAll(candidates);
  const fused = fuse(
    scored.map(({ scores }) => scores),
    isByVectorAlone(candidates) ? 0 : weightOfWords(candidates.terms.numberShare),
  );
  const at = (position: number): ScoredCandidate => scored[position] as ScoredCandidate;
  const scoreAt = (position: number): number => (fused[position] as FusedScores).score;
  const byScore = [...scored.keys()].sort((a, b) => scoreAt(b) - scoreAt(a) || at(a).candidate.order - at(b).candidate.order);
  const { items: ordered, first } = preferExact(byScore, (position) => at(position).candidate.exact);
  const best = ordered.slice(0, ranking.supportPassages).map(at);
  const matched = scored.some(({ scores }) => scores.lexical > 0);
  const placesOf = placesIn(scored);
  const judged = judgeSupport(supportSignals(best, keys, expansion, calibration, matched || isKnownToModel, candidates.language));
  const { confidence } = judged;
  return {
    ranked: ordered.map((position, place) => {
      const { candidate, scores } = at(position);
      const { id, language, exact } = candidate;
      const { score, parts: own } = fused[position] as FusedScores;
      const parts = place < explained ? { ...own, ...placesOf(scores) } : own;
      const fitted = first === 0 ? score : place < first ? 1 - place * exactStep : score * besideExact;
      return { id, language, score: fitted, parts: exact ? { ...parts, reference: exact.defines ? 2 : 1 } : parts };
    }),
    support: supportOfExact(judged.support, first > 0 ? at(ordered[0] as number).candidate.exact : null),
    matched,
    confidence,
  };
};
