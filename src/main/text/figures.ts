import { fold } from '@shared/text/fold';
import { monthOf } from './calendar';
import { valuesOf } from './numberValues';
import { fromNumberWords } from './numberWords';
import { quantityAt } from './quantities';
import { numberOfWord } from './wordForms';
import { fromDates } from './writtenDates';
import { fromTimes } from './writtenTimes';

/**
 * Something exact that a text states: a number with its unit, a date, a time of day, or a code of letters and digits. `values` are
 * the meanings that its writing allows: "9.000" is 9000 or 9.
 */
export interface Figure {
  /** `[start, end)` in the text. */
  start: number;
  end: number;
  kind: 'number' | 'date' | 'time' | 'code';
  /**
   * Numbers: digits with a point. Dates: `2026-03-12`, `-03-12` without a year, `2026-03`, `03` for a month alone. Times: `14:30`.
   * Codes: folded letters and digits.
   */
  values: readonly string[];
  /** Only of numbers: `eur`, `%`, `month` (`quantities.ts`); null where none is written. */
  unit: string | null;
}

const number =
  /(?<![\p{L}\p{N}]|\p{N}[.,])(?:\p{Nd}{1,3}(?:[   .,'’]\p{Nd}{3})+(?:[.,]\p{Nd}{1,2})?|\p{Nd}{1,15}(?:[.,]\p{Nd}{1,6})?)(?![.,]?\p{Nd})/gu;
/** A code: letters and digits in one word, or groups of digits joined by a hyphen or a stroke. */
const code = /(?<![\p{L}\p{N}])[\p{L}\p{N}]+(?:[-/_.][\p{L}\p{N}]+)*(?![\p{L}\p{N}])/gu;
const ordinal = /^(\d{1,4})(?:st|nd|rd|th|er|re|ère|e|è|ème|ieme|ième|nde?)$/iu;
/** A number with its unit and nothing between: "55°C" needs no care, "20min" and "5kg" do. */
const joined = /^\d+(?:[.,]\d+)?(?:\p{L}{1,3}[²³]?|\p{L}+\/\p{L}+)$/u;
/** "3-year", "2024-2025", "10-12": a hyphen between numbers and words of their own. */
const apart = /^\d+-\p{L}{3,}$|^(?:19|20)\d\d[-/](?:19|20)?\d\d$|^[1-9]\d?[-/][1-9]\d?$/u;
/** "du 4 au 17 septembre": the first day has the month of the second. */
const rangeBefore = /(?<![\p{N}.,])(\d{1,2})(?:er|st|nd|rd|th)?\s*(?:au|à|et|to|and|until|through|[-–])\s*(?:le\s+|the\s+)?$/iu;
const oneWord = /(?<![\p{L}\p{N}])\p{L}{2,12}(?![\p{L}\p{N}])/gu;
/** Months that are other words too: they count only with a day or a year. */
const otherWords = new Set(['mar', 'march', 'may', 'mai', 'mars', 'jan', 'dec', 'nov', 'sep', 'sept', 'oct', 'avr', 'apr', 'jun', 'jul']);
/** Words for numbers that are articles as often. */
const articles = new Set(['one', 'un', 'une', 'second', 'seconde']);

/** Smaller numbers in words, without a unit, are said of anything: "both", "the two documents". */
const leastCount = 3;
/** "Per cent", "thousands". */
const mostCount = 99;
const ordinalWord = /(?:th|rd|st|nd|iemes?|premiers?|premieres?)$/;

/** The text with a range replaced by blanks, so that nothing in it is read twice. */
const without = (text: string, start: number, end: number): string => text.slice(0, start) + ' '.repeat(end - start) + text.slice(end);

const withUnit = (text: string, start: number, end: number, values: readonly string[]): Pick<Figure, 'values' | 'unit'> => {
  const units = values.map((value) => quantityAt(text, start, end, Number(value), true)?.terms ?? []);
  const [, unit = null] = /^\S+ (.+)$/.exec(units[0]?.[0] ?? '') ?? [];
  return { values: values.map((value, index) => /^\S+/.exec(units[index]?.[0] ?? value)?.[0] ?? value), unit };
};

/**
 * The figures of a text, in its order, none within another. `counts` also takes small numbers that are words alone ("six"), which a
 * passage may state and an answer write in digits.
 */
export const figuresIn = (text: string, { counts = false }: { counts?: boolean } = {}): Figure[] => {
  const figures: Figure[] = [];
  let left = text;
  const take = (figure: Figure): void => {
    figures.push(figure);
    left = without(left, figure.start, figure.end);
  };
  for (const { start, end, wholes } of fromDates(text).sort((a, b) => a.start - b.start || b.end - a.end)) {
    if (left.slice(start, end) !== text.slice(start, end)) continue;
    const [value = ''] = wholes;
    const values = /^\d{4}-\d\d-\d\d$/.test(value) ? wholes.filter((one) => one.length === value.length) : [value];
    const earlier = rangeBefore.exec(left.slice(0, start));
    take({ start, end, kind: 'date', values, unit: null });
    if (earlier?.[1] && /-\d\d-\d\d$/.test(value)) {
      const day = earlier[1].padStart(2, '0');
      take({ start: earlier.index, end: earlier.index + earlier[1].length, kind: 'date', values: [value.slice(0, -2) + day], unit: null });
    }
  }
  // "37 heures par semaine" is a length of time.
  for (const { start, end, wholes } of fromTimes(left).sort((a, b) => a.start - b.start || b.end - a.end)) {
    // "37 heures par semaine" is a length of time.
    if (left.slice(start, end) !== text.slice(start, end) || /^\d+\s?(?:h|heures?)$/i.test(text.slice(start, end))) continue;
    take({ start, end, kind: 'time', values: wholes, unit: null });
  }
  for (const { 0: word, index } of left.matchAll(code)) {
    if (!/\d/.test(word) || ordinal.test(word) || joined.test(word) || apart.test(word)) continue;
    const isMixed = /\p{L}/u.test(word) || /^\d+(?:[-/]\d+)+$/.test(word);
    if (isMixed)
      take({ start: index, end: index + word.length, kind: 'code', values: [fold(word).replace(/[^\p{L}\p{N}]/gu, '')], unit: null });
  }
  for (const { 0: word, index } of left.matchAll(code)) {
    const digits = ordinal.exec(word)?.[1];
    if (digits) take({ start: index, end: index + word.length, kind: 'number', values: [String(Number(digits))], unit: null });
  }
  const digits = left;
  for (const { 0: word, index } of digits.matchAll(number)) {
    const end = index + word.length;
    take({ start: index, end, kind: 'number', ...withUnit(digits, index, end, valuesOf(word.normalize('NFKC'))) });
  }
  for (const { start, end, wholes } of fromNumberWords(left).sort((a, b) => a.start - b.start || b.end - a.end)) {
    if (/\d/.test(text.slice(start, end)) || left.slice(start, end) !== text.slice(start, end)) continue;
    const [, value = wholes[0] ?? '', unit = null] = /^(\S+) (.+)$/.exec(wholes[0] ?? '') ?? [];
    const isArticle = articles.has(fold(/^\p{L}+/u.exec(text.slice(start, end))?.[0] ?? '')) && value === '1';
    if (counts || !isArticle) take({ start, end, kind: 'number', values: [value], unit });
  }
  for (const { 0: word, index } of left.matchAll(oneWord)) {
    const folded = fold(word);
    const month = otherWords.has(folded) ? undefined : monthOf(folded);
    if (month) take({ start: index, end: index + word.length, kind: 'date', values: [String(month).padStart(2, '0')], unit: null });
    else {
      const value = numberOfWord(folded, 'en') ?? numberOfWord(folded, 'fr') ?? (articles.has(folded) ? '1' : null);
      const states = counts || (Number(value) >= leastCount && Number(value) <= mostCount && !ordinalWord.test(folded));
      if (value && states) take({ start: index, end: index + word.length, kind: 'number', values: [value], unit: null });
    }
  }
  return figures.sort((a, b) => a.start - b.start);
};
