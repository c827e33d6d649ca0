import type { Span } from '@shared/model';

/** The output of a parser: the text, its labelled ranges, and the document's own metadata. */
export interface ReadDocument {
  text: string;
  spans: Span[];
  title: string | null;
  pages: number | null;
  /** Damaged pages that were skipped, from 1; absent when there are none. */
  unreadPages?: number[];
  parser: string;
  parserVersion: string;
}

export interface ParserInput {
  path: string;
  fileName: string;
  bytes: Uint8Array;
  onProgress: (progress: number) => void;
  signal: AbortSignal;
}
