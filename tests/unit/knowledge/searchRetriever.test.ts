import { createSearchRetriever, type SearchRetrieverDeps } from '@main/knowledge/searchRetriever';
import type { Helper } from '@main/processes/helper';
import type { SearchAnswer, SearchApi, SearchQuery } from '@main/processes/search/api';
import { createChangeBus } from '@main/store/changes';
import { openStore } from '@main/store/open';
import { defaultSettings, EmergenceError, newId, type SearchResult } from '@shared/model';
import { expect, onTestFinished, test } from 'vitest';
import { countingTelemetry } from '../../integration/ingest/libraryFixture';
import { temporaryFolder } from '../../support/temporaryFolder';

const answer: SearchAnswer = {
  passages: [],
  support: 'none',
  matched: false,
  confidence: -6,
  mode: 'hybrid',
  stages: { total: 2, lexical: 1 },
};
const request = { query: 'q', collectionIds: [], documentIds: [], mode: 'hybrid' as const, limit: 5 };

/** A retriever over a search process that answers from a script. */
const start = (
  script: (query: SearchQuery) => Promise<SearchAnswer>,
  waitMs?: number,
  second?: SearchRetrieverDeps['second'],
  reranking?: SearchRetrieverDeps['reranking'],
) => {
  const store = openStore({ dataFolder: temporaryFolder() });
  onTestFinished(() => store.close());
  const queries: SearchQuery[] = [];
  const search = {
    call: (_method: string, input: SearchQuery) => {
      queries.push(input);
      return script(input);
    },
  } as unknown as Pick<Helper<SearchApi>, 'call'>;
  const changes = createChangeBus();
  const telemetry = countingTelemetry();
  const settings = structuredClone(defaultSettings);
  const retriever = createSearchRetriever({
    db: store.db,
    search,
    changes,
    telemetry,
    settings: () => settings,
    ...(waitMs ? { waitMs } : {}),
    ...(second ? { second } : {}),
    ...(reranking ? { reranking } : {}),
  });
  return { retriever, queries, changes, telemetry, settings };
};

test('caches a repeated search until the library, the filters or the settings change', async () => {
  const { retriever, queries, changes, telemetry, settings } = start(async () => answer);
  const cached = async (more: object = {}): Promise<boolean> => (await retriever.search({ ...request, ...more })).cached;
  expect([await cached(), await cached()]).toEqual([false, true]);
  expect([await cached({ limit: 6 }), await cached({ mode: 'lexical' }), await cached({ query: 'other' })]).toEqual([false, false, false]);
  for (const entity of ['document', 'collection', 'embedding', 'settings'] as const) {
    changes.publish(entity, newId());
    expect([await cached(), await cached()]).toEqual([false, true]);
  }
  changes.publish('message', newId());
  expect(await cached()).toBe(true);
  settings.search.cache = false;
  expect([await cached(), await cached()]).toEqual([false, false]);
  expect(queries.every((query) => query.versionIds === null)).toBe(true);
  expect(telemetry.counts['rag_cache_hits_total{}']).toBe(6);
});

test('does not serve a result across a change', async () => {
  const waiting = Promise.withResolvers<SearchAnswer>();
  let first = true;
  const { retriever, changes } = start(() => {
    if (!first) return Promise.resolve(answer);
    first = false;
    return waiting.promise;
  });
  const early = retriever.search(request);
  changes.publish('document');
  waiting.resolve(answer);
  await early;
  expect((await retriever.search(request)).cached).toBe(false);
});

test('caches results by words only when no embedder is chosen', async () => {
  let mode: SearchAnswer['mode'] = 'lexical';
  const { retriever, settings } = start(async () => ({ ...answer, mode }));
  const found = async () => {
    const { mode, cached } = await retriever.search(request);
    return [mode, cached];
  };
  expect([await found(), await found()]).toEqual([
    ['lexical', false],
    ['lexical', false],
  ]);
  mode = 'hybrid';
  expect([await found(), await found()]).toEqual([
    ['hybrid', false],
    ['hybrid', true],
  ]);
  mode = 'lexical';
  settings.search.embeddingModel = 'none';
  expect([await found(), await found()]).toEqual([
    ['lexical', false],
    ['lexical', true],
  ]);
});

test('gives up a question that kills the process repeatedly long before its time limit', async () => {
  const dying = start(async () => {
    throw new EmergenceError('process.died');
  }, 600_000);
  await expect(dying.retriever.search(request)).rejects.toMatchObject({ code: 'search.unavailable' });
  expect(dying.queries).toHaveLength(3);
});

test('asks a search process that died again; reports one that stays away as unavailable', async () => {
  let deaths = 2;
  const dying = start(async () => {
    if (deaths-- > 0) throw new EmergenceError('process.died');
    return answer;
  });
  expect(await dying.retriever.search(request)).toMatchObject({ support: 'none', cached: false });
  const gone = start(async () => {
    await new Promise((resolve) => setTimeout(resolve, 10));
    throw new EmergenceError('process.died');
  }, 30);
  await expect(gone.retriever.search(request)).rejects.toMatchObject({ code: 'search.unavailable' });
});

test('finds nothing with an empty filter, without a search', async () => {
  const { retriever, queries } = start(async () => answer);
  expect(await retriever.search({ ...request, collectionIds: [newId()] })).toMatchObject({ passages: [], support: 'none' });
  expect(queries).toEqual([]);
});

test('asks with the vector of the second model, and keeps no result that came without it', async () => {
  const vector = new Float32Array([1, 2]);
  let isReady = false;
  const { retriever, queries } = start(async () => answer, undefined, {
    takesPart: () => true,
    of: async () => (isReady ? vector : null),
  });
  const cached = async (mode: 'hybrid' | 'lexical' = 'hybrid'): Promise<boolean> => (await retriever.search({ ...request, mode })).cached;
  expect([await cached(), await cached()]).toEqual([false, false]);
  isReady = true;
  expect([await cached(), await cached(), await cached('lexical')]).toEqual([false, true, false]);
  expect(queries.map(({ second }) => second)).toEqual([undefined, undefined, vector, undefined]);
});

test('gives the reranker thirty passages, and caches no order that it did not make', async () => {
  let reranking: SearchResult['reranking'] = 'late';
  const asked: number[] = [];
  const { retriever, queries } = start(async () => answer, undefined, undefined, {
    takesPart: () => true,
    apply: async (result, _query, limit) => {
      asked.push(limit);
      return { ...result, reranking };
    },
  });
  const found = async (mode: 'hybrid' | 'lexical'): Promise<unknown[]> => {
    const { cached, reranking: how } = await retriever.search({ ...request, mode });
    return [cached, how];
  };
  expect([await found('hybrid'), await found('hybrid')]).toEqual([
    [false, 'late'],
    [false, 'late'],
  ]);
  reranking = 'done';
  expect([await found('hybrid'), await found('hybrid')]).toEqual([
    [false, 'done'],
    [true, 'done'],
  ]);
  expect(await found('lexical')).toEqual([false, undefined]);
  expect(queries.map(({ limit }) => limit)).toEqual([30, 30, 30, 5]);
  expect(asked).toEqual([5, 5, 5]);
});
