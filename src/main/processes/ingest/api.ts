import type { DocumentFormat, Place, Span, TextEncoding } from '@shared/model';

/** A passage: its range in the version's text, `[start, end)` in UTF-16 units, and its place in the document. */
export interface ChunkRange {
  start: number;
  end: number;
  place: Place;
}

/** A reference in its normal form (see `text/references`) and the number of the passage that holds it. */
export interface PassageReference {
  ordinal: number;
  key: string;
  /** True where the passage is the thing itself, not a mention of it. */
  defines: boolean;
}

export interface ParsedDocument {
  format: DocumentFormat;
  parser: string;
  parserVersion: string;
  /** From the document's own metadata or first heading; null when it has none. */
  title: string | null;
  language: string | null;
  /** As the file states it; null where it states none. */
  author: string | null;
  /** The day, the month or the year that the file states as its own; null where it states none. */
  dated: string | null;
  pages: number | null;
  /** Damaged and scanned pages, whose text was not read, from 1; absent when there are none. */
  unreadPages?: number[];
  text: string;
  spans: Span[];
  chunks: ChunkRange[];
  references: PassageReference[];
  /** The words of a page of the web about itself. */
  about?: { byline: string | null; site: string | null; published: string | null };
  /** The files within it: each with its name (untrusted) and that of its copy in the folder of the call. Absent where it has none. */
  members?: { name: string; file: string }[];
  timings: { readMs: number; chunkMs: number };
}

export interface IngestApi {
  /** Reads one file. Rejects with a `document.*` error; a file that loops or eats memory costs the process, not the program. */
  parse(
    input: {
      path: string;
      fileName: string;
      /** The folder into which the files within the document are copied; without it they are left. */
      membersFolder?: string;
      /** Given for a page of the web, of which the main text is wanted, with the charset that its server named. */
      page?: { charset: string | null } | undefined;
      /** The text that was recognised in images of its pages: of each its paragraphs, of each paragraph its lines. */
      recognised?: readonly { page: number; paragraphs: string[][] }[];
      /** The encoding that the person chose for its text; without it the program finds it. */
      encoding?: TextEncoding | undefined;
    },
    onProgress?: (part: { stage: 'reading' | 'chunking'; progress: number }) => void,
  ): Promise<ParsedDocument>;
  /** The first telling lines of a text in each plausible encoding, the likeliest first. */
  readings(input: { path: string }): Promise<{ encoding: TextEncoding; text: string }[]>;
}
