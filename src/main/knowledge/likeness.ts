import { isSentenceStart } from '@shared/text/sentences';

/** How many characters of a text are compared: enough to recognise it, few enough that nothing else has to wait. */
export const comparedCharacters = 200_000;
/** Below this many words, two shared words in a row mean as much as three in a longer text. */
const shortText = 80;
const leastShared = 4;

/** Letters and digits in a row; in scripts without spaces between words, each letter. */
const tokens =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]|[\p{L}\p{M}\p{N}]+/gu;

interface Profile {
  words: string[];
  /** The items that distinguish texts of the same form: numbers, and names (words with a capital within a sentence). */
  marks: Set<string>;
}

const profileOf = (text: string): Profile => {
  const compared = text.slice(0, comparedCharacters).normalize('NFKC');
  const words: string[] = [];
  const marks = new Set<string>();
  for (const match of compared.matchAll(tokens)) {
    const [word] = match;
    const lower = word.toLowerCase();
    words.push(lower);
    if (/\p{N}/u.test(word)) marks.add(lower);
    else if (word !== lower && match.index > 0 && !isSentenceStart(compared.slice(Math.max(0, match.index - 8), match.index)))
      marks.add(lower);
  }
  return { words, marks };
};

/** Hashes all runs of `length` words to 32 bits (FNV-1a). */
const shingles = (words: readonly string[], length: number): Set<number> => {
  const found = new Set<number>();
  const size = Math.min(length, words.length);
  for (let at = 0; at + size <= words.length && size > 0; at += 1) {
    let hash = 0x811c9dc5;
    for (let next = at; next < at + size; next += 1) {
      const word = words[next] as string;
      for (let index = 0; index < word.length; index += 1) hash = Math.imul(hash ^ word.charCodeAt(index), 0x01000193);
      hash = Math.imul(hash ^ 0x20, 0x01000193);
    }
    found.add(hash >>> 0);
  }
  return found;
};

const sharedBy = <Item>(one: ReadonlySet<Item>, other: ReadonlySet<Item>): number => {
  let shared = 0;
  for (const item of one) if (other.has(item)) shared += 1;
  return shared;
};

/**
 * How alike two texts are, 0 to 1: the share of the shorter one's runs of words that the other also has. A text that was cut or
 * grew stays alike, one that was rewritten does not.
 */
const likeness = (one: Profile, other: Profile): { alike: number; equal: number; shared: number; sizes: number } => {
  const length = Math.min(one.words.length, other.words.length) < shortText ? 2 : 3;
  const [a, b] = [shingles(one.words, length), shingles(other.words, length)];
  const shared = sharedBy(a, b);
  const [less, more] = [Math.min(a.size, b.size), Math.max(a.size, b.size)];
  const all = a.size + b.size - shared;
  return { alike: less === 0 ? 0 : shared / less, equal: all === 0 ? 0 : shared / all, shared, sizes: more === 0 ? 1 : less / more };
};

/**
 * True when a text is another version of an earlier one. In doubt false: two separate documents lose nothing. Two copies of a form,
 * filled in differently, share nearly all words but hardly a name or number: they are two documents.
 */
export const isNewVersion = (text: string, earlier: string): boolean => {
  const [one, other] = [profileOf(text), profileOf(earlier)];
  const { alike, equal, shared, sizes } = likeness(one, other);
  if (equal >= 0.97) return true;
  if (shared < leastShared && equal < 0.5) return false;
  const short = Math.min(one.words.length, other.words.length) < shortText;
  // The more one text outgrows the other, the more of the smaller one it must contain: common phrases are in any long text.
  if (alike < (short ? 0.6 : 0.4) + (1 - sizes) * 0.3) return false;
  const marks = Math.min(one.marks.size, other.marks.size);
  const kept = marks === 0 ? 1 : sharedBy(one.marks, other.marks) / marks;
  return !((marks >= 3 && kept < 0.34) || (marks >= 6 && kept < 0.5)) || (equal >= 0.9 && kept > 0);
};
