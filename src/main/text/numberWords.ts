import { fold } from '@shared/text/fold';
import { quantityAt } from './quantities';
import { numberOfWord } from './wordForms';
import type { WrittenForm } from './writtenForm';

const one = { en: 'one', fr: 'un' } as const;
interface NumberWord {
  /** The number that the word names in the language; NaN for none. */
  en: number;
  fr: number;
  /** True for a word that joins two numbers. */
  isAnd: boolean;
}
const longestNumberWord = 14;
const cacheSize = 100_000;
const numberWords = new Map<string, NumberWord | null>();
/** The meaning of a word within a number; null for nearly all words. Cached, because most words of a library come again. */
const numberWordOf = (word: string): NumberWord | null => {
  if (word.length > longestNumberWord) return null;
  let known = numberWords.get(word);
  if (known === undefined) {
    const folded = fold(word);
    const valueIn = (language: 'en' | 'fr'): number =>
      folded === one[language] ? 1 : Number(numberOfWord(folded, language) ?? Number.NaN);
    const found: NumberWord = { en: valueIn('en'), fr: valueIn('fr'), isAnd: folded === 'and' || folded === 'et' };
    known = found.isAnd || !Number.isNaN(found.en) || !Number.isNaN(found.fr) ? found : null;
    if (numberWords.size >= cacheSize) numberWords.clear();
    numberWords.set(word, known);
  }
  return known;
};

/** Numbers in several words: "twenty-five", "trois cent vingt". Pure. */
export const fromNumberWords = (text: string): WrittenForm[] => {
  const forms: WrittenForm[] = [];
  if (!text.match(/\p{L}+/gu)?.some(numberWordOf)) return forms;
  // The other words are not needed: a number before one of them never reaches the number after it.
  const found: { index: number; length: number; word: NumberWord }[] = [];
  for (const { 0: written, index } of text.matchAll(/\p{L}+/gu)) {
    const word = numberWordOf(written);
    if (word) found.push({ index, length: written.length, word });
  }
  for (const language of ['en', 'fr'] as const) {
    let open: { start: number; end: number; values: number[] } | null = null;
    const close = (): void => {
      const value = open ? sumOf(open.values) : null;
      if (open && value !== null) {
        const { start, end, values } = open;
        const counted = quantityAt(text, start, end, value, true);
        if (values.length > 1) forms.push({ start, end, wholes: [String(value)], parts: [], isNumber: true, beginnings: [] });
        if (counted)
          forms.push({
            start,
            end: counted.end,
            wholes: [...counted.terms, ...(values.length > 1 ? [String(value)] : [])],
            parts: [],
            isNumber: values.length > 1,
            beginnings: [],
          });
      }
      open = null;
    };
    for (const { index, length, word } of found) {
      const value = word[language];
      const isNear = open !== null && /^[\s-]{1,2}$/.test(text.slice((open as { end: number }).end, index));
      if (open && isNear && word.isAnd) {
        (open as { end: number }).end = index + length;
        continue;
      }
      if (Number.isNaN(value)) {
        close();
        continue;
      }
      if (open && isNear) {
        (open as { values: number[] }).values.push(value);
        (open as { end: number }).end = index + length;
      } else {
        close();
        open = { start: index, end: index + length, values: [value] };
      }
    }
    close();
  }
  return forms;
};

/** True when a value may follow in words: twenty and five, soixante et onze, dix-sept. */
const follows = (before: number, value: number): boolean =>
  before === 0 ||
  (before >= 20 && before % 10 === 0 && value < 10) ||
  ((before === 60 || before === 80) && value < 20) ||
  ((before === 10 || before === 70 || before === 90) && value >= 7 && value < 10);

const sumOf = (values: readonly number[]): number | null => {
  let total = 0;
  let group = 0;
  for (const value of values) {
    if (value === 1000 || value === 1_000_000) {
      total += (group || 1) * value;
      group = 0;
    } else if (value === 100) group = (group || 1) * 100;
    else if (value === 20 && group % 100 === 4) group += 76;
    else if (!follows(group % 100, value)) return null;
    else group += value;
  }
  return total + group;
};
