import type { HoldingAnswer } from '@main/processes/search/api';
import type { Asker } from '@main/store/documentPins';
import type { DocumentFilter, QuestionIntent, SearchMode, SearchResult } from '@shared/model';

export interface RetrieveRequest {
  query: string;
  /** Empty means all. */
  collectionIds: string[];
  documentIds: string[];
  filter?: DocumentFilter;
  /** The asker, for documents that are used in some places only; without it all are found. */
  asker?: Asker;
  mode: SearchMode;
  limit: number;
  /**
   * When pages of the guide take part: `never` in a question of which it knows nothing; `sure`: where the library has nothing else,
   * only in a question about the program or one that they surely answer. Absent: wherever they match.
   */
  guide?: 'never' | 'sure';
  signal?: AbortSignal;
  /** Of the question, for the metrics; by its references where it is absent. */
  intent?: QuestionIntent;
}

/**
 * Retrieval as the engine sees it: filters resolved to versions, results cached, measured. Waits, within its time limit, for a
 * search process that is restarting instead of throwing.
 */
export interface Retriever {
  search(request: RetrieveRequest): Promise<SearchResult>;
  /** All documents that hold each word of a text, in any form, and those about it in other words, counted; one page of them, without the guide. */
  holding(request: {
    text: string;
    collectionIds: string[];
    /** See `RetrieveRequest`. */
    asker?: Asker;
    offset: number;
    limit: number;
    signal?: AbortSignal;
  }): Promise<HoldingAnswer>;
  /** How many live documents can be found, for the status line. */
  documentCount(collectionIds: string[], asker?: Asker): number;
  /**
   * For each word and each text the cosine of the nearest word of the text, across languages. Null when that cannot be computed
   * within `limitMs`.
   */
  nearness(
    words: readonly string[],
    texts: readonly (readonly string[])[],
    limitMs: number,
  ): Promise<readonly (readonly number[])[] | null>;
  /**
   * How rare words are in the library, 0..1 each: its own words as well as general ones are common where many passages have them.
   * Null when that cannot be computed within `limitMs`.
   */
  rarity(words: readonly string[], limitMs: number): Promise<readonly number[] | null>;
}
