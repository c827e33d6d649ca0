import { languageOfText } from '@main/text/detectLanguage';
import type { Language } from '@main/text/languages';
import { informativeWords } from '@main/text/questionWords';
import { stem } from '@main/text/stems';
import { isStopWord } from '@main/text/stopWords';
import { foldedWords } from '@main/text/words';
import { type TextFormat, type TextUnit, textUnits } from './textUnits';

/** The most units of an excerpt, and the most characters, also of a single unit. */
export const excerptLimits = { units: 3, characters: 420 };

/** A section up to this many characters is quoted whole: the answer to a question often lies beside the words that it shares. */
const wholeSection = 800;

/** The weight of a word in the headings above, relative to one in the excerpt itself. */
const headingShare = 0.5;
/**
 * The value of an excerpt is multiplied by this for each further unit, which must therefore add enough. Items and rows are more
 * self-contained than sentences.
 */
const unitDiscount = { sentence: 0.85, item: 0.7, row: 0.7, code: 0.85 };
/** The first unit under a heading introduces the rest, so it is worth more in an excerpt that is read alone. */
const leadShare = 1.25;
/** An excerpt shorter than this also gets the sentence that follows. */
const shortExcerpt = 120;
/** Matches a beginning that refers to an earlier sentence. */
const pointsBack =
  /^(?:it|its|they|their|this|these|those|he|she|so|without (?:it|one)|il|elle|ils|elles|cela|ceci|celle-ci|celui-ci|ces|cette|sans (?:elle|lui))(?![\p{L}\p{N}])/iu;

export interface Excerpt {
  start: number;
  end: number;
  units: readonly TextUnit[];
  /** Informative words (as stems) that it shares with the question, without those of the headings. */
  shared: readonly string[];
}

/** The words that show the subject of a text, folded; none when it has function words only. */
export const contentWords = (text: string): string[] => {
  const words = informativeWords(text).filter((word) => word.length > 1 || /\p{N}/u.test(word));
  return words.every((word) => isStopWord(word, 'en') || isStopWord(word, 'fr')) ? [] : words;
};

const stemsOf = (text: string, language: Language): Set<string> => new Set(foldedWords(text).map((word) => stem(word, language)));

export interface ExcerptRequest {
  text: string;
  format?: TextFormat;
  /** Informative words to search for, folded. */
  words: readonly string[];
  /** Positions that an excerpt must not cross. */
  seams?: readonly number[];
  /**
   * Adds the context that an excerpt needs to be read alone: a short section whole; in a long one the text after a short excerpt,
   * and the text before one that refers back.
   */
  extend?: boolean;
}

/**
 * The 1 to 3 neighbouring sentences, items or rows of a text that share most with the words, each word weighted by how rare it is
 * among the text's units (1 + ln(N / n)). Among equals the shorter, then the first. Null when no unit shares a word.
 */
export const bestExcerpt = ({ text, format, words, seams = [], extend = false }: ExcerptRequest): Excerpt | null => {
  const units = textUnits(text, format);
  const language = languageOfText(text) ?? 'en';
  const wanted = new Set(words.map((word) => stem(word, language)));
  const own = units.map((unit) => intersect(wanted, stemsOf(text.slice(unit.start, unit.end), language)));
  const above = units.map((unit) => intersect(wanted, stemsOf(`${unit.headings.join(' ')} ${unit.columns}`, language)));
  const frequency = new Map<string, number>();
  for (const set of own) for (const word of set) frequency.set(word, (frequency.get(word) ?? 0) + 1);
  const weigh = (found: Iterable<string>): number => {
    let sum = 0;
    for (const word of found) sum += 1 + Math.log(units.length / (frequency.get(word) ?? 1));
    return sum;
  };

  let best: { value: number; length: number; from: number; to: number; shared: Set<string> } | null = null;
  for (let from = 0; from < units.length; from += 1) {
    const shared = new Set<string>();
    for (let to = from; to < units.length && belongs(units, from, to, seams); to += 1) {
      for (const word of own[to] ?? []) shared.add(word);
      const lead = extend && (own[from]?.size ?? 0) > 0 && isLead(units, from) ? leadShare : 1;
      const value =
        lead * (weigh(shared) + headingShare * weigh(above[from] ?? [])) * unitDiscount[(units[from] as TextUnit).kind] ** (to - from);
      const length = (units[to] as TextUnit).end - (units[from] as TextUnit).start;
      // Where only the heading matches, the first unit wins, however short the others are.
      const better = best === null || value > best.value + 1e-9 || (value > best.value - 1e-9 && shared.size > 0 && length < best.length);
      if (value > 0 && better) best = { value, length, from, to, shared: new Set(shared) };
    }
  }
  if (!best) return null;
  if (!extend) return excerptOf(units, best.from, best.to, [...best.shared]);
  const section = sectionAround(text, units, best, seams);
  if (section) return { ...section, shared: [...best.shared] };
  const back = pointsBack.test(text.slice(units[best.from]?.start)) && best.from > 0 && belongs(units, best.from - 1, best.to, seams);
  const from = back ? best.from - 1 : best.from;
  const to = extended(units, from, best.to, seams, best.shared.size === 0);
  return excerptOf(units, from, announced(text, units, from, to, seams), [...best.shared]);
};

/** The beginning of a text: quoted when no word shows where to look. Null for a text without a word. */
export const firstExcerpt = (text: string, format?: TextFormat): Excerpt | null => {
  const units = textUnits(text, format);
  if (units.length === 0) return null;
  const section = sectionAround(text, units, { from: 0, to: 0 }, []);
  return section ?? excerptOf(units, 0, announced(text, units, 0, extended(units, 0, 0, [], true), []), []);
};

const intersect = (wanted: ReadonlySet<string>, present: ReadonlySet<string>): Set<string> =>
  new Set([...wanted].filter((word) => present.has(word)));

const isLead = (units: readonly TextUnit[], index: number): boolean =>
  units[index]?.headings.join('\n') !== units[index - 1]?.headings.join('\n');

const belongs = (units: readonly TextUnit[], from: number, to: number, seams: readonly number[]): boolean => {
  const [first, last] = [units[from] as TextUnit, units[to] as TextUnit];
  return (
    to - from < excerptLimits.units &&
    first.group === last.group &&
    last.end - first.start <= excerptLimits.characters &&
    !seams.some((seam) => seam > first.start && seam < last.end)
  );
};

/**
 * The whole text under the headings of units `from` to `to`, a list with its marks, a table with its first row; null where it is
 * too long or crosses a seam.
 */
const sectionAround = (
  text: string,
  units: readonly TextUnit[],
  { from, to }: { from: number; to: number },
  seams: readonly number[],
): Excerpt | null => {
  const path = units[from]?.headings.join('\n');
  const isInside = (index: number): boolean => units[index]?.headings.join('\n') === path;
  let [first, last] = [from, to];
  while (first > 0 && isInside(first - 1)) first -= 1;
  while (last + 1 < units.length && isInside(last + 1)) last += 1;
  const section = excerptOf(units, first, last, []);
  const { columns, kind } = units[first] as TextUnit;
  if (columns !== '') section.start = Math.max(0, text.lastIndexOf(columns, section.start));
  if (kind === 'item') section.start = text.lastIndexOf('\n', section.start - 1) + 1;
  const fits = section.end - section.start <= wholeSection && !seams.some((seam) => seam > section.start && seam < section.end);
  return fits ? section : null;
};

/** Extends an excerpt by the units that follow: prose until it is long enough to be read alone, all kinds where `whole` is true. */
const extended = (units: readonly TextUnit[], from: number, to: number, seams: readonly number[], whole: boolean): number => {
  let end = to;
  while (end + 1 < units.length && belongs(units, from, end + 1, seams)) {
    const [first, last] = [units[from] as TextUnit, units[end] as TextUnit];
    if (!whole && (first.kind !== 'sentence' || last.end - first.start >= shortExcerpt)) break;
    end += 1;
  }
  return end;
};

/** A unit that ends with a colon announces the list or table below it: its first entries belong to the excerpt. */
const announced = (text: string, units: readonly TextUnit[], from: number, to: number, seams: readonly number[]): number => {
  const [first, last, next] = [units[from] as TextUnit, units[to] as TextUnit, units[to + 1]];
  const announces = text.slice(first.start, last.end).endsWith(':') && next && next.kind !== 'sentence' && next.group === last.group + 1;
  if (!announces) return to;
  let end = to;
  for (let index = to + 1; index <= to + excerptLimits.units && units[index]?.group === next.group; index += 1) {
    const entry = units[index] as TextUnit;
    if (entry.end - first.start > excerptLimits.characters || seams.some((seam) => seam > first.start && seam < entry.end)) break;
    end = index;
  }
  return end;
};

const excerptOf = (units: readonly TextUnit[], from: number, to: number, shared: string[]): Excerpt => ({
  start: (units[from] as TextUnit).start,
  end: (units[to] as TextUnit).end,
  units: units.slice(from, to + 1),
  shared,
});
