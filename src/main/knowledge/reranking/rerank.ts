import type { Telemetry } from '@main/telemetry/telemetry';
import { type Passage, type SearchResult, toEmergenceError } from '@shared/model';
import type { Reranker } from './reranker';

/** The passages that are read, the best of the fused order; what stands behind them stays there. */
export const rerankCandidates = 30;
/** A question waits this long for the reranker; then the fused order is used. */
export const rerankLimitMs = 400;

/** The passages that may change places: those found by the number that the question asks for stay first. Pure. */
const movable = (passages: readonly Passage[]): { fixed: Passage[]; candidates: Passage[]; rest: Passage[] } => {
  const found = passages.findIndex(({ scores }) => scores.reference === undefined);
  const from = found < 0 ? passages.length : found;
  const to = Math.max(from, rerankCandidates);
  return { fixed: passages.slice(0, from), candidates: passages.slice(from, to), rest: passages.slice(to) };
};

/** The passage as it is read: with its document and headings, which say what it is about. Pure. */
const rerankedText = ({ title, place, text }: Pick<Passage, 'title' | 'place' | 'text'>): string =>
  [...new Set([title, ...place.headings])].concat(text).join('\n');

/**
 * Puts passages, one a score, into the order of their scores. The nth place keeps the nth score of the fusion, on which what follows is
 * tuned (merging, quoting); the passage's own ones stand among its `scores`. Pure.
 */
const inOrderOf = (passages: readonly Passage[], scores: readonly number[]): Passage[] => {
  const order = [...scores.keys()].sort((a, b) => (scores[b] as number) - (scores[a] as number) || a - b);
  return order.map((from, at) => {
    const passage = passages[from] as Passage;
    const { score } = passages[at] as Passage;
    return { ...passage, score, scores: { ...passage.scores, fused: passage.score, rerank: scores[from] as number } };
  });
};

/** Puts the first passages into the order of a reranker; null where there is nothing to choose from. */
export const reranked = async (
  model: Reranker,
  query: string,
  passages: readonly Passage[],
  signal: AbortSignal,
): Promise<Passage[] | null> => {
  const { fixed, candidates, rest } = movable(passages);
  if (candidates.length < 2) return null;
  const scores = await model.score(query, candidates.map(rerankedText), signal);
  return [...fixed, ...inOrderOf(candidates, scores), ...rest];
};

/** Puts a result into the order of the chosen reranker. */
export interface Reranking {
  /** False where the person has chosen none, or the chosen one is not downloaded. */
  takesPart(): boolean;
  /** The result with at most `limit` passages; says in `reranking` how it went. Rejects only where `signal` aborts. */
  apply(result: SearchResult, query: string, limit: number, signal?: AbortSignal): Promise<SearchResult>;
  /** A question is being written. */
  expect(): void;
}

export interface RerankingDeps {
  /** The chosen reranker; null for none. */
  reranker: () => Reranker | null;
  telemetry: Telemetry;
  limitMs?: number;
}

/** Reranks within a time limit, and falls back to the fused order. */
export const createReranking = ({ reranker, telemetry, limitMs = rerankLimitMs }: RerankingDeps): Reranking => ({
  takesPart: () => reranker() !== null,
  expect: () => reranker()?.expect?.(),
  apply: async (result, query, limit, signal) => {
    const model = reranker();
    const cut = { ...result, passages: result.passages.slice(0, limit) };
    if (!model) return cut;
    const started = performance.now();
    const timeLimit = AbortSignal.timeout(limitMs);
    const finish = (reranking: NonNullable<SearchResult['reranking']>, passages: readonly Passage[]): SearchResult => {
      const rerank = performance.now() - started;
      telemetry.increment('rag_reranks_total', { outcome: reranking });
      const stages = { ...result.stages, rerank, total: (result.stages.total ?? 0) + rerank };
      return { ...result, passages: passages.slice(0, limit), reranking, stages };
    };
    try {
      const passages = await reranked(model, query, result.passages, signal ? AbortSignal.any([signal, timeLimit]) : timeLimit);
      return passages ? finish('done', passages) : cut;
    } catch (error) {
      if (signal?.aborted) throw error;
      if (timeLimit.aborted) return finish('late', result.passages);
      const { code, details } = toEmergenceError(error);
      telemetry.log.warn({ code, details }, 'the reranker failed; the fused order is used');
      return finish('failed', result.passages);
    }
  },
});
