import type { Span } from '@shared/model';

/** What a parser makes of a file: the text, its labelled ranges, and what the document says of itself. */
export interface ReadDocument {
  text: string;
  spans: Span[];
  title: string | null;
  pages: number | null;
  /** Pages that are damaged and were passed over, from 1; absent when there are none. */
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
