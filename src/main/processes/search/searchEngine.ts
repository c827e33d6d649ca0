import { join } from 'node:path';
import { type LiveVersion, openLibraryReader } from '@main/store/libraryReader';
import { aboutCandidates, documentsAbout } from './about';
import type {
  EmbedderChoice,
  HoldingAnswer,
  HoldingQuery,
  RecallAnswer,
  RecallQuery,
  SearchAnswer,
  SearchApi,
  SearchInit,
  SearchQuery,
} from './api';
import { createChunkIndex } from './chunkIndex';
import { collectPassages } from './collectPassages';
import type { Embedder } from './embedders/embedder';
import { openEmbedder } from './embedders/openEmbedder';
import { createExactReferences } from './exactReferences';
import { gatherCandidates } from './gatherCandidates';
import { createHnswAccelerator, type HnswAcceleratorDeps, loadHnswLibrary } from './hnswAccelerator';
import { documentsHolding } from './holding';
import { indexBytes, openIndexDatabase } from './indexDatabase';
import { createIndexing } from './indexing';
import { nearnessBy } from './nearness';
import { rarities } from './rarity';
import { createRecallEngine } from './recall/recallEngine';
import { scoreCandidates } from './scoreCandidates';
import { createSecondIndex } from './secondIndex';
import { createSemanticIndex } from './semanticIndex';
import { loadStaticModel } from './staticModel';
import type { OwnerFilter } from './textId';
import { loadThesaurus, type Thesaurus } from './thesaurus';
import { createVectorTable } from './vectorTable';
import { createVerifyIndex } from './verifyIndex';

/** Every call of the process but the one that ends it. */
export interface SearchEngine extends Omit<SearchApi, 'beginAnew'> {
  search(query: SearchQuery, signal?: AbortSignal): Promise<SearchAnswer>;
  indexVersion(
    input: { versionId: string },
    onProgress?: Parameters<SearchApi['indexVersion']>[1],
    signal?: AbortSignal,
  ): ReturnType<SearchApi['indexVersion']>;
  embed(input: Parameters<SearchApi['embed']>[0], signal?: AbortSignal): ReturnType<SearchApi['embed']>;
  useEmbedder(choice: EmbedderChoice, onProgress?: Parameters<SearchApi['useEmbedder']>[1], signal?: AbortSignal): Promise<void>;
  recall(query: RecallQuery, signal?: AbortSignal): Promise<RecallAnswer>;
  nearItems: SearchApi['nearItems'];
  prepareRecall: SearchApi['prepareRecall'];
  /** Bytes that the index of recall takes, which a new process would have to make again. */
  recallBytes(): number;
  /** True when no question, write, embedding, read or build is running. */
  settled(): boolean;
  close(): Promise<void>;
}

export interface SearchEngineOptions extends SearchInit {
  /** Opens an embedder; replaced in tests. */
  open?: (choice: EmbedderChoice) => Promise<Embedder | null>;
  /** Replaces parts of `graphSettings`. */
  graph?: HnswAcceleratorDeps['settings'];
  /** Searches vectors exactly, as where hnswlib is absent. */
  exactOnly?: boolean;
  /** Called when the embedder cannot be opened at start or fails later; lexical search serves meanwhile. */
  onEmbedderError?: (error: unknown) => void;
}

/** The ids of the live versions as a set, made once for each state of the library. */
const createLiveIds = () => {
  let of: ReadonlyMap<string, LiveVersion> | null = null;
  let ids: ReadonlySet<string> = new Set();
  return (live: ReadonlyMap<string, LiveVersion>): ReadonlySet<string> => {
    if (live !== of) {
      of = live;
      ids = new Set(live.keys());
    }
    return ids;
  };
};

const nextTick = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
/** Opens (or creates) the index of a data folder. `emergence.db` must exist. */
export const createSearchEngine = async (options: SearchEngineOptions): Promise<SearchEngine> => {
  const modelFolder = join(options.resourcesFolder, 'models', 'static-fr-en');
  const [model, hnsw] = await Promise.all([loadStaticModel(modelFolder), options.exactOnly ? null : loadHnswLibrary()]);
  /** Read at the first search by meaning; after a failure the next search reads it again. */
  let thesaurus: Promise<Thesaurus> | null = null;
  const needThesaurus = (): Promise<Thesaurus> => {
    thesaurus ??= loadThesaurus(modelFolder).catch((error: unknown) => {
      thesaurus = null;
      throw error;
    });
    return thesaurus;
  };
  const library = openLibraryReader(join(options.dataFolder, 'emergence.db'));
  const indexPath = join(options.dataFolder, 'index.db');
  const { database, content: index } = openIndexDatabase(indexPath, createChunkIndex);

  let questions = 0;
  /** Resolves when all running questions are answered. */
  let answered = Promise.withResolvers<void>();
  let closed = false;
  /** Versions being written and models being opened or changed. */
  let works = 0;
  const counted = async <T>(work: () => Promise<T>): Promise<T> => {
    works += 1;
    try {
      return await work();
    } finally {
      works -= 1;
    }
  };
  const idle = async (): Promise<void> => {
    await nextTick();
    while (questions > 0) await answered.promise;
  };
  const liveIdsOf = createLiveIds();
  const table = createVectorTable(database);
  const second = createSecondIndex({ table, index, library, idle });
  const semantic = createSemanticIndex({
    table,
    labelOf: index.chunkOf,
    open: options.open ?? ((choice) => openEmbedder(choice, model)),
    idle,
    onError: (error) => options.onEmbedderError?.(error),
    retry: (choice) => void engine.useEmbedder(choice).catch((error: unknown) => closed || options.onEmbedderError?.(error)),
    accelerate: (vectors, modelId) =>
      hnsw &&
      createHnswAccelerator({
        library: hnsw,
        vectors,
        folder: options.dataFolder,
        identity: `${index.identity} ${modelId} ${vectors.dimensions}`,
        idle,
        ...(options.graph ? { settings: options.graph } : {}),
      }),
  });

  const indexing = createIndexing({
    library,
    index,
    semantic,
    second,
    model,
    idle,
    counted,
    isClosed: () => closed,
    emptyLog: () => void database.pragma('wal_checkpoint(TRUNCATE)'),
  });

  const exactReferences = createExactReferences(library, index);

  const filterOf = (
    { versionIds, exceptVersionIds }: Pick<SearchQuery, 'versionIds' | 'exceptVersionIds'>,
    live: ReadonlyMap<string, LiveVersion>,
  ): OwnerFilter => ({
    among: versionIds ? new Set(versionIds.filter((versionId) => live.has(versionId))) : liveIdsOf(live),
    except: new Set(exceptVersionIds),
  });

  /** Counts a question while it is answered: what runs in the background waits for it. */
  const answering = async <T>(answer: () => Promise<T>): Promise<T> => {
    if (questions++ === 0) answered = Promise.withResolvers<void>();
    try {
      return await answer();
    } finally {
      questions -= 1;
      if (questions === 0) answered.resolve();
    }
  };

  const holding = async ({ text, second: vector, offset, limit, ...scope }: HoldingQuery): Promise<HoldingAnswer> => {
    const question = text.trim() === '' ? null : await semantic.embedQuestion(text);
    const reading = question && second.question(vector);
    const live = library.live();
    const filter = filterOf(scope, live);
    const page = { filter, offset, limit };
    if (!question) return { ...documentsHolding(text, page, { index, library, live, model, about: new Map() }), compared: 0 };
    const candidates = await gatherCandidates({
      query: { query: text, mode: 'hybrid', limit, versionIds: null },
      filter,
      question,
      second: reading,
      index,
      model,
      thesaurus: await needThesaurus(),
      most: aboutCandidates,
      exactPassages: () => null,
    });
    const { read, total } = reading ? await second.reading() : { read: 0, total: 1 };
    const about = documentsAbout(candidates);
    return { ...documentsHolding(text, page, { index, library, live, model, about }), compared: Math.min(1, read / (total || 1)) };
  };

  const search = (query: SearchQuery, signal?: AbortSignal): Promise<SearchAnswer> =>
    answering(async () => {
      const started = performance.now();
      const question = query.mode === 'lexical' ? null : await semantic.embedQuestion(query.query, signal);
      const reading = query.mode === 'lexical' ? null : second.question(query.second);
      const neighbours = question && (await needThesaurus());
      const embedded = performance.now();
      signal?.throwIfAborted();
      const live = library.live();
      const filter = filterOf(query, live);
      const candidates = await gatherCandidates({
        query,
        filter,
        question,
        second: reading,
        index,
        model,
        thesaurus: neighbours,
        exactPassages: (owners) => exactReferences(query.query, { filter, live, owners }),
      });
      signal?.throwIfAborted();
      const gathered = performance.now();
      const { ranked, support, matched, confidence } = scoreCandidates(candidates);
      const loading = performance.now();
      const passages = collectPassages({ ranked, limit: query.limit, library, live, words: candidates.terms.written });
      const ended = performance.now();
      return {
        passages,
        support: passages.length ? support : 'none',
        matched,
        confidence,
        mode: question || reading ? query.mode : 'lexical',
        stages: {
          embed: embedded - started,
          ...candidates.stages,
          fuse: candidates.stages.fuse + loading - gathered,
          load: ended - loading,
          total: ended - started,
        },
      };
    });

  const nearness = nearnessBy(model);
  const memory = createRecallEngine(join(options.dataFolder, 'emergence.db'), model);

  const engine: SearchEngine = {
    search,
    holding: (query) => answering(() => holding(query)),
    rarity: async ({ words }) => rarities(index, words),
    nearness: async ({ words, texts }) => nearness(words, texts),
    embed: ({ texts, as }, signal) => semantic.embed(texts, as, signal),
    indexVersion: indexing.indexVersion,
    removeVersions: indexing.removeVersions,
    reconcile: indexing.reconcile,
    useEmbedder: (choice, onProgress, signal) => counted(() => semantic.use(choice, indexing.embedAll(onProgress, signal))),
    unread: second.unread,
    keepRead: second.keepRead,
    reading: second.reading,
    recall: memory.recall,
    prepareRecall: memory.prepare,
    nearItems: memory.near,
    ...createVerifyIndex({ database, index, library, idle }),
    recallBytes: memory.bytes,
    settled: () => questions === 0 && works === 0 && !semantic.working() && !second.working() && !memory.working(),
    status: async () => ({
      chunks: index.count,
      bytes: indexBytes(indexPath),
      generation: index.generation(),
      ...semantic.status(index.count),
    }),
    close: async () => {
      closed = true;
      await Promise.all([indexing.written(), opening]);
      await Promise.all([semantic.close(), second.close()]);
      database.close();
      library.close();
      memory.close();
    },
  };
  // Not awaited: a model that must first embed everything, or that loads for seconds, must not delay lexical search.
  const opening = engine.useEmbedder(options.embedder).catch((error: unknown) => {
    if (!closed) options.onEmbedderError?.(error);
  });
  if (options.second) void second.load().catch((error: unknown) => closed || options.onEmbedderError?.(error));
  if (options.embedder.kind === 'bundled') await Promise.race([opening, nextTick().then(nextTick)]);
  return engine;
};
