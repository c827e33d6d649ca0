import type { RecognisedLines } from '@shared/model';

export interface RecognisedPage {
  /** In reading order; empty for a page on which no text was found. */
  lines: RecognisedLines;
  /** How sure the engine is of the words that are kept, 0..100, weighted by their lengths; 0 without words. */
  confidence: number;
  /** The engine, its version and the languages that it read with. */
  engine: string;
}

/** The languages that text is recognised in, by their codes at Tesseract. */
export const recognitionLanguages = ['fra', 'eng'] as const;
export type RecognitionLanguage = (typeof recognitionLanguages)[number];

export interface RecogniseApi {
  /** Reads one page, from 1, of a PDF or an image. Rejects with a `document.*` error; progress is a sign of life. */
  recognise(
    input: { path: string; page: number; languages: readonly RecognitionLanguage[] },
    onProgress?: (part: { progress: number }) => void,
  ): Promise<RecognisedPage>;
}

/** Start-up data of the process. */
export interface RecogniseInit {
  /** The process ends itself when its resident memory exceeds this many megabytes. */
  memoryMb: number;
  /** The folder of PP-OCRv6's models, for pages of which Tesseract is not sure. */
  secondReader: string;
}
