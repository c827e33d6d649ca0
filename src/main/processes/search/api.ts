import type { Passage, SearchMode, Support } from '@shared/model';

/** The API of the search process. Every method is a typed call over the port (see `processes/helper.ts`). */
export interface SearchQuery {
  query: string;
  mode: SearchMode;
  limit: number;
  /**
   * Search only these versions (the engine knows the current versions of live documents); null = the current version of every live
   * document.
   */
  versionIds: string[] | null;
  /** Versions to leave out, even if another option includes them. */
  exceptVersionIds?: string[];
  /** The question as the second model reads it; absent where it takes no part. */
  second?: Float32Array | null;
}

/** A passage that the second model has not read yet. */
export interface UnreadPassage {
  /** The key of its text: passages of one text share a vector. */
  textHash: Uint8Array;
  text: string;
}

/** How many passages the second model has read, and how many there are. */
export interface ReadingState {
  read: number;
  total: number;
}

export interface SearchAnswer {
  passages: Passage[];
  support: Support;
  /** True when a passage that may be shown holds a word of the question. */
  matched: boolean;
  /** The number from which `support` is judged: comparable between searches of one index in one mode. */
  confidence: number;
  mode: SearchMode;
  /** Milliseconds by stage: embed, lexical, vector, fuse, load, total. */
  stages: Record<string, number>;
}

export interface HoldingQuery extends Pick<SearchQuery, 'versionIds' | 'exceptVersionIds'> {
  /** Documents that hold each of its words are found; without a word all. */
  text: string;
  /** The text as the second model reads it; absent where it takes no part. */
  second?: Float32Array | null;
  offset: number;
  limit: number;
}

/**
 * Documents that hold words, by title, and behind them those that are about the text in other words, the nearest first; counted over the
 * whole library. Of one page of them a passage each, whose `scores` have the reason: `words`, how many it holds, or `about`.
 */
export interface HoldingAnswer {
  total: number;
  /** How many of them are about it in other words. */
  about: number;
  /** The share of the passages that were compared by meaning, 0..1. */
  compared: number;
  /** The words that were looked for. */
  words: string[];
  /** Those of them that no document holds. */
  missing: string[];
  passages: Passage[];
}

/** How the index agrees with the library. */
export interface IndexCheck {
  /** Live versions whose passages, words or vectors in the index are not those of the library. */
  differing: string[];
  /** Versions in the index that the library no longer has. */
  left: number;
  /** Vectors that fit no model or belong to no passage. */
  strayVectors: number;
}

export interface SearchStatus {
  chunks: number;
  bytes: number;
  /** Grows with every change of the index: part of the cache key. */
  generation: number;
  embedder: { id: string; state: 'ready' | 'loading' | 'missing' | 'failed'; dimensions: number | null };
  /** `exact` below the threshold of the graph or without hnswlib. */
  vectors: { kind: 'exact' | 'hnsw' | 'none'; count: number; pending: number };
}

export interface EmbedderChoice {
  id: string;
  kind: 'bundled' | 'transformers' | 'endpoint' | 'none';
  /** Folder of the model's files (bundled, transformers). */
  folder?: string;
  /** OpenAI-compatible embeddings endpoint. */
  endpoint?: {
    /** The address of `POST …/embeddings`, and the headers: the engine knows how each service wants its key. */
    address: string;
    headers: Record<string, string>;
    model: string;
    /** The proxy for that address; null for none. */
    proxy: string | null;
  };
}

/** Mean and deviation of a model's cosines between questions and unrelated passages. */
export interface Calibration {
  mean: number;
  deviation: number;
}

export interface EmbeddedTexts {
  /** Id of the model: vectors of two models cannot be compared. */
  model: string;
  /** Unit vectors, one a text; all zeros for a text that the model does not know at all. */
  vectors: Float32Array[];
  calibration: Calibration;
}

/** A period that a question names, in epoch milliseconds; null where it is open. */
export interface AskedPeriod {
  from: number | null;
  to: number | null;
}

export interface RecallQuery {
  text: string;
  /** The conversation in which it is asked: the messages of a private one are recalled only there. */
  conversationId: string | null;
  /** Recall only conversations with this agent; null for all. */
  agentId: string | null;
  /** The names of the agents by their ids. */
  agentNames: Readonly<Record<string, string>>;
  /** Messages that the asker has already. */
  exceptMessageIds: readonly string[];
  periods: readonly AskedPeriod[];
  /** Messages at most, and as many items. */
  limit: number;
}

export interface NearItemsQuery {
  text: string;
  limit: number;
}

/** The evidence that what was found is about the question at all, in figures that compare between questions. */
export interface RecallEvidence {
  /** The share of the question's words, by their weight, that the best turn and its neighbours hold, 0..1. */
  share: number;
  /** The same for the best turn of another speaker than the one of whom the question asks; 0 where it asks of none. */
  ofOthers: number;
  /** The cosine of the nearest turn. */
  cosine: number;
  /** True where something was said in a day or month that the question names, or soon after. */
  isInPeriod: boolean;
}

export interface RecallAnswer {
  /** Best first; a higher score is a better fit to this question. */
  messages: {
    messageId: string;
    conversationId: string;
    speaker: string | null;
    role: 'user' | 'assistant';
    at: number;
    text: string;
    score: number;
  }[];
  items: { itemId: string; score: number }[];
  evidence: RecallEvidence;
  /** The speaker of whom the question asks: an id of an agent or a name, empty for the person; null for none. */
  speaker: string | null;
  /** Milliseconds by stage: step (index brought in step), rank, load, total. */
  stages: Record<string, number>;
}

export interface SearchApi {
  search(query: SearchQuery): Promise<SearchAnswer>;
  /** All documents that hold the words of a text; see `holding.ts`. */
  holding(query: HoldingQuery): Promise<HoldingAnswer>;
  /** Reads the version's text and chunks from `emergence.db`, embeds and indexes them. Idempotent. Progress 0..1. */
  indexVersion(
    input: { versionId: string },
    onProgress?: (part: { stage: 'embedding' | 'indexing'; progress: number }) => void,
  ): Promise<{ chunks: number; embedded: number; cached: number; embedMs: number; indexMs: number }>;
  /** Deletes versions from every structure, caches and files included (`forget`). */
  removeVersions(input: { versionIds: string[] }): Promise<void>;
  /**
   * Compares the index with `emergence.db`: drops versions that no longer exist, and returns the ready versions that are missing or
   * were renamed.
   */
  reconcile(): Promise<{ removed: number; missing: string[] }>;
  /**
   * Switches the embedder. Passages without a vector of the new model are embedded in the background while the old vectors serve.
   */
  useEmbedder(choice: EmbedderChoice, onProgress?: (part: { done: number; total: number }) => void): Promise<void>;
  /** How rare folded words are among all passages, 0..1 each; 1 for words that none has. */
  rarity(input: { words: readonly string[] }): Promise<number[]>;
  /**
   * For each word and each text, the cosine of the nearest word of the text, by the bundled model, which knows both languages and
   * is always available; 0 for words it does not know.
   */
  nearness(input: { words: readonly string[]; texts: readonly (readonly string[])[] }): Promise<number[][]>;
  /**
   * Embeds texts of other rooms with the model in use, which keep the vectors themselves. Null while no model is ready; throws where
   * the model fails.
   */
  embed(input: { texts: readonly string[]; as: 'query' | 'passage' }): Promise<EmbeddedTexts | null>;
  /**
   * Ranks past messages and memory items for a question, from an index in memory which the first call makes; see
   * `recall/keptTurns.ts`.
   */
  recall(query: RecallQuery): Promise<RecallAnswer>;
  /** Makes the index of recall and brings it in step, so that the next question does not wait for it. */
  prepareRecall(): Promise<void>;
  /** The memory items nearest to a text by words and meaning, whatever their state, nearest first with scores 0..1; from the same index. */
  nearItems(query: NearItemsQuery): Promise<{ itemId: string; score: number }[]>;
  /**
   * Up to `limit` passages of these versions, in their order, that the second model has not read, and how many of the versions it has
   * read whole: those before the first one with such a passage.
   */
  unread(input: { versionIds: readonly string[]; limit: number }): Promise<{ passages: UnreadPassage[]; done: number } & ReadingState>;
  /** Stores vectors of the second model. Those of texts that were deleted meanwhile are dropped. */
  keepRead(input: { vectors: readonly { textHash: Uint8Array; vector: Float32Array }[] }): Promise<ReadingState>;
  /** How much of the library the second model has read. */
  reading(): Promise<ReadingState>;
  /** Compares the whole index with `emergence.db`. */
  verify(): Promise<IndexCheck>;
  /** Deletes the vectors that `verify` counts. */
  dropStrayVectors(): Promise<void>;
  /** Ends the process, which creates a damaged index again when it restarts; the call fails with `process.died`. */
  beginAnew(): Promise<void>;
  status(): Promise<SearchStatus>;
}

/** Start-up data of the process, in its first message. */
export interface SearchInit {
  dataFolder: string;
  /** `resources` folder of the program. */
  resourcesFolder: string;
  embedder: EmbedderChoice;
  /** True when the second model is in use: its vectors are read at the start. Otherwise they are read when they are first asked for. */
  second?: boolean;
  /** The process reports ready only once its model and graph are read: the old process serves meanwhile. */
  whole?: boolean;
}
