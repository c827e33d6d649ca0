/** Limits for recognising one page. */
export const limits = {
  /** The resolution at which pages are drawn: what Tesseract's models were trained on. */
  dotsPerInch: 300,
  /** Pixels that a page is drawn with at most; an A4 page at 300 dots per inch has 8.7 million. */
  pixels: 12_000_000,
  /** Pixels that an image may declare: decoding it takes four bytes for each. */
  imagePixels: 120_000_000,
  /** The shorter side of an image is enlarged to this many pixels, by `enlarged` at most: letters of a few pixels are not recognised. */
  shortSide: 1_600,
  enlarged: 2,
  /** Confidence below which a word counts as noise of the picture. */
  wordConfidence: 35,
  /** Mean confidence below which a paragraph counts as noise. */
  paragraphConfidence: 45,
  /** A page has text when one of its words has this many letters and digits: rules and dots are taken for shorter ones. */
  lettersOfWord: 3,
  /** Confidence from which a page counts as read well: below it other ways to read it are tried. */
  pageConfidence: 85,
  /** How sure the direction of a page must be found: a page of one line has 2.3, one without letters is refused or below 1. */
  directionConfidence: 1.5,
  /** Words kept of one page. */
  words: 20_000,
} as const;
