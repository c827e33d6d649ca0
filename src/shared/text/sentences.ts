/**
 * Finds the beginnings and ends of sentences by their signs. `Intl.Segmenter` was tried on the texts of nine sets (3.9 million
 * characters): it cuts after initials ("Hal B. Wallis"), "Mr." and "fig.", before the » or ** that closes, and within addresses,
 * and takes about twice as long.
 */

/** The end of a sentence, with closing signs and the source markers that follow. */
const end = /(?<![.!?…])[.!?…]+(?:\s?[»”]|["'’)\]*_`])*(?:\s*\[\d[\d ,;–-]*\])*(?=\s|$)|[。！？।॥۔؟]+/g;
const abbreviation =
  /(?:^|[\s(«“"'’])(?:\p{L}|cf|etc|ex|fig|art|no|nos|vs|approx|mr|mrs|ms|dr|st|jr|sr|prof|mme|mlle|me|env|chap|vol|pp|p\.\s?ex|e\.g|i\.e)\.$/iu;
/** How many characters before an end are checked for an abbreviation, and after it for the next word. */
const before = 12;
const after = 40;

/**
 * The ends of sentences in a text, in order, as offsets after their last sign; the end of the text is only included where it ends a
 * sentence. Takes time in proportion to the text.
 */
export const sentenceEnds = (text: string): number[] => {
  const ends: number[] = [];
  // In a text without capitals a small letter after a full stop means nothing.
  const hasCapitals = /\p{Lu}/u.test(text);
  for (const match of text.matchAll(end)) {
    const place = match.index + match[0].length;
    const next = /\S/.exec(text.slice(place, place + after))?.[0];
    const isOpen = match[0] === '.' ? hasCapitals : match[0].startsWith('.');
    if (isOpen && next !== undefined && /\p{Ll}/u.test(next)) continue;
    if (match[0] === '.' && abbreviation.test(text.slice(Math.max(0, place - before), place))) continue;
    ends.push(place);
  }
  return ends;
};

const beginning = /(?:^|[.!?…。:;\n\r•|>*#–—()-])[\s"'’“”«»‹›„([*_]*$/;

/** True when a word after these ones has a capital because a sentence, a title or an item begins. Pure. */
export const isSentenceStart = (words: string): boolean => beginning.test(words);

/** True when these words, with any text after their last sign, end a sentence. Pure. */
export const isSentenceEnd = (words: string): boolean => /[.!?…。！？]["'»”’)\]*_]*\s*$/.test(words);
