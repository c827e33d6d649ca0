/** Limits of reading one document; past them the document is refused, the program goes on. */
export const limits = {
  /** Bytes of the file itself. */
  fileBytes: 200 * 1024 * 1024,
  /** Characters of text taken from one document: some 3,000 books' pages. */
  textCharacters: 20_000_000,
  pages: 10_000,
  /** Parts of a zip container. */
  zipEntries: 10_000,
  /** Unpacked bytes of a zip container's XML, declared or real. */
  zipBytes: 256 * 1024 * 1024,
  /** Unpacked to packed bytes, judged above `zipRatioFloor`; real documents stay under some 60. */
  zipRatio: 200,
  zipRatioFloor: 8 * 1024 * 1024,
  /** Depth of nested elements in HTML; deeper ones are read flat. */
  nesting: 2_000,
  /** Past this a page is refused: the parser's time grows with the square of it. */
  hostileNesting: 20_000,
} as const;
