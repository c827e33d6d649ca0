import { monthNames } from '@main/text/calendar';
import { languageOfText } from '@main/text/detectLanguage';
import type { Language } from '@main/text/languages';
import { digitsPattern, valuesOf } from '@main/text/numberValues';
import { romanValue } from '@main/text/romanValue';
import { stem } from '@main/text/stems';
import { isStopWord } from '@main/text/stopWords';
import { numberOfWord } from '@main/text/wordForms';
import { foldedWords } from '@main/text/words';
import { fold } from '@shared/text/fold';

/**
 * The parts of a text that can be compared across languages: its numbers (digits or words, dates, times), its months and days, its
 * units, and its words. "le 3 mars à 14 h 30" and "March 3rd, 2:30 pm" share all of theirs.
 */
export interface EvidenceItems {
  /** Each number as the values it may mean: "1.200" is 1200 or 1.2. */
  numbers: readonly (readonly string[])[];
  /** Folded, without function words, each once. */
  words: readonly string[];
  /** Those of the words that are written as names. */
  names: ReadonlySet<string>;
  /** True when the text denies or forbids something. */
  negative: boolean;
}

const list = (words: string): string[] => words.split(' ');
const byWord = (groups: readonly string[], prefix: string): [string, string][] =>
  groups.flatMap((group, index) => list(group).map((word): [string, string] => [word, `${prefix}${index + 1}`]));

/** Words with the same meaning in both languages that vectors of words distinguish badly. */
const shared = new Map<string, string>([
  // "May" is as often a verb; where it is a month, `plain` has replaced it by "mai".
  ...monthNames.flatMap((names, index) =>
    names.filter((name) => name !== 'may').map((name): [string, string] => [name, `month${index + 1}`]),
  ),
  ...byWord(
    [
      'monday mondays lundi lundis',
      'tuesday tuesdays mardi mardis',
      'wednesday wednesdays mercredi mercredis',
      'thursday thursdays jeudi jeudis',
      'friday fridays vendredi vendredis',
      'saturday saturdays samedi samedis',
      'sunday sundays dimanche dimanches',
    ],
    'weekday',
  ),
  ...['euro', 'euros', 'eur'].map((word): [string, string] => [word, 'euro']),
  ...['dollar', 'dollars', 'usd'].map((word): [string, string] => [word, 'dollar']),
  ...['percent', 'pourcent'].map((word): [string, string] => [word, 'percent']),
]);

const symbols: readonly [RegExp, string][] = [
  [/(?:per|pour)[ -]cent\b|[%٪]/giu, ' percent '],
  [/€/g, ' euro '],
  [/\$/g, ' dollar '],
  [/£/g, ' pound '],
  [/°\s?C\b/g, ' celsius '],
  [/(?<=\d\s?)km\b/g, ' kilometre '],
  [/(?<=\d\s?)kg\b/g, ' kilogram '],
  [/(?<=\d\s?)m\b/g, ' metre '],
  [/(?<=\d\s?)ha\b/g, ' hectare '],
  [/(?<=\d\s?)h\b/g, ' hour '],
  [/(?<=\d\s?)min\b/g, ' minute '],
];

const moreValues = new Map([
  ['one', 1],
  ['un', 1],
  ['une', 1],
  ['dizaine', 10],
  ['twice', 2],
  ['fortnight', 15],
]);
/** The value of a word for a number below 100, in either language. */
const smallNumberOf = (word: string): number | undefined => {
  const value = moreValues.get(word) ?? Number(numberOfWord(word, 'en') ?? numberOfWord(word, 'fr') ?? Number.NaN);
  return value < 100 ? value : undefined;
};
const scales = new Map([
  ['hundred', 100],
  ['hundreds', 100],
  ['cent', 100],
  ['cents', 100],
  ['centaine', 100],
  ['thousand', 1_000],
  ['thousands', 1_000],
  ['mille', 1_000],
  ['million', 1_000_000],
  ['millions', 1_000_000],
]);
/** Words that are articles as often as numbers: alone they mean nothing. */
const alone = new Set(['one', 'un', 'une', 'seconde']);

/** Numbers written as words, and the text without them. */
const spelledNumbers = (text: string): { numbers: string[][]; rest: string } => {
  const numbers: string[][] = [];
  const words = text.split(/([^\p{L}\p{N}]+)/u);
  let current: number | null = null;
  let total = 0;
  let taken: string[] = [];
  const kept: string[] = [];
  const flush = (): void => {
    if (current === null && total === 0) {
      taken = [];
      return;
    }
    const value = total + (current ?? 0);
    if (taken.length === 1 && alone.has(taken[0] as string)) kept.push(` ${taken[0]} `);
    else numbers.push([String(value)]);
    current = null;
    total = 0;
    taken = [];
  };
  for (let index = 0; index < words.length; index += 2) {
    const word = fold(words[index] ?? '');
    const gap = words[index + 1] ?? '';
    const value = smallNumberOf(word);
    const scale = scales.get(word);
    if (value !== undefined) {
      const before: number | null = current;
      if (before === 4 && value === 20) current = 80;
      else if (before === null) current = value;
      else if ((before % 100 === 0 && value < 100) || (before % 10 === 0 && value < 10) || ((before === 60 || before === 80) && value < 20))
        current = before + value;
      else {
        flush();
        current = value;
      }
      taken.push(word);
    } else if (scale !== undefined && (current !== null || total > 0 || /mille|cent/.test(word))) {
      if (scale === 100) current = (current ?? 1) * 100;
      else {
        total += (current ?? 1) * scale;
        current = null;
      }
      taken.push(word);
    } else if (taken.length > 0 && (word === 'and' || word === 'et') && /^[ -]$/.test(gap) && current !== null && current % 10 === 0) {
      // "vingt et un", "two hundred and five".
      const next = smallNumberOf(fold(words[index + 2] ?? ''));
      if (next === undefined || next >= 100) {
        flush();
        kept.push(`${words[index]}`);
      }
    } else {
      flush();
      kept.push(words[index] ?? '');
    }
    if (taken.length === 0 || !/^[ -]$/.test(gap)) {
      flush();
      kept.push(gap);
    }
  }
  flush();
  return { numbers, rest: kept.join('') };
};

const nameOfMonth = (digits: string | undefined): string => {
  const name = monthNames[Number(digits) - 1]?.[0] ?? '';
  return name === 'may' ? 'mai' : name;
};

/** Dates, times, signs and centuries in one form. */
const plain = (text: string): string => {
  let result = text
    .replace(/\b(\d{4})-(\d{2})-(\d{2})\b/g, (_, year, month, day) => ` ${Number(day)} ${nameOfMonth(month)} ${year} `)
    .replace(/\b(\d{1,2})[/.](\d{1,2})[/.](\d{4})\b/g, (_, day, month, year) => ` ${Number(day)} ${nameOfMonth(month)} ${year} `)
    .replace(/\b(\d{1,2})(?:[.:](\d{2}))?\s?([ap])\.?m\b\.?/gi, (_, hour, minute, half) => {
      const value = (Number(hour) % 12) + (String(half).toLowerCase() === 'p' ? 12 : 0);
      return ` ${value} hour ${minute && minute !== '00' ? Number(minute) : ''} `;
    })
    .replace(/\b(\d{1,2})\s?(?::|h)\s?(\d{2})\b/g, (_, hour, minute) => ` ${Number(hour)} hour ${minute === '00' ? '' : Number(minute)} `)
    .replace(/\bMay\b(?=[\s,.;:)]|$)/g, (word, at: number) => (at === 0 ? word : 'mai'))
    .replace(/\b([IVX]|[IVXLC]{2,7})(?:e|ème|er)\b/g, (_, digits) => ` ${romanValue(digits)} `)
    .replace(/\b(\d+)(?:st|nd|rd|th|er|ère|e|ème)\b/g, '$1 ')
    .replace(/\b(\d+(?:[.,]\d+)?)\s(million|milliard|billion)s?\b/gi, (_, digits, scale) =>
      String(Math.round(Number(String(digits).replace(',', '.')) * (/million/i.test(scale) ? 1e6 : 1e9))),
    )
    .replace(/\b(?:midi|noon)\b/gi, ' 12 hour ')
    .replace(/\b(?:minuit|midnight)\b/gi, ' 0 hour ');
  for (const [sign, word] of symbols) result = result.replace(sign, word);
  return result;
};

const negation =
  /\b(?:not|no|never|without|nobody|nothing|none|cannot|forbidden|prohibited|banned|refused|except|unless|pas|jamais|sans|aucun|aucune|rien|interdit|interdite|interdits|interdites|défendu|défense|refusé|sauf)\b|n['’]t\b/iu;

/** The comparable items of a text. Function words of `language` are left out where it is given. */
export const evidenceOf = (text: string, language: Language | null = null): EvidenceItems => {
  const { numbers, rest } = spelledNumbers(plain(text));
  const found = [...numbers];
  const worded = rest.replace(digitsPattern, (digits) => {
    found.push(valuesOf(digits));
    return ' ';
  });
  const all = foldedWords(worded).map((word) => shared.get(word) ?? word);
  const spokenLanguage = language === 'en' || language === 'fr' ? language : languageOfText(text);
  const contentWords = all.filter((word) =>
    word.length < 2 ? false : spokenLanguage ? !isStopWord(word, spokenLanguage) : !isStopWord(word, 'en') && !isStopWord(word, 'fr'),
  );
  const written = new Set(contentWords);
  const names = new Set<string>();
  for (const match of worded.matchAll(/(?<=[\p{Ll},;’'(“«"]\s?)\p{Lu}[\p{L}\p{N}-]+/gu))
    for (const word of foldedWords(match[0])) if (written.has(word)) names.add(word);
  return { numbers: found, words: [...written], names, negative: negation.test(text) };
};

/**
 * How surely two words are the same, judged by their letters (0..1): the same stem, or nearly the same beginning (a name in two
 * languages).
 */
export const sameLetters = (word: string, other: string, language: Language): number => {
  if (word === other || stem(word, language) === stem(other, language)) return 1;
  const shorter = Math.min(word.length, other.length);
  let common = 0;
  while (common < shorter && word[common] === other[common]) common += 1;
  return common >= 4 && common / Math.max(word.length, other.length) >= 0.7 ? 0.8 : 0;
};
