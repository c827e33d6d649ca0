import { createHash } from 'node:crypto';
import type { Helper } from '@main/processes/caller';
import type { SearchApi } from '@main/processes/search/api';
import type { ChangeBus } from '@main/store/changes';
import type { ReadableDb } from '@main/store/database';
import { countSearchable, currentVersionIds } from '@main/store/documents';
import type { Telemetry } from '@main/telemetry/telemetry';
import { EmergenceError, type SearchResult, type Settings } from '@shared/model';
import { LRUCache } from 'lru-cache';
import type { RetrieveRequest, Retriever } from './retriever';

export interface SearchRetrieverDeps {
  db: ReadableDb;
  search: Pick<Helper<SearchApi>, 'call'>;
  changes: ChangeBus;
  telemetry: Telemetry;
  settings: () => Pick<Settings, 'searchCache' | 'embeddingModel'>;
  /** How long a search waits for a search process that is starting again, in milliseconds. */
  waitMs?: number;
}

const cacheLimits = { max: 500, ttl: 300_000 };
const defaultWaitMs = 15_000;
/** A question under which the search process dies this often is given up: it may be the reason. */
const mostDeaths = 3;

/** Article and account numbers, error codes, versions: what must be found by its letters. */
const exactReference = /\b(art(icle)?\.?|compte|section|§|error|erreur|code)\s*[\w.-]*\d|\b[A-Z]{2,}[-_]?\d{2,}|\b\d+-\d+\b/i;
const intentOf = (query: string): string => (exactReference.test(query) ? 'reference' : 'question');

/** Search as the engine sees it: filters resolved to versions, results cached until anything in the library changes, measured by stage. */
export const createSearchRetriever = ({
  db,
  search,
  changes,
  telemetry,
  settings,
  waitMs = defaultWaitMs,
}: SearchRetrieverDeps): Retriever => {
  const cache = new LRUCache<string, SearchResult>(cacheLimits);
  // A change makes every cached result unreachable at once, also one that is being computed right now.
  let generation = 0;
  changes.subscribe(({ entity }) => {
    if (entity === 'document' || entity === 'collection' || entity === 'embedding' || entity === 'settings') generation += 1;
  });

  const keyOf = (request: RetrieveRequest): string =>
    createHash('sha256')
      .update(
        JSON.stringify([
          request.query,
          request.mode,
          request.limit,
          request.collectionIds.toSorted(),
          request.documentIds.toSorted(),
          settings().embeddingModel,
          generation,
        ]),
      )
      .digest('base64');

  const empty = (request: RetrieveRequest): SearchResult => ({
    passages: [],
    support: 'none',
    matched: false,
    mode: request.mode,
    cached: false,
    stages: { total: 0 },
  });

  /** Asks the search process; one that dies under the call is asked again once it is back, within the time limit. */
  const ask = async (request: RetrieveRequest, versionIds: string[] | null): Promise<SearchResult> => {
    const deadline = performance.now() + waitMs;
    for (let deaths = 0; ; deaths += 1) {
      const left = deadline - performance.now();
      if (left <= 0 || deaths === mostDeaths) throw new EmergenceError('search.unavailable');
      try {
        const answer = await search.call(
          'search',
          { query: request.query, mode: request.mode, limit: request.limit, versionIds },
          { timeLimitMs: left, timeoutCode: 'search.unavailable', ...(request.signal ? { signal: request.signal } : {}) },
        );
        return { ...answer, cached: false };
      } catch (error) {
        if (!(error instanceof EmergenceError) || error.code !== 'process.died') throw error;
      }
    }
  };

  return {
    search: async (request) => {
      telemetry.increment('rag_queries_total', { intent: intentOf(request.query) });
      const started = performance.now();
      const useCache = settings().searchCache;
      const key = useCache ? keyOf(request) : '';
      const cached = useCache ? cache.get(key) : undefined;
      if (cached) {
        telemetry.increment('rag_cache_hits_total', {});
        telemetry.observe('rag_query_duration_seconds', { stage: 'cached' }, (performance.now() - started) / 1000);
        return { ...cached, cached: true, stages: { total: performance.now() - started } };
      }
      if (useCache) telemetry.increment('rag_cache_misses_total', {});
      const filtered = request.collectionIds.length > 0 || request.documentIds.length > 0;
      const versionIds = filtered ? currentVersionIds(db, request.documentIds, request.collectionIds) : null;
      const result = versionIds?.length === 0 ? empty(request) : await ask(request, versionIds);
      for (const [stage, ms] of Object.entries(result.stages)) telemetry.observe('rag_query_duration_seconds', { stage }, ms / 1000);
      telemetry.observe('rag_results_count', {}, result.passages.length);
      // What was found by words while the embedder rests or loads serves once: the next search may do better.
      const isWhole = result.mode === request.mode || settings().embeddingModel === 'none';
      // The key holds the generation from before the search: a change meanwhile leaves this entry unreachable.
      if (useCache && isWhole) cache.set(key, result);
      return result;
    },
    documentCount: (collectionIds) => countSearchable(db, collectionIds),
    nearness: (words, texts, limitMs) =>
      search.call('nearness', { words, texts }, { timeLimitMs: limitMs, timeoutCode: 'search.unavailable' }).catch(() => null),
  };
};
