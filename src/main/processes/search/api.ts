import type { Passage, SearchMode, Support } from '@shared/model';

/** What the search process is asked for. Every method is a typed call over the port (see `processes/helper.ts`). */
export interface SearchQuery {
  query: string;
  mode: SearchMode;
  limit: number;
  /** Only these versions (current versions of live documents are the engine's business); null = the current version of every live document. */
  versionIds: string[] | null;
  /** Left out, whatever else is said. */
  exceptVersionIds?: string[];
}

export interface SearchAnswer {
  passages: Passage[];
  support: Support;
  /** Whether any passage that may be shown holds a word of the question. */
  matched: boolean;
  /** What `support` is judged by, as a number: comparable between searches of one index in one mode. */
  confidence: number;
  mode: SearchMode;
  /** Milliseconds by stage: embed, lexical, vector, fuse, load, total. */
  stages: Record<string, number>;
}

export interface SearchStatus {
  chunks: number;
  bytes: number;
  /** Grows with every change of the index: part of the cache key. */
  generation: number;
  embedder: { id: string; state: 'ready' | 'loading' | 'missing' | 'failed'; dimensions: number | null };
  /** `exact` below the threshold or without hnswlib. */
  vectors: { kind: 'exact' | 'hnsw' | 'none'; count: number; pending: number };
}

export interface EmbedderChoice {
  id: string;
  kind: 'bundled' | 'transformers' | 'endpoint' | 'none';
  /** Folder of the model's files (bundled, transformers). */
  folder?: string;
  /** OpenAI-compatible embeddings endpoint. */
  endpoint?: {
    /** Of `POST …/embeddings`, and what goes along: the engine knows how each service wants its key. */
    address: string;
    headers: Record<string, string>;
    model: string;
    /** The proxy that leads there; null for none. */
    proxy: string | null;
  };
}

export interface SearchApi {
  search(query: SearchQuery): Promise<SearchAnswer>;
  /** Reads the version's text and chunks from `emergence.db`, embeds and indexes them. Idempotent. Progress 0..1. */
  indexVersion(
    input: { versionId: string },
    onProgress?: (part: { stage: 'embedding' | 'indexing'; progress: number }) => void,
  ): Promise<{ chunks: number; embedded: number; cached: number; embedMs: number; indexMs: number }>;
  /** Takes a version out of every structure, caches and files included (`forget`). */
  removeVersions(input: { versionIds: string[] }): Promise<void>;
  /** Compares the index with `emergence.db`: drops what is gone, returns the ready versions that are missing or were renamed since. */
  reconcile(): Promise<{ removed: number; missing: string[] }>;
  /** Switches the embedder; what has no vector of the new model yet is embedded in the background while the old vectors serve. */
  useEmbedder(choice: EmbedderChoice, onProgress?: (part: { done: number; total: number }) => void): Promise<void>;
  /**
   * For each word and each text the cosine of the nearest of the text's words, by the bundled model, which knows both languages
   * and is always there; 0 where it knows nothing.
   */
  nearness(input: { words: readonly string[]; texts: readonly (readonly string[])[] }): Promise<number[][]>;
  status(): Promise<SearchStatus>;
}

/** Start-up data of the process, in its first message. */
export interface SearchInit {
  dataFolder: string;
  /** `resources` folder of the program. */
  resourcesFolder: string;
  embedder: EmbedderChoice;
  /** The process is ready only with its model and graph read: another one serves meanwhile. */
  whole?: boolean;
}
