/** Limits for parsing one document. A document past them is refused; the program continues. */
export const limits = {
  /** Bytes of the file itself. */
  fileBytes: 200 * 1024 * 1024,
  /** Characters of text taken from one document: about 3,000 pages of a book. */
  textCharacters: 20_000_000,
  pages: 10_000,
  /** Pieces of text that one page of a PDF may draw, and all its pages together; a page of a book has under 2,000. */
  piecesOfPage: 200_000,
  pieces: 5_000_000,
  /** Parts of a zip container. */
  zipEntries: 10_000,
  /** Unpacked bytes of a zip container's XML, declared or real. */
  zipBytes: 256 * 1024 * 1024,
  /** Unpacked to packed bytes, checked only above `zipRatioFloor`; real documents stay under some 60. */
  zipRatio: 200,
  zipRatioFloor: 8 * 1024 * 1024,
  /** Files of an archive that become documents, their unpacked bytes, and unpacked to packed bytes above `zipRatioFloor`. */
  members: 2_000,
  memberBytes: 200 * 1024 * 1024,
  memberRatio: 100,
  /** Pictures of an archive that become documents, and their unpacked bytes: others are named, so that photographs cost no text its place. */
  memberPictures: 200,
  memberPictureBytes: 60 * 1024 * 1024,
  /** Depth of nested elements in HTML; deeper elements are flattened. */
  nesting: 2_000,
  /** A page nested deeper than this is refused: the parser's time grows with the square of the depth. */
  hostileNesting: 20_000,
} as const;
