import { monthNames, monthOf } from '@main/text/calendar';
import { romanValue } from '@main/text/romanValue';
import { numberOfWord } from '@main/text/wordForms';
import { fold, invisible } from '@shared/text/fold';
import { quantitiesIn, quantityAt } from './quantities';

/**
 * A stretch of text that can be written in other ways: an identifier, a compound, a number, a date, a checksum. `wholes` are its
 * terms in any spelling, `parts` the terms it consists of where they are no words of the text.
 */
export interface WrittenForm {
  start: number;
  end: number;
  wholes: string[];
  parts: string[];
  /** True when its words mean little by themselves: "1" and "000", "03" and "05". */
  isNumber: boolean;
  /** Terms for its beginnings: people write a checksum short elsewhere. */
  beginnings: string[];
}

const letters = `\\p{L}\\p{N}\\p{M}${invisible}`;
const hyphens = '\\-‐‑‒–−';
// The lookbehinds keep these patterns linear: a run that fits nowhere is not tried from each of its letters.
const connected = new RegExp(
  `(?<![${letters}])[${letters}]+(?:(?:[${hyphens}_./\\\\:@&+#~%=?'’]{1,3}|[${hyphens}]\\n)[${letters}]+)+`,
  'gu',
);
const connectors = new RegExp(`[^${letters}]+`, 'gu');
const segments = /[/\\?&=#@~%]+|:+/u;
const single = new RegExp(`[${letters}]+`, 'gu');
const elision = /^(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu)['’]/i;
/** "O'Brien" and "D'Artagnan" are names. */
const elidedName = /^\p{Lu}['’]\p{Lu}/u;
/** Endings that grammar appends to a word: "'s", "-t-il", "-moi". */
const appended = /(?:['’](?:s|t|d|m|ll|re|ve)|-t[-'’](?:ils?|elles?|on|en|y)|-(?:je|tu|ils?|elles?|nous|vous|ce|moi|toi|là|ci))$/i;
/** The most pieces with which a name is still joined as a whole, or its pieces taken in pairs. */
const mostPieces = 24;

const hasInnerCase = /\p{Ll}\p{Lu}|\p{Lu}{2}\p{Ll}|\p{N}\p{Lu}/u;
const caseParts = /\p{Lu}+(?!\p{Ll})\p{N}*|\p{Lu}?[\p{Ll}\p{Lo}\p{M}]+\p{N}*|\p{Lu}\p{N}*|\p{N}+/gu;
const letterDigit = /\p{L}\p{N}|\p{N}\p{L}/u;
const checksum = /^(?=.*\d)(?=.*[a-f])[0-9a-f]{7,}$/;
/** Lengths at which people cut a checksum short. */
const prefixLengths = [7, 8, 9, 10, 11, 12, 16, 20, 24, 32];

const digitRun = /(?<![\p{L}\p{N}]|[\p{L}\p{N}][.,])\+?\p{Nd}+(?:(?:[   .,'’·/\-‐‑–]|\s?\(0\)\s?|\)[  -]?)\p{Nd}+)+/gu;
const grouped = /(?<![\d.,])\d{1,3}(?:([   .,'’])\d{3})(?:\1\d{3})*(?:[.,]\d{1,2})?(?!\d)/g;
const decimal = /(?<![\d.,])(?:0|[1-9]\d*)[.,]\d+(?![\d]|[.,]\d)/g;
const frenchPhone = /(?<!\d)0[1-9](?:[ .-]\d{2}){4}(?!\d)/g;
/** Verbs with a particle, which are also written as one word: "log in", "set up". */
const phrasal =
  /(?<![\p{L}\p{N}])(?:(\p{L}{3,10}) (up|out|off|down|back|over)|(log|sign|check|plug|opt|drop|walk|drive|trade|buy|break|phone|clock|stand|add) (in|on|by|through))(?![\p{L}\p{N}])/giu;
const version = /^v?(\d+(?:\.\d+){1,5})/i;
const bank = /(?<![\p{L}\p{N}])\p{Lu}{2}\d{2}(?: ?[\p{Lu}\d]{4}){2,7}(?: ?[\p{Lu}\d]{1,3})?(?![\p{L}\p{N}])/gu;
/** Bytes in pairs of digits: "4A 6F 79 21". */
const bytes = /(?<![\p{L}\p{N}])(?=[\d ]*[A-F])[\dA-F]{2}(?: [\dA-F]{2}){3,31}(?![\p{L}\p{N}])/giu;
const dotNet = /(?<![\p{L}\p{N}])\.net(?![\p{L}\p{N}])/giu;
const signed = /(?<![\p{L}\p{N}])[\p{L}\p{N}]{2,}(?:\+\+|#(?![\p{L}\p{N}]))/gu;
const numbered = /(?<![\p{L}\p{N}])(?:n[º°o]\.?|№)\s?(\d+)(?![\p{L}\p{N}])/giu;
const clock = /(?<![\p{L}\p{N}]|\d[:h])(\d{1,2})\s?[h:]\s?([0-5]\d)(?:\s?([ap]\.?m)\b)?(?![\p{L}\p{N}]|:\d)/giu;
/** "17h", "5 pm", "10.45 p.m.", "17 heures". */
const fullHour = /(?<![\p{L}\p{N}]|\d[.,:h])(\d{1,2})(?:\s?(?:h|heures?)|(?:[.:]([0-5]\d))?\s?([ap])\.?m\.?)(?![\p{L}\p{N}]|\s?\d)/giu;
const hourOf = (hour: number, half: string | undefined): number => (!half ? hour : (hour % 12) + (/p/i.test(half) ? 12 : 0));
const power = /(?<![\p{L}\p{N}.])(\d{1,3})\^(\d{1,3})(?![\p{L}\p{N}])/gu;
const raised = '⁰¹²³⁴⁵⁶⁷⁸⁹';
const superscript = new RegExp(`^(\\p{L}{3,}|\\d+)([${raised}]+)$`, 'u');
const roman = /(?<![\p{L}\p{N}])(X{0,3}(?:IX|IV|V?I{0,3}))(?:e|ème|th)?(?![\p{L}\p{N}'’])/gu;

const months = `(?:${monthNames.flat().join('|').replaceAll('fev', 'f[eé]v').replaceAll('aout', 'ao[uû]t').replaceAll('dece', 'd[eé]ce').replaceAll('|dec', '|d[eé]c')})\\.?`;
const writtenDate = new RegExp(
  `(?<![\\p{L}\\p{N}])(?:(?<day>\\d{1,2})(?:er|st|nd|rd|th|e)?[\\s-]+(?:of\\s+)?)?(?<month>${months})(?:[\\s-]+(?<after>\\d{1,2})(?:st|nd|rd|th)?(?!\\d))?(?:,?[\\s-]+(?<year>\\d{4}))?(?![\\p{L}\\p{N}])`,
  'giu',
);
const numericDate = /(?<!\d|\d[-/.])(?:(\d{4})([-/.])(\d{1,2})\2(\d{1,2})|(\d{1,2})([-/.])(\d{1,2})\6(\d{4}|\d{2}))(?![-/.]?\d)/g;
const compactDate = /(?<![\p{L}\p{N}])((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?![\p{L}\p{N}])/gu;

const two = (value: number): string => String(value).padStart(2, '0');
const dateTerm = (year: number | null, month: number, day: number | null): string =>
  `${year ?? ''}-${two(month)}${day === null ? '' : `-${two(day)}`}`;
const isDate = (month: number, day: number): boolean => month >= 1 && month <= 12 && day >= 1 && day <= 31;

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
const longNumberTerms = (digits: string): string[] =>
  digits.length >= lengthOfSubscriber && digits.length <= 15 ? [digits, `*${digits.slice(-lengthOfSubscriber)}`] : [digits];

const prefixesOf = (word: string): string[] =>
  prefixLengths.filter((length) => length < word.length).map((length) => word.slice(0, length));
/** A term for the beginning of a longer word; the prefix distinguishes it from a word of the same letters. */
export const beginning = (prefix: string): string => `^${prefix}`;
/**
 * Beginnings under which a checksum of the question may be found: itself where it is short, its usual lengths where it is whole.
 */
export const shortenings = (word: string): string[] => {
  if (!checksum.test(word)) return [];
  const longest = prefixLengths.findLast((length) => length <= word.length) ?? 0;
  return word.length < 32 ? [beginning(word.slice(0, longest))] : prefixesOf(word).filter((prefix) => prefix.length <= 12);
};

const fromConnected = (text: string): WrittenForm[] =>
  Array.from(text.matchAll(connected)).flatMap((match) => {
    const head = elidedName.test(match[0]) ? 0 : (elision.exec(match[0])?.[0].length ?? 0);
    const run = match[0].slice(head).replace(appended, '');
    const index = match.index + head;
    const pieces = run.split(connectors).filter(Boolean);
    if (pieces.length < 2 || pieces.every((piece) => /^\p{N}+$/u.test(piece))) return [];
    const wholes = new Set<string>();
    const release = version.exec(run)?.[1];
    if (release) wholes.add(release);
    const join = (some: readonly string[]): void => {
      if (some.length > 1) wholes.add(fold(some.join('')));
    };
    if (pieces.length <= mostPieces) join(pieces);
    if (pieces.length > 2) {
      const parts = run.split(segments);
      for (const part of parts) {
        const own = part.split(connectors).filter(Boolean);
        if (parts.length > 1 && own.length <= mostPieces) join(own);
        for (const [at, piece] of own.slice(0, mostPieces).entries()) if (own[at + 1]) join([piece, own[at + 1] as string]);
      }
    }
    return [{ start: index, end: index + run.length, wholes: [...wholes], parts: [], isNumber: false, beginnings: [] }];
  });

const fromWords = (text: string): WrittenForm[] =>
  Array.from(text.matchAll(single)).flatMap(({ 0: word, index }) => {
    const form = (wholes: string[], parts: string[], beginnings: string[] = []): WrittenForm[] => [
      { start: index, end: index + word.length, wholes, parts, isNumber: false, beginnings },
    ];
    if (word.length < 3) return [];
    const clan = /^Ma?c(\p{Lu}\p{L}+)$/u.exec(word)?.[1];
    if (clan) return form([fold(`mc${clan}`)], [fold(clan)]);
    if (word.length > 3 && hasInnerCase.test(word) && !/^[IVX]{2,}\p{Ll}+$/u.test(word)) {
      const parts = word.match(caseParts) ?? [];
      const pairs = parts.flatMap((part, at) =>
        parts[at + 1] && (part.length === 1 || parts[at + 1]?.length === 1) ? [part + parts[at + 1]] : [],
      );
      const terms = [...parts, ...pairs].map(fold).filter((part) => part.length > 1 || /\d/.test(part));
      if (parts.length > 1 && parts.length <= mostPieces && !checksum.test(fold(word))) return form([fold(word)], terms);
    }
    if (!/\p{N}/u.test(word)) return [];
    const folded = fold(word);
    // The raised digits are the number of a note, or an exponent.
    const [, base = '', digits = ''] = superscript.exec(word) ?? [];
    if (base)
      return form(/\d/.test(base) ? [`${base}^${[...digits].map((digit) => raised.indexOf(digit)).join('')}`] : [folded], [fold(base)]);
    const bareNumber = /^0+([1-9]\d{1,6})$/.exec(word)?.[1];
    if (bareNumber) return form([folded, bareNumber], []);
    if (checksum.test(folded)) return form([folded], [], prefixesOf(folded).map(beginning));
    const bare = /^0x([0-9a-f]{3,})$/.exec(folded)?.[1];
    if (bare) return form([folded], [bare]);
    if (/^\d{9,15}$/.test(folded)) return form(longNumberTerms(folded), []);
    return [];
  });

const fromDigits = (text: string): WrittenForm[] =>
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

const fromDates = (text: string): WrittenForm[] => {
  const forms: WrittenForm[] = [];
  if (!/\d/.test(text)) return forms;
  const add = (match: RegExpExecArray, wholes: string[]): void => {
    forms.push({ start: match.index, end: match.index + match[0].length, wholes, parts: [], isNumber: true, beginnings: [] });
  };
  for (const match of text.matchAll(numericDate)) {
    const [, year, , month, day, first, , second, last] = match.map((part) => (part && /^\d+$/.test(part) ? Number(part) : undefined));
    const wholes: string[] = [];
    if (year !== undefined && month && day && isDate(month, day)) wholes.push(dateTerm(year, month, day));
    if (first && second && last !== undefined) {
      const full = last < 50 ? 2000 + last : last < 100 ? 1900 + last : last;
      if (isDate(second, first)) wholes.push(dateTerm(full, second, first));
      if (first !== second && isDate(first, second)) wholes.push(dateTerm(full, first, second));
    }
    if (wholes.length) add(match, wholes);
  }
  for (const match of text.matchAll(compactDate)) add(match, [`${match[1]}-${match[2]}-${match[3]}`]);
  for (const match of text.matchAll(writtenDate)) {
    const { day, month, after, year } = match.groups as Record<string, string | undefined>;
    const number = monthOf(fold(month as string).replace('.', '')) as number;
    const date = Number(day ?? after ?? 0);
    if (!date && !year) continue;
    const wholes = date
      ? year
        ? [dateTerm(Number(year), number, date), dateTerm(null, number, date)]
        : [dateTerm(null, number, date)]
      : [];
    if (year) wholes.push(dateTerm(Number(year), number, null));
    add(match, wholes);
  }
  return forms;
};

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
const fromNumberWords = (text: string): WrittenForm[] => {
  const forms: WrittenForm[] = [];
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

const fromSigns = (text: string): WrittenForm[] => {
  const forms: WrittenForm[] = [];
  const add = (match: RegExpExecArray, wholes: string[], parts: string[], isNumber = false): void => {
    forms.push({ start: match.index, end: match.index + match[0].length, wholes, parts, isNumber, beginnings: [] });
  };
  for (const match of text.matchAll(phrasal)) add(match, [fold(match[0]).replace(' ', '')], []);
  for (const match of text.matchAll(bytes)) add(match, [fold(match[0].replaceAll(' ', ''))], []);
  if (text.includes('.')) for (const match of text.matchAll(dotNet)) add(match, ['dotnet'], []);
  if (/\+\+|#/.test(text)) for (const match of text.matchAll(signed)) add(match, [fold(match[0])], [fold(match[0].replace(/[+#]+$/, ''))]);
  if (/\d/.test(text)) {
    for (const match of text.matchAll(numbered)) add(match, [match[1] as string], []);
    for (const match of text.matchAll(fullHour)) {
      const [, hour, minutes = '00', half] = match;
      if (Number(hour) < 24) add(match, [`${hourOf(Number(hour), half)}:${minutes}`], [], true);
    }
    for (const match of text.matchAll(power)) add(match, [`${match[1]}^${match[2]}`], []);
    for (const match of text.matchAll(clock)) {
      const [, hour, minutes, half] = match;
      if (Number(hour) < 24) add(match, [`${hourOf(Number(hour), half)}:${minutes}`], [], true);
    }
    for (const match of text.matchAll(bank)) if (match[0].includes(' ')) add(match, [fold(match[0].replaceAll(' ', ''))], []);
  }
  if (/[IVX]{2}/.test(text))
    for (const match of text.matchAll(roman))
      if ((match[1] ?? '').length > 1) add(match, [fold(match[0]), String(romanValue(match[1] as string))], []);
  return forms;
};

const fromQuantities = (text: string): WrittenForm[] =>
  quantitiesIn(text, (digits) => Number(numberTerm(fold(digits).replaceAll('’', "'")))).map(({ start, end, terms, isPlain }) => ({
    start,
    end,
    wholes: terms,
    parts: [],
    isNumber: !isPlain,
    beginnings: [],
  }));

/** The stretches of a text that may be written in another way elsewhere, in no order; they overlap. Pure. */
export const writtenForms = (text: string): WrittenForm[] => [
  ...fromConnected(text),
  ...fromWords(text),
  ...fromSigns(text),
  ...fromDates(text),
  ...(/\p{Nd}/u.test(text) ? [...fromDigits(text), ...fromQuantities(text)] : []),
  ...fromNumberWords(text),
];

/** The runs of letters and of digits of a word that mixes both, else none: "AB1234" may be written "AB 1234". */
export const runsOfWord = (word: string): string[] => (letterDigit.test(word) ? (word.match(/\p{N}+|[^\p{N}]+/gu) ?? []) : []);
