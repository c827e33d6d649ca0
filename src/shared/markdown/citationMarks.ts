import { isSentenceEnd } from '@shared/text/sentences';
import { canStand, followsThing, inRow, isList, isSingle } from './bracketContext';
import { type Prose, readProse } from './prose';
import type { Region } from './regions';

/**
 * Finds the places of a text that cite numbered sources: `[1]`, `[1, 2]`, `[1-3]`, `[Source 1]`, `【1】`, `[1†source]`. A number in
 * brackets is as often an interval, an array, a scale or a document's own note, so the text around it decides.
 */
export interface CitationMark {
  start: number;
  end: number;
  /** Those of the numbers that are sources, in the order written, each once. */
  numbers: readonly number[];
}

export interface MarkOptions {
  /** Numbers of the given sources. */
  known: Pick<ReadonlySet<number>, 'has' | 'size'>;
  /** True when words that end with a number in brackets occur in a source: the number is then the source's own. */
  isQuoted?: ((words: string) => boolean) | undefined;
  /** Names whose address the text defines elsewhere. */
  names?: ReadonlySet<string> | undefined;
  /** True when more text may follow: a list of numbers at the very end is not judged yet. */
  open?: boolean | undefined;
}

const widestRange = 20;
/** How many characters before a number are compared with the sources. */
const quotedWords = 28;
const number = String.raw`\d{1,3}`;
const named = String.raw`(?:(?:sources?|documents?|docs?|passages?|extraits?|r[ée]f[ée]rences?|r[ée]fs?|n)\b[ \t]*[.:]?[ \t]*(?:n?[°º][ \t]*)?)`;
const one = String.raw`${named}?${number}(?:[ \t]*[–-][ \t]*${number})?(?:[ \t]*†[^\]】\n]{0,80})?`;
const inside = String.raw`[ \t]*(${one}(?:[ \t]*(?:[,;]|&|\band\b|\bet\b)[ \t]*${one})*)[ \t]*`;
const bracket = new RegExp(String.raw`\[${inside}\]|【${inside}】`, 'iy');
const explicit = /[\p{L}†【]/u;

/** The numbers inside a bracket, with ranges expanded; null when it is no list of numbers from 1 on. */
const numbersOf = (text: string): number[] | null => {
  const numbers: number[] = [];
  for (const part of text.replace(/†[^,;\]】]*/g, '').split(/[,;&]|\band\b|\bet\b/i)) {
    const digits = part.match(/\d+/g) ?? [];
    if (digits.some((digit) => digit.startsWith('0'))) return null;
    const [from, to] = digits.map(Number);
    if (from === undefined) return null;
    if (to === undefined) numbers.push(from);
    else if (to <= from || to - from > widestRange) return null;
    else for (let next = from; next <= to; next += 1) numbers.push(next);
  }
  return numbers;
};

/** Judges the bracket that begins at `at`; null when it cites nothing. */
const markAt = (text: string, at: number, paragraph: readonly [number, number], options: MarkOptions): CitationMark | null => {
  bracket.lastIndex = at;
  const match = bracket.exec(text);
  const body = match?.[1] ?? match?.[2];
  if (!match || body === undefined) return null;
  const end = at + match[0].length;
  const numbers = numbersOf(body);
  const cited = [...new Set(numbers)].filter((candidate) => options.known.has(candidate));
  if (!numbers || end > paragraph[1] || cited.length === 0) return null;
  const ranged = /\d[ \t]*[–-][ \t]*\d/.test(body);
  if (ranged && cited.length < numbers.length) return null;
  const before = text.slice(Math.max(paragraph[0], at - 160), at);
  const after = text.slice(end, Math.min(paragraph[1], end + 60));
  const plain = !explicit.test(match[0]) || /^\[[ \t]*\d+[ \t]*(?:and|et)\b/i.test(match[0]);
  if (!canStand(text, at, end, before, after)) return null;
  const unbracketed = before.replace(/(?:\s?[[【][^\][【】]{1,60}[\]】])+\s?$/, '');
  if (plain && numbers.length === 1 && !isSingle(unbracketed, after)) return null;
  if (plain && numbers.length > 1) {
    if (options.open && after.trim() === '' && !isSentenceEnd(unbracketed)) return null;
    const following = after.replace(/^(?:\s?[[【][^\][【】]{1,60}[\]】])+/, '');
    if (
      !(inRow(before, after) && isSingle(unbracketed, following) && !followsThing(unbracketed)) &&
      !isList(unbracketed, following, numbers, ranged)
    )
      return null;
  }
  const words = text.slice(Math.max(paragraph[0], at - quotedWords), end).replace(/^\S*\s+/, '');
  if (options.isQuoted && words.length > match[0].length + 8 && options.isQuoted(words)) return null;
  return { start: at, end, numbers: cited };
};

/** The next bracket and region of a text, kept between its paragraphs so that each is found only once. */
interface Follow {
  bracket: number;
  region: number;
}

/** The citations of a paragraph, in order; null for each other bracket. */
function* marksIn(
  text: string,
  paragraph: readonly [number, number],
  regions: readonly Region[],
  follow: Follow,
  options: MarkOptions,
): Generator<CitationMark | null, void, void> {
  const opens = /[[【]/g;
  for (let from = paragraph[0]; ; ) {
    if (follow.bracket < from) {
      opens.lastIndex = from;
      follow.bracket = opens.exec(text)?.index ?? Number.POSITIVE_INFINITY;
    }
    const at = follow.bracket;
    if (at >= paragraph[1]) return;
    const region = regionAt(regions, at, follow.region);
    follow.region = region.index;
    const mark = region.found ? null : markAt(text, at, paragraph, options);
    from = Math.max(region.found?.end ?? mark?.end ?? 0, at + 1);
    yield mark;
  }
}

/** Yields the citations of a text, in order, and null where the caller may pause. */
export function* readCitationMarks(text: string, options: MarkOptions): Generator<CitationMark | null, void, void> {
  if (options.known.size === 0) return;
  const follow = { bracket: -1, region: 0 };
  for (const part of readProse(text, options.names)) {
    if (!part?.paragraph) yield null;
    else {
      follow.region = 0;
      yield* marksIn(text, part.paragraph, part.regions, follow, options);
    }
  }
}

/** The citations of a text, in order. `prose` is given where the text was already read. */
export const findCitationMarks = (text: string, options: MarkOptions, prose?: Prose): CitationMark[] => {
  if (options.known.size === 0) return [];
  const found: CitationMark[] = [];
  const keep = (marks: Iterable<CitationMark | null>): void => {
    for (const mark of marks) if (mark) found.push(mark);
  };
  if (!prose) keep(readCitationMarks(text, options));
  const follow = { bracket: -1, region: 0 };
  for (const paragraph of prose?.paragraphs ?? []) keep(marksIn(text, paragraph, prose?.regions ?? [], follow, options));
  return found;
};

/** The region that contains a place, searched from index `from` on. */
const regionAt = (regions: readonly Region[], place: number, from: number): { found: Region | null; index: number } => {
  let index = from;
  while (index < regions.length && (regions[index] as Region).end <= place) index += 1;
  const region = regions[index];
  return { found: region && region.start <= place ? region : null, index };
};

const spaces = /\s+/g;

/** For `isQuoted`: returns a function that is true for words that occur in one of the texts, ignoring blanks. */
export const quotedIn = (texts: readonly string[]): ((words: string) => boolean) => {
  const bare = texts.map((text) => text.replace(spaces, ' '));
  return (words) => {
    const wanted = words.replace(spaces, ' ');
    return bare.some((text) => text.includes(wanted));
  };
};
