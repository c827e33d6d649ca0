import type { Span } from '@shared/model';

/** A file within a document: attached to a mail, or packed in an archive. */
export interface Member {
  /** Its name, with its folders. Untrusted: it leads nowhere until it is cleaned. */
  name: string;
  bytes: Uint8Array;
}

/** The output of a parser: the text, its labelled ranges, and the document's own metadata. */
export interface ReadDocument {
  text: string;
  spans: Span[];
  title: string | null;
  pages: number | null;
  /** Damaged and scanned pages, whose text was not read, from 1; absent when there are none. */
  unreadPages?: number[];
  /** The files within it, which become documents of their own; absent where the format has none. */
  members?: readonly Member[];
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
