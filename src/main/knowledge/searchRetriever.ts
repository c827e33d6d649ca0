import { createHash } from 'node:crypto';
import type { Helper } from '@main/processes/helper';
import type { SearchAnswer, SearchApi, SearchQuery } from '@main/processes/search/api';
import type { ChangeBus } from '@main/store/changes';
import type { ReadableDb } from '@main/store/database';
import { isNoFilter } from '@main/store/documentFilter';
import { notUsableVersionIds } from '@main/store/documentPins';
import { countSearchable, currentVersionIds, guideVersionIds, hasOwnDocuments } from '@main/store/documentScope';
import type { Telemetry } from '@main/telemetry/telemetry';
import { referencesAsked } from '@main/text/references/references';
import { EmergenceError, type SearchResult, type Settings } from '@shared/model';
import { LRUCache } from 'lru-cache';
import { guideAnswers, guideTakesPart, programCueOf } from './guideScope';
import { withUnits } from './passageUnits';
import type { QuestionVectors } from './questionVectors';
import { withConfidence } from './recognisedPassages';
import { type Reranking, rerankCandidates } from './reranking/rerank';
import type { RetrieveRequest, Retriever } from './retriever';

export interface SearchRetrieverDeps {
  db: ReadableDb;
  search: Pick<Helper<SearchApi>, 'call'>;
  changes: ChangeBus;
  telemetry: Telemetry;
  settings: () => Pick<Settings, 'search'>;
  /** The second model; absent where there is none. */
  second?: Pick<QuestionVectors, 'takesPart' | 'of'>;
  /** The reranker; absent where there is none. */
  reranking?: Pick<Reranking, 'takesPart' | 'apply'>;
  /** How long a search waits for a search process that is restarting, in milliseconds. */
  waitMs?: number;
}

const cacheLimits = { max: 500, ttl: 300_000 };
const defaultWaitMs = 15_000;
/** A question on which the search process dies this often is given up: it may be the cause. */
const mostDeaths = 3;

const intentOf = ({ intent, query }: RetrieveRequest): string => intent ?? (referencesAsked(query).length > 0 ? 'reference' : 'question');

/** A request with its question as the second model reads it. */
type Asked = RetrieveRequest & { second: Float32Array | null };

/**
 * Search as the engine sees it: filters resolved to versions, results cached until anything in the library changes, measured by
 * stage.
 */
export const createSearchRetriever = ({
  db,
  search,
  changes,
  telemetry,
  settings,
  second,
  reranking,
  waitMs = defaultWaitMs,
}: SearchRetrieverDeps): Retriever => {
  const cache = new LRUCache<string, SearchResult>(cacheLimits);
  // A change makes every cached result unreachable at once, also one that is being computed.
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
          request.guide ?? null,
          request.collectionIds.toSorted(),
          request.documentIds.toSorted(),
          Object.entries(request.filter ?? {}).toSorted(),
          // Most conversations may use the same documents: their questions share what was found.
          request.asker ? notUsableVersionIds(db, request.asker).toSorted() : null,
          settings().search.embeddingModel,
          generation,
        ]),
      )
      .digest('base64');

  const resultOf = ({ confidence: _, ...answer }: SearchAnswer): SearchResult => ({
    ...answer,
    passages: withConfidence(db, withUnits(db, answer.passages)),
    cached: false,
  });

  const empty = (request: RetrieveRequest): SearchResult => ({
    passages: [],
    support: 'none',
    matched: false,
    mode: request.mode,
    cached: false,
    stages: { total: 0 },
  });

  /** Asks the search process. If it dies during the call, it is asked again once it has restarted, within the time limit. */
  const ask = async (request: Asked, scope: Pick<SearchQuery, 'versionIds' | 'exceptVersionIds'>): Promise<SearchAnswer> => {
    const deadline = performance.now() + waitMs;
    for (let deaths = 0; ; deaths += 1) {
      const left = deadline - performance.now();
      if (left <= 0 || deaths === mostDeaths) throw new EmergenceError('search.unavailable');
      try {
        return await search.call(
          'search',
          { query: request.query, mode: request.mode, limit: request.limit, ...scope, ...(request.second && { second: request.second }) },
          { timeLimitMs: left, timeoutCode: 'search.unavailable', ...(request.signal ? { signal: request.signal } : {}) },
        );
      } catch (error) {
        if (!(error instanceof EmergenceError) || error.code !== 'process.died') throw error;
      }
    }
  };

  /**
   * Searches everything. Where the person has documents, the guide is left out unless the question is about the program: its words
   * allow that and the guide matches it better than the documents do. Where there is the guide alone, a caller may want only what it
   * surely answers.
   */
  const askEverything = async (request: Asked): Promise<SearchAnswer> => {
    const apart = request.asker ? notUsableVersionIds(db, request.asker) : [];
    const everything = { versionIds: null, ...(apart.length > 0 && { exceptVersionIds: apart }) };
    const guide = guideVersionIds(db);
    const own = { versionIds: null, exceptVersionIds: [...guide, ...apart] };
    if (guide.length > 0 && request.guide === 'never') return ask(request, own);
    const cue = programCueOf(request.query);
    if (guide.length === 0 || !hasOwnDocuments(db, request.asker)) {
      const found = await ask(request, everything);
      const isOut = guide.length > 0 && request.guide === 'sure' && !guideAnswers(cue, found.support);
      return isOut ? { ...found, passages: [], support: 'none' } : found;
    }
    const fromOwn = await ask(request, own);
    if (cue === 'none') return fromOwn;
    const fromGuide = await ask(request, { versionIds: guide });
    return guideTakesPart(cue, fromGuide.confidence, fromOwn.confidence) ? ask(request, everything) : fromOwn;
  };

  const answerTo = async (request: Asked): Promise<SearchResult> => {
    const { collectionIds, documentIds, filter = {}, asker } = request;
    if (collectionIds.length + documentIds.length === 0 && isNoFilter(filter)) return resultOf(await askEverything(request));
    const versionIds = currentVersionIds(db, { documentIds, collectionIds, filter, asker });
    return versionIds.length === 0 ? empty(request) : resultOf(await ask(request, { versionIds }));
  };

  return {
    search: async (request) => {
      telemetry.increment('rag_queries_total', { intent: intentOf(request) });
      const started = performance.now();
      const useCache = settings().search.cache;
      const key = useCache ? keyOf(request) : '';
      const cached = useCache ? cache.get(key) : undefined;
      if (cached) {
        telemetry.increment('rag_cache_hits_total', {});
        telemetry.observe('rag_query_duration_seconds', { stage: 'cached' }, (performance.now() - started) / 1000);
        return { ...cached, cached: true, stages: { total: performance.now() - started } };
      }
      if (useCache) telemetry.increment('rag_cache_misses_total', {});
      const vector = request.mode === 'lexical' ? null : ((await second?.of(request.query, request.signal)) ?? null);
      const encoded = performance.now();
      const reranks = request.mode === 'hybrid' && reranking?.takesPart() === true;
      const limit = reranks ? Math.max(request.limit, rerankCandidates) : request.limit;
      const found = await answerTo({ ...request, limit, second: vector });
      const result = reranks ? await reranking.apply(found, request.query, request.limit, request.signal) : found;
      if (vector) telemetry.observe('rag_query_duration_seconds', { stage: 'encode' }, (encoded - started) / 1000);
      for (const [stage, ms] of Object.entries(result.stages)) telemetry.observe('rag_query_duration_seconds', { stage }, ms / 1000);
      telemetry.observe('rag_results_count', {}, result.passages.length);
      // A result found by words alone while the embedder rests or loads, or without the second model or the reranker that was not ready in
      // time, is not cached: the next search may find more.
      const isMissing = request.mode !== 'lexical' && vector === null && second?.takesPart() === true;
      const isWhole =
        (result.mode === request.mode || settings().search.embeddingModel === 'none') &&
        !isMissing &&
        (result.reranking ?? 'done') === 'done';
      // The key holds the generation from before the search: after a change meanwhile nothing reads this entry.
      if (useCache && isWhole) cache.set(key, result);
      return result;
    },
    holding: async ({ collectionIds, asker, signal, ...page }) => {
      const apart = asker ? notUsableVersionIds(db, asker) : [];
      const scope =
        collectionIds.length > 0
          ? { versionIds: currentVersionIds(db, { documentIds: [], collectionIds, filter: {}, asker }) }
          : { versionIds: null, exceptVersionIds: [...guideVersionIds(db), ...apart] };
      telemetry.increment('rag_queries_total', { intent: 'listing' });
      const vector = page.text.trim() === '' ? null : await second?.of(page.text, signal);
      return search.call(
        'holding',
        { ...page, ...scope, ...(vector && { second: vector }) },
        { timeLimitMs: waitMs, timeoutCode: 'search.unavailable', ...(signal && { signal }) },
      );
    },
    documentCount: (collectionIds, asker) => countSearchable(db, collectionIds, asker),
    nearness: (words, texts, limitMs) =>
      search.call('nearness', { words, texts }, { timeLimitMs: limitMs, timeoutCode: 'search.unavailable' }).catch(() => null),
    rarity: (words, limitMs) =>
      search.call('rarity', { words }, { timeLimitMs: limitMs, timeoutCode: 'search.unavailable' }).catch(() => null),
  };
};
