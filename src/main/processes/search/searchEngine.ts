import { join } from 'node:path';
import { type LiveVersion, openLibraryReader, type VersionSource } from '@main/store/libraryReader';
import { analysisLanguage } from '@main/text/detectLanguage';
import { EmergenceError } from '@shared/model';
import type { EmbedderChoice, SearchAnswer, SearchApi, SearchInit, SearchQuery } from './api';
import { createChunkIndex, type NewChunk } from './chunkIndex';
import { collectPassages } from './collectPassages';
import type { Embedder } from './embedders/embedder';
import { openEmbedder } from './embedders/openEmbedder';
import { gatherCandidates } from './gatherCandidates';
import { createHnswAccelerator, type HnswAcceleratorDeps, loadHnswLibrary } from './hnswAccelerator';
import { indexBytes, openIndexDatabase } from './indexDatabase';
import { nearnessBy } from './nearness';
import { headText, passageText, textHash } from './passageText';
import { scoreCandidates } from './scoreCandidates';
import { createSemanticIndex, type SemanticIndex } from './semanticIndex';
import { loadStaticModel } from './staticModel';
import { analysePassage } from './terms';
import type { TextId } from './textId';
import { loadThesaurus, type Thesaurus } from './thesaurus';
import { createVectorTable } from './vectorTable';
import { createWorkSteps } from './workSteps';

export interface SearchEngine extends SearchApi {
  search(query: SearchQuery, signal?: AbortSignal): Promise<SearchAnswer>;
  indexVersion(
    input: { versionId: string },
    onProgress?: Parameters<SearchApi['indexVersion']>[1],
    signal?: AbortSignal,
  ): ReturnType<SearchApi['indexVersion']>;
  embed(input: Parameters<SearchApi['embed']>[0], signal?: AbortSignal): ReturnType<SearchApi['embed']>;
  useEmbedder(choice: EmbedderChoice, onProgress?: Parameters<SearchApi['useEmbedder']>[1], signal?: AbortSignal): Promise<void>;
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
/** Passages analysed between two pauses for questions. */
const analysisBatch = 25;

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
  const steps = createWorkSteps(() => performance.now());
  const semantic = createSemanticIndex({
    table: createVectorTable(database),
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

  /** Versions are written one after the other; searches run in between. */
  let writing: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const result = counted(() => writing.then(work, work));
    writing = result.catch(() => {});
    return result;
  };

  const textsOf = (source: VersionSource | null): { hash: Buffer; text: string }[] =>
    (source?.chunks ?? []).map((place) => {
      const text = passageText(source?.title ?? '', place, source?.text ?? '');
      return { hash: textHash(text), text };
    });

  /** Embeds every version with a new model, the newest versions first. */
  const embedAll =
    (onProgress?: (part: { done: number; total: number }) => void, signal?: AbortSignal) =>
    async (ensure: SemanticIndex['ensure'], pending: string[]): Promise<void> => {
      for (const [done, versionId] of pending.entries()) {
        signal?.throwIfAborted();
        if (closed) throw new EmergenceError('cancelled');
        onProgress?.({ done, total: pending.length });
        // Each batch is a sign of life: the batches of one long document may take longer than a caller waits for a report.
        const onBatch = (part: number, all: number): void => onProgress?.({ done: done + part / all, total: pending.length });
        await ensure(textsOf(library.source(versionId)), onBatch, signal);
        await semantic.attach(versionId);
        index.touch();
      }
      onProgress?.({ done: pending.length, total: pending.length });
    };

  /** Deletes hidden versions, between questions. */
  const clearHidden = async (): Promise<void> => {
    for (const name of index.hidden())
      for (let left = true; left; ) {
        await idle();
        const limit = steps.size;
        const textHashes = steps.step(() => {
          const removed = index.removeHidden(name, limit);
          semantic.sweep(removed);
          return removed;
        });
        left = textHashes.length === limit;
      }
  };

  const textIdsOf = (versionId: string): TextId[] => index.ordinalsOf(versionId).map((ordinal) => ({ owner: versionId, ordinal }));

  /** Takes versions out of searches at once, then deletes them. */
  const hide = async (versionIds: readonly string[]): Promise<void> => {
    for (const versionId of versionIds) {
      const ids = textIdsOf(versionId);
      index.hide(versionId);
      await semantic.detach(ids);
    }
    await clearHidden();
  };

  const search = async (query: SearchQuery, signal?: AbortSignal): Promise<SearchAnswer> => {
    if (questions++ === 0) answered = Promise.withResolvers<void>();
    const started = performance.now();
    try {
      const question = query.mode === 'lexical' ? null : await semantic.embedQuestion(query.query, signal);
      const neighbours = question && (await needThesaurus());
      const embedded = performance.now();
      signal?.throwIfAborted();
      const live = library.live();
      const candidates = await gatherCandidates({
        query,
        filter: {
          among: query.versionIds ? new Set(query.versionIds.filter((versionId) => live.has(versionId))) : liveIdsOf(live),
          except: new Set(query.exceptVersionIds),
        },
        question,
        index,
        model,
        thesaurus: neighbours,
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
        mode: question ? query.mode : 'lexical',
        stages: {
          embed: embedded - started,
          ...candidates.stages,
          fuse: candidates.stages.fuse + loading - gathered,
          load: ended - loading,
          total: ended - started,
        },
      };
    } finally {
      questions -= 1;
      if (questions === 0) answered.resolve();
    }
  };

  const nearness = nearnessBy(model);

  const engine: SearchEngine = {
    search,
    nearness: async ({ words, texts }) => nearness(words, texts),
    embed: ({ texts, as }, signal) => semantic.embed(texts, as, signal),
    indexVersion: ({ versionId }, onProgress, signal) =>
      inTurn(async () => {
        const source = library.source(versionId);
        if (!source) throw new EmergenceError('not_found', { version: versionId });
        const texts = textsOf(source);
        const started = performance.now();
        onProgress?.({ stage: 'embedding', progress: 0 });
        const { embedded, cached } = await semantic.ensure(
          texts,
          (done, total) => onProgress?.({ stage: 'embedding', progress: done / total }),
          signal,
        );
        const analysing = performance.now();
        const language = analysisLanguage(source.text);
        const head = headText(source);
        const writer = index.beginVersion({
          versionId,
          title: textHash(source.title),
          language,
          head: head === null ? null : analysePassage(head, language, model),
        });
        try {
          let analysed: NewChunk[] = [];
          const write = (by: (chunks: readonly NewChunk[]) => void): void =>
            steps.step(() => {
              by(analysed);
              analysed = [];
            });
          for (const [position, { hash, text }] of texts.entries()) {
            if (position % analysisBatch === 0 || steps.isTurnDue()) {
              await idle();
              steps.turnTaken();
              signal?.throwIfAborted();
              onProgress?.({ stage: 'indexing', progress: position / texts.length });
            }
            const ordinal = source.chunks[position]?.ordinal ?? position;
            if (analysed.length >= steps.size) write(writer.add);
            analysed.push({ ordinal, textHash: hash, terms: analysePassage(text, language, model) });
          }
          await idle();
          const replaced = textIdsOf(versionId);
          write(writer.finish);
          await semantic.detach(replaced);
          await semantic.attach(versionId);
        } finally {
          await clearHidden();
        }
        onProgress?.({ stage: 'indexing', progress: 1 });
        return { chunks: texts.length, embedded, cached, embedMs: analysing - started, indexMs: performance.now() - analysing };
      }),
    removeVersions: ({ versionIds }) =>
      inTurn(async () => {
        await hide(versionIds);
        library.forget(versionIds);
        database.pragma('wal_checkpoint(TRUNCATE)');
      }),
    reconcile: () =>
      inTurn(async () => {
        const live = library.live();
        const gone = index.versionIds().filter((versionId) => !library.exists(versionId));
        await hide(gone);
        const isCurrent = ([versionId, { title }]: [string, LiveVersion]): boolean =>
          index.titleOf(versionId)?.equals(textHash(title)) ?? false;
        return { removed: gone.length, missing: [...live].filter((version) => !isCurrent(version)).map(([versionId]) => versionId) };
      }),
    useEmbedder: (choice, onProgress, signal) => counted(() => semantic.use(choice, embedAll(onProgress, signal))),
    settled: () => questions === 0 && works === 0 && !semantic.working(),
    status: async () => ({
      chunks: index.count,
      bytes: indexBytes(indexPath),
      generation: index.generation(),
      ...semantic.status(index.count),
    }),
    close: async () => {
      closed = true;
      await Promise.all([writing, opening]);
      await semantic.close();
      database.close();
      library.close();
    },
  };
  // Not awaited: a model that must first embed everything, or that loads for seconds, must not delay lexical search.
  const opening = engine.useEmbedder(options.embedder).catch((error: unknown) => {
    if (!closed) options.onEmbedderError?.(error);
  });
  if (options.embedder.kind === 'bundled') await Promise.race([opening, nextTick().then(nextTick)]);
  return engine;
};
