import { fold } from '@shared/text/fold';

/**
 * Finds a quoted passage among the text items of a printed page. The quote comes from the parser's text, the items from the page as
 * drawn: spaces, line breaks, hyphens at line ends, ligatures and case may differ, letters do not. So both are reduced to their
 * letters and digits, each with its original position.
 */

export interface FoldedText {
  /** Letters and digits only, lower case, without accents. */
  text: string;
  /** For each unit of `text`: its item and the offset inside that item. */
  items: number[];
  offsets: number[];
}

/** Both ends inclusive: from `startOffset` of item `startItem` to `endOffset` of item `endItem`. */
export interface ItemRange {
  startItem: number;
  startOffset: number;
  endItem: number;
  endOffset: number;
}

const keep = /[\p{L}\p{N}]/gu;
const foldCache = new Map<string, string>();

const foldCharacter = (character: string): string => {
  let folded = foldCache.get(character);
  if (folded === undefined) {
    folded = fold(character).match(keep)?.join('') ?? '';
    foldCache.set(character, folded);
  }
  return folded;
};

export const foldItems = (strings: readonly string[]): FoldedText => {
  const parts: string[] = [];
  const items: number[] = [];
  const offsets: number[] = [];
  for (let item = 0; item < strings.length; item += 1) {
    let offset = 0;
    for (const character of strings[item] ?? '') {
      const folded = foldCharacter(character);
      parts.push(folded);
      for (let unit = 0; unit < folded.length; unit += 1) {
        items.push(item);
        offsets.push(offset);
      }
      offset += character.length;
    }
  }
  return { text: parts.join(''), items, offsets };
};

const toItemRange = (folded: FoldedText, start: number, end: number): ItemRange => ({
  startItem: folded.items[start] ?? 0,
  startOffset: folded.offsets[start] ?? 0,
  endItem: folded.items[end - 1] ?? 0,
  endOffset: folded.offsets[end - 1] ?? 0,
});

const gramLength = 12;
const gramStep = 6;
/** A passage counts as found when this share of its pieces is together on the page. */
const enoughGrams = 0.25;

/** Aligns what can be aligned: each piece of the needle votes for the offset at which it was found. */
const alignLoosely = (haystack: string, needle: string): [number, number] | null => {
  const votes = new Map<number, { count: number; from: number; to: number }>();
  let grams = 0;
  for (let at = 0; at + gramLength <= needle.length; at += gramStep) {
    grams += 1;
    const gram = needle.slice(at, at + gramLength);
    for (let seen = haystack.indexOf(gram), tries = 0; seen >= 0 && tries < 8; seen = haystack.indexOf(gram, seen + 1), tries += 1) {
      const bucket = Math.round((seen - at) / 48);
      for (const near of [bucket - 1, bucket, bucket + 1]) {
        const vote = votes.get(near) ?? { count: 0, from: seen, to: seen + gramLength };
        vote.count += 1;
        vote.from = Math.min(vote.from, seen);
        vote.to = Math.max(vote.to, seen + gramLength);
        votes.set(near, vote);
      }
    }
  }
  let best: { count: number; from: number; to: number } | null = null;
  for (const vote of votes.values()) if (!best || vote.count > best.count) best = vote;
  if (!best || grams === 0 || best.count < Math.max(1, grams * enoughGrams)) return null;
  return [best.from, best.to];
};

/**
 * The range of `quote` on the page, or null when it is not there. `near` (0..1) is the expected place of its beginning on the page
 * and decides between several occurrences.
 */
export const findQuote = (page: FoldedText, quote: string, near: number | null = null): ItemRange | null => {
  const needle = foldItems([quote]).text;
  if (needle.length === 0 || page.text.length === 0) return null;
  const wanted = near === null ? 0 : near * page.text.length;
  let best = -1;
  for (let at = page.text.indexOf(needle); at >= 0; at = page.text.indexOf(needle, at + 1)) {
    if (best < 0 || Math.abs(at - wanted) < Math.abs(best - wanted)) best = at;
  }
  if (best >= 0) return toItemRange(page, best, best + needle.length);
  const loose = alignLoosely(page.text, needle);
  return loose && toItemRange(page, loose[0], loose[1]);
};
