import { readBounded } from '@main/network/boundedBody';
import { createFetch } from '@main/network/fetch';
import { EmergenceError } from '@shared/model';
import pRetry, { AbortError } from 'p-retry';
import { z } from 'zod';
import type { EmbedderChoice } from '../api';
import { type Embedder, normalise } from './embedder';

const answerSchema = z.object({ data: z.array(z.object({ index: z.number().int(), embedding: z.array(z.number()).min(1) })) });
const timeLimitMs = 60_000;
/** 64 vectors of 4,096 figures take about 6 MB. */
const mostBytes = 64_000_000;
/** A person waits for the answer: a question gets one try, and is searched by words alone after that. */
const questionLimitMs = 5_000;
const retryable = new Set([408, 425, 429, 500, 502, 503, 504]);

/**
 * Embeds with any OpenAI-compatible `POST {baseUrl}/embeddings`. The dimensions are learnt from a first call. Models of the E5
 * family need their prefixes here too.
 */
export const createEndpointEmbedder = async (id: string, endpoint: NonNullable<EmbedderChoice['endpoint']>): Promise<Embedder> => {
  const { address, headers, proxy } = endpoint;
  const fetch = createFetch(() => proxy);
  const prefixes = /(^|[/-])e5-/i.test(endpoint.model) ? { query: 'query: ', passage: 'passage: ' } : { query: '', passage: '' };

  const call = async (texts: readonly string[], signal?: AbortSignal): Promise<Float32Array[]> => {
    const limit = AbortSignal.timeout(timeLimitMs);
    const response = await fetch(address, {
      method: 'POST',
      // Texts and key must go to the chosen address only.
      redirect: 'manual',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ model: endpoint.model, input: texts }),
      signal: signal ? AbortSignal.any([signal, limit]) : limit,
    });
    if (response.status >= 300 && response.status < 400) {
      await response.body?.cancel();
      throw new AbortError(new EmergenceError('provider.protocol', { status: response.status, reason: 'redirect' }));
    }
    if (!response.ok) {
      await response.body?.cancel();
      const error = new EmergenceError(response.status === 401 || response.status === 403 ? 'provider.auth' : 'provider.unavailable', {
        status: response.status,
      });
      throw retryable.has(response.status) ? error : new AbortError(error);
    }
    const { data } = answerSchema.parse(JSON.parse(await readBounded(response, mostBytes)));
    if (data.length !== texts.length)
      throw new AbortError(new EmergenceError('provider.protocol', { expected: texts.length, got: data.length }));
    return data.toSorted((a, b) => a.index - b.index).map(({ embedding }) => normalise(Float32Array.from(embedding)));
  };
  const embed = (texts: readonly string[], signal?: AbortSignal): Promise<Float32Array[]> =>
    texts.length ? pRetry(() => call(texts, signal), { retries: 3, minTimeout: 300, maxTimeout: 5_000, signal }) : Promise.resolve([]);

  const [probe] = await embed(['dimensions']);
  return {
    id,
    dimensions: (probe as Float32Array).length,
    batchSize: 64,
    embedQueries: (texts, signal) => {
      const limit = AbortSignal.timeout(questionLimitMs);
      return call(
        texts.map((text) => prefixes.query + text),
        signal ? AbortSignal.any([signal, limit]) : limit,
      );
    },
    embedPassages: (texts, signal) =>
      embed(
        texts.map((text) => prefixes.passage + text),
        signal,
      ),
    close: async () => {},
  };
};
