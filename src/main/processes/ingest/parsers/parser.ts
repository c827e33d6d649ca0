import type { Span } from '@shared/model';
import type { FileFacts } from './facts';

/** A file within a document: attached to a mail, or packed in an archive. */
export interface Member {
  /** Its name, with its folders. Untrusted: it leads nowhere until it is cleaned. */
  name: string;
  bytes: Uint8Array;
}

/** The words of a page of the web about itself; null where it says nothing. */
export interface AboutPage {
  byline: string | null;
  site: string | null;
  /** When it was published, as the page writes it. */
  published: string | null;
}

/** The output of a parser: the text, its labelled ranges, and the document's own metadata. */
export interface ReadDocument extends FileFacts {
  text: string;
  spans: Span[];
  title: string | null;
  pages: number | null;
  /** Damaged and scanned pages, whose text was not read, from 1; absent when there are none. */
  unreadPages?: number[];
  /** The files within it, which become documents of their own; absent where the format has none. */
  members?: readonly Member[];
  /** Given for a page of the web. */
  about?: AboutPage;
  parser: string;
  parserVersion: string;
}

/** Text recognised in the image of a page, from 1: its paragraphs, each with its lines. Without any it was looked at in vain. */
export interface RecognisedText {
  page: number;
  paragraphs: string[][];
}

export interface ParserInput {
  path: string;
  fileName: string;
  bytes: Uint8Array;
  /** Given for a page of the web, with the charset that its server named. */
  page?: { charset: string | null } | undefined;
  /** Absent where no page was looked at. */
  recognised?: readonly RecognisedText[];
  onProgress: (progress: number) => void;
  signal: AbortSignal;
}
