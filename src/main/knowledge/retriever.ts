import type { SearchMode, SearchResult } from '@shared/model';

export interface RetrieveRequest {
  query: string;
  /** Empty: everything. */
  collectionIds: string[];
  documentIds: string[];
  mode: SearchMode;
  limit: number;
  signal?: AbortSignal;
}

/** Retrieval as the engine sees it: filters resolved to versions, cached, measured; never throws for a search process that is restarting but waits for it, within its time limit. */
export interface Retriever {
  search(request: RetrieveRequest): Promise<SearchResult>;
  /** Live documents that can be found, for the honest status line. */
  documentCount(collectionIds: string[]): number;
  /**
   * For each word and each text the cosine of the nearest of the text's words, across languages. Null when nobody can say
   * within `limitMs`.
   */
  nearness(
    words: readonly string[],
    texts: readonly (readonly string[])[],
    limitMs: number,
  ): Promise<readonly (readonly number[])[] | null>;
}
