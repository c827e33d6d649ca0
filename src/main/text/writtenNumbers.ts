import { fold } from '@shared/text/fold';
import { quantitiesIn } from './quantities';
import type { WrittenForm } from './writtenForm';

const digitRun = /(?<![\p{L}\p{N}]|[\p{L}\p{N}][.,])\+?\p{Nd}+(?:(?:[   .,'’·/\-‐‑–]|\s?\(0\)\s?|\)[  -]?)\p{Nd}+)+/gu;
const grouped = /(?<![\d.,])\d{1,3}(?:([   .,'’])\d{3})(?:\1\d{3})*(?:[.,]\d{1,2})?(?!\d)/g;
const decimal = /(?<![\d.,])(?:0|[1-9]\d*)[.,]\d+(?![\d]|[.,]\d)/g;
const frenchPhone = /(?<!\d)0[1-9](?:[ .-]\d{2}){4}(?!\d)/g;

const digitsOf = (text: string): string => text.replace(/\D/g, '');
/** "1 234,50" as "1234.5". */
const numberTerm = (text: string): string => {
  const separators = text.match(/[^\d]/g) ?? [];
  if (separators.length === 0) return text.replace(/^0+(?=\d)/, '');
  const last = separators.at(-1) as string;
  const [fraction] = /\d+$/.exec(text) ?? [''];
  const isFraction =
    (last === '.' || last === ',') && (fraction.length !== 3 || (separators.length === 1 && !/^\d{1,3}[.,]\d{3}$/.test(text)));
  if (!isFraction) return digitsOf(text).replace(/^0+(?=\d)/, '');
  const whole = digitsOf(text.slice(0, text.length - fraction.length - 1)).replace(/^0+(?=\d)/, '');
  const decimals = fraction.replace(/0+$/, '');
  return decimals ? `${whole}.${decimals}` : whole;
};

const lengthOfSubscriber = 9;
/** Long numbers: phones, bank cards, ISBN. Their last digits are the same with and without a country's prefix. */
export const longNumberTerms = (digits: string): string[] =>
  digits.length >= lengthOfSubscriber && digits.length <= 15 ? [digits, `*${digits.slice(-lengthOfSubscriber)}`] : [digits];

/** Numbers in digits: grouped, decimal, phones, cards, versions. */
export const fromDigits = (text: string): WrittenForm[] =>
  Array.from(text.matchAll(digitRun)).flatMap(({ 0: raw, index }) => {
    const run = fold(raw).replaceAll('’', "'");
    const at = (start: number, length: number, wholes: string[]): WrittenForm => ({
      start: index + start,
      end: index + start + length,
      wholes,
      parts: [],
      isNumber: true,
      beginnings: [],
    });
    const forms: WrittenForm[] = [];
    const plain = run.replace(/\s?\(0\)\s?/, ' ');
    const digits = digitsOf(plain);
    // Folding digits and separators changes no length, so that the offsets stay valid.
    const groups = Array.from(run.matchAll(grouped), (match) => at(match.index, match[0].length, [numberTerm(match[0])]));
    forms.push(...groups);
    for (const match of run.matchAll(decimal)) {
      const form = at(match.index, match[0].length, [numberTerm(match[0])]);
      if (!groups.some(({ start, end }) => start <= form.start && form.end <= end)) forms.push(form);
    }
    if (digits.length > 10)
      for (const match of run.matchAll(frenchPhone)) forms.push(at(match.index, match[0].length, longNumberTerms(digitsOf(match[0]))));
    if (/^\d+(?:\.\d+){2,}$/.test(run)) forms.push(at(0, run.length, [run]));
    // In "Article 16-3" the numbers are words too.
    if (/^\d{1,4}(?:-\d{1,4})+$/.test(run) && digits.length < 7) forms.push({ ...at(0, run.length, [run]), isNumber: false });
    if (digits.length >= 7 && digits.length <= 34) forms.push(at(0, run.length, longNumberTerms(digits)));
    return forms;
  });

/** Numbers with a unit, as one term in either language. */
export const fromQuantities = (text: string): WrittenForm[] =>
  quantitiesIn(text, (digits) => Number(numberTerm(fold(digits).replaceAll('’', "'")))).map(({ start, end, terms, isPlain }) => ({
    start,
    end,
    wholes: terms,
    parts: [],
    isNumber: !isPlain,
    beginnings: [],
  }));
