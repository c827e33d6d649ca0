import { readBounded } from '@main/network/boundedBody';
import { EmergenceError } from '@shared/model';
import { z } from 'zod';
import { type Reranker, sigmoid } from './reranker';

/** A service that reranks: `POST …/rerank`. */
export interface RerankEndpoint {
  address: string;
  headers: Record<string, string>;
  model: string;
}

const place = z
  .object({ index: z.number().int().min(0), relevance_score: z.number().optional(), score: z.number().optional() })
  .transform(({ index, relevance_score, score }, context) => {
    const found = relevance_score ?? score;
    if (found === undefined) context.addIssue('no score');
    return { index, score: found ?? 0 };
  });
const places = z.array(place);
/** Cohere, Jina, vLLM and llama.cpp name the list `results`, Voyage `data`, and TEI sends it alone. */
const answerSchema = z.union([
  places,
  z.object({ results: places }).transform(({ results }) => results),
  z.object({ data: places }).transform(({ data }) => data),
]);

/** Thirty passages that a service sends back with their scores take less than this. */
const mostBytes = 4_000_000;
/** A server of the other form refuses a body whose fields it misses with one of these. */
const refusals = new Set([400, 422]);

const forms = {
  documents: (model: string, query: string, texts: readonly string[]) => ({ model, query, documents: texts }),
  texts: (_: string, query: string, texts: readonly string[]) => ({ query, texts, truncate: true }),
} as const;

/** Scores by index, each text once. Logits become probabilities; a service says nowhere which of them it sends. */
const scoresOf = (answer: unknown, count: number): number[] => {
  const found = answerSchema.safeParse(answer);
  if (!found.success) throw new EmergenceError('provider.protocol', { reason: 'shape' });
  const byIndex = new Map(found.data.map(({ index, score }) => [index, score]));
  const scores = Array.from({ length: count }, (_, index) => byIndex.get(index));
  if (!scores.every((score) => score !== undefined)) throw new EmergenceError('provider.protocol', { expected: count, got: byIndex.size });
  return scores.every((score) => score >= 0 && score <= 1) ? scores : scores.map(sigmoid);
};

/**
 * Reranks with a service in the form of Cohere, Jina, vLLM and llama.cpp (`documents`), or in that of TEI (`texts`), which is tried where
 * a service refuses the first one, and remembered.
 */
export const createEndpointReranker = (
  fetch: typeof globalThis.fetch,
  endpoint: (signal: AbortSignal) => Promise<RerankEndpoint | null>,
): Reranker => {
  const known = new Map<string, keyof typeof forms>();

  const post = async ({ address, headers }: RerankEndpoint, body: object, signal: AbortSignal): Promise<Response> => {
    const response = await fetch(address, {
      method: 'POST',
      // Passages and key must go to the chosen address only.
      redirect: 'manual',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
      signal,
    });
    if (response.ok) return response;
    await response.body?.cancel();
    return response;
  };

  return {
    score: async (query, texts, signal) => {
      const service = await endpoint(signal);
      if (!service) throw new EmergenceError('not_found');
      const first = known.get(service.address) ?? 'documents';
      const other = first === 'documents' ? 'texts' : 'documents';
      let form: keyof typeof forms = first;
      let response = await post(service, forms[first](service.model, query, texts), signal);
      if (refusals.has(response.status)) {
        form = other;
        response = await post(service, forms[other](service.model, query, texts), signal);
      }
      const { status } = response;
      if (status === 401 || status === 403) throw new EmergenceError('provider.auth', { status });
      if (status >= 300 && status < 400) throw new EmergenceError('provider.protocol', { status, reason: 'redirect' });
      if (!response.ok) throw new EmergenceError('provider.unavailable', { status });
      const body = await readBounded(response, mostBytes);
      let answer: unknown;
      try {
        answer = JSON.parse(body);
      } catch (error) {
        throw new EmergenceError('provider.protocol', { reason: 'json' }, { cause: error });
      }
      const scores = scoresOf(answer, texts.length);
      known.set(service.address, form);
      return scores;
    },
  };
};
