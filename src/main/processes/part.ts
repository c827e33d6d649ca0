import { join } from 'node:path';
import type { HealthProbe, Part, PartHealth } from '@main/parts/part';
import type { Logger, Telemetry } from '@main/telemetry/telemetry';
import { createHelper } from './caller';
import { type EncodeApi, type EncodeInit, secondModelId } from './encode/api';
import type { IngestApi } from './ingest/api';
import type { IngestInit } from './ingest/ingestProcess';
import type { HelperLauncher } from './port';
import type { RecogniseApi, RecogniseInit } from './recognise/api';
import type { RerankApi } from './rerank/api';
import type { EmbedderChoice, SearchApi, SearchInit, SearchStatus } from './search/api';

/** Megabytes that a document may cost its process: of heap, and of resident memory with buffers. */
const ingestMemory = { heapMb: 1024, residentMb: 1536 };
/** A document that keeps its process silent this long is given up. A process without work ends, which frees its memory. */
const ingestLife = { silenceMs: 24_000, restAfterMs: 20_000 };
/** Megabytes that a page may cost its process, with the engine and two languages; and how long it waits for another page. */
const recogniseMemory = { heapMb: 1024, residentMb: 2048 };
const recogniseRestMs = 20_000;
/**
 * Questions come in rows, and loading the model again takes a good part of a second; it takes 245 MB while it waits. Passages are read in
 * one go.
 */
const encodeRestMs = { questions: 600_000, passages: 10_000 };
/** Loading the reranker takes longer than a question waits for it. */
const rerankRestMs = 600_000;
const statusLimitMs = 900;
/** Three parts of health come from the search process: they share one answer that is at most this old. */
const statusAgeMs = 200;

export interface ProcessesDeps {
  /** The folder of the built entries, `search.js`, `ingest.js`, `encode.js`, `recognise.js` and `rerank.js`. */
  helpersFolder: string;
  dataFolder: string;
  resourcesFolder: string;
  launcher: HelperLauncher;
  /** The embedder that a search process starts with. */
  embedder: () => EmbedderChoice;
  /** True when the second model takes part in searches. */
  usesSecondModel: () => boolean;
  telemetry: Telemetry;
  log: Logger;
}

/**
 * The helper processes: search, two that read documents, of which one takes pages of the web that a person waits for, one that recognises
 * text, two of one kind for the second model, of which one reads passages in the background, and the reranker.
 */
export const createProcessesPart = (deps: ProcessesDeps) => {
  const { helpersFolder, dataFolder, resourcesFolder, launcher, telemetry, log } = deps;
  const search = createHelper<SearchApi>({
    name: 'search',
    log,
    // The window opens first: reading the index and the model takes a processor that the window needs.
    onDemand: true,
    launch: () => launcher(join(helpersFolder, 'search.js'), { name: 'search' }),
    init: (renewing): SearchInit => ({
      dataFolder,
      resourcesFolder,
      embedder: deps.embedder(),
      second: deps.usesSecondModel(),
      whole: renewing,
    }),
  });
  const reader = (name: 'ingest' | 'pages') =>
    createHelper<IngestApi>({
      name,
      log,
      launch: () => launcher(join(helpersFolder, 'ingest.js'), { name, memoryMb: ingestMemory.heapMb }),
      init: (): IngestInit => ({ memoryMb: ingestMemory.residentMb }),
      ...ingestLife,
    });
  const ingest = reader('ingest');
  const pages = reader('pages');

  const recogniser = createHelper<RecogniseApi>({
    name: 'recognise',
    log,
    launch: () => launcher(join(helpersFolder, 'recognise.js'), { name: 'recognise', memoryMb: recogniseMemory.heapMb }),
    init: (): RecogniseInit => ({
      memoryMb: recogniseMemory.residentMb,
      secondReader: join(resourcesFolder, 'models', 'pp-ocrv6-small'),
    }),
    restAfterMs: recogniseRestMs,
  });

  const encoder = (name: keyof typeof encodeRestMs) =>
    createHelper<EncodeApi>({
      name,
      log,
      launch: () => launcher(join(helpersFolder, 'encode.js'), { name }),
      init: (): EncodeInit => ({ folder: join(resourcesFolder, 'models', secondModelId), inBackground: name === 'passages' }),
      restAfterMs: encodeRestMs[name],
    });
  const questions = encoder('questions');
  const passages = encoder('passages');

  const reranker = createHelper<RerankApi>({
    name: 'reranker',
    log,
    launch: () => launcher(join(helpersFolder, 'rerank.js'), { name: 'reranker' }),
    init: () => null,
    restAfterMs: rerankRestMs,
  });

  const ask = async (): Promise<SearchStatus> => {
    const status = await search.call('status', undefined, { timeLimitMs: statusLimitMs, timeoutCode: 'search.unavailable' });
    telemetry.set('rag_index_chunks', {}, status.chunks);
    telemetry.set('rag_index_bytes', {}, status.bytes);
    return status;
  };
  let asked: { at: number; status: Promise<SearchStatus> } | null = null;
  /** Rejects while the process is restarting. */
  const status = (): Promise<SearchStatus> => {
    if (!asked || performance.now() - asked.at > statusAgeMs) asked = { at: performance.now(), status: ask() };
    return asked.status;
  };
  const health: Record<'search' | 'embedder' | 'vectors', HealthProbe> = {
    search: async () => {
      const { chunks, bytes } = await status();
      return { state: 'ok', data: { chunks, bytes } };
    },
    embedder: async () => embedderState((await status()).embedder),
    vectors: async () => {
      const { kind, count, pending } = (await status()).vectors;
      return { state: kind === 'none' ? 'off' : pending > 0 ? 'busy' : 'ok', data: { kind, count, pending } };
    },
  };

  return {
    api: { search, ingest, pages, recogniser, questions, passages, reranker },
    stop: () => {
      search.stop();
      ingest.stop();
      pages.stop();
      recogniser.stop();
      questions.stop();
      passages.stop();
      reranker.stop();
    },
    health,
  } satisfies Part<unknown>;
};

const embedderState = ({ id, state, dimensions }: SearchStatus['embedder']): PartHealth => {
  const data = { id, dimensions };
  switch (state) {
    case 'ready':
      return { state: 'ok', data };
    case 'loading':
      return { state: 'busy', data };
    case 'missing':
      return { state: id === 'none' ? 'off' : 'degraded', data };
    case 'failed':
      return { state: 'degraded', data };
  }
};
