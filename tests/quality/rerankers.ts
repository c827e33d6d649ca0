import { createEndpointReranker } from '@main/knowledge/reranking/endpointReranker';
import { reranked } from '@main/knowledge/reranking/rerank';
import { createFetch } from '@main/network/fetch';
import { openCrossEncoder } from '@main/processes/rerank/crossEncoder';
import type { Passage } from '@shared/model';

/** A reranker that is measured: awaited as long as it takes. */
export interface EvaluatedReranker {
  /** The passages in its order; adds the milliseconds that it took to `times`. */
  inOrder(query: string, passages: readonly Passage[], times: number[]): Promise<Passage[]>;
  close(): Promise<void>;
}

/** A question is given up after this long: an evaluation that hangs says nothing. */
const patienceMs = 120_000;

/** Opens the model of a folder, or a service at an address (`http…`) with its model's name; the key is in `EMERGENCE_RERANK_KEY`. */
export const openReranker = async (place: string, model: string): Promise<EvaluatedReranker> => {
  const isAddress = /^https?:/.test(place);
  const local = isAddress ? null : await openCrossEncoder(place);
  const key = process.env.EMERGENCE_RERANK_KEY;
  const headers: Record<string, string> = key ? { authorization: `Bearer ${key}` } : {};
  const reranker = local ?? createEndpointReranker(createFetch(), async () => ({ address: place, headers, model }));
  return {
    inOrder: async (query, passages, times) => {
      const started = performance.now();
      const ordered = await reranked(reranker, query, passages, AbortSignal.timeout(patienceMs));
      if (ordered) times.push(performance.now() - started);
      return ordered ?? [...passages];
    },
    close: async () => local?.close(),
  };
};
