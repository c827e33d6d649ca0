import type { DocumentFormat, Span } from '@shared/model';

/** The place of a passage in a version's text; `[start, end)` in UTF-16 units, lines and pages 1-based. */
export interface ChunkRange {
  start: number;
  end: number;
  page: number | null;
  pageEnd: number | null;
  lineStart: number;
  lineEnd: number;
  headingPath: string[];
}

export interface ParsedDocument {
  format: DocumentFormat;
  parser: string;
  parserVersion: string;
  /** From the document's own metadata or first heading; null when it has none. */
  title: string | null;
  language: string | null;
  pages: number | null;
  /** Damaged pages that were skipped, from 1; absent when there are none. */
  unreadPages?: number[];
  text: string;
  spans: Span[];
  chunks: ChunkRange[];
  timings: { readMs: number; chunkMs: number };
}

export interface IngestApi {
  /** Reads one file. Rejects with a `document.*` error; a file that loops or eats memory costs the process, not the program. */
  parse(
    input: { path: string; fileName: string },
    onProgress?: (part: { stage: 'reading' | 'chunking'; progress: number }) => void,
  ): Promise<ParsedDocument>;
}
