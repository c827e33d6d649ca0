import { fromNumberWords } from '@main/text/numberWords';
import { romanValue } from '@main/text/romanValue';
import { fromDates } from '@main/text/writtenDates';
import type { WrittenForm } from '@main/text/writtenForm';
import { fromDigits, fromQuantities, longNumberTerms } from '@main/text/writtenNumbers';
import { fromTimes } from '@main/text/writtenTimes';
import { fold, invisible } from '@shared/text/fold';

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
const power = /(?<![\p{L}\p{N}.])(\d{1,3})\^(\d{1,3})(?![\p{L}\p{N}])/gu;
const raised = '⁰¹²³⁴⁵⁶⁷⁸⁹';
const superscript = new RegExp(`^(\\p{L}{3,}|\\d+)([${raised}]+)$`, 'u');
const roman = /(?<![\p{L}\p{N}])(X{0,3}(?:IX|IV|V?I{0,3}))(?:e|ème|th)?(?![\p{L}\p{N}'’])/gu;

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

const fromWords = (text: string): WrittenForm[] => {
  if (!hasInnerCase.test(text) && !/\p{N}/u.test(text)) return [];
  return Array.from(text.matchAll(single)).flatMap(({ 0: word, index }) => {
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
};

const fromSigns = (text: string): WrittenForm[] => {
  const forms: WrittenForm[] = [];
  const add = (match: RegExpExecArray, wholes: string[], parts: string[]): void => {
    forms.push({ start: match.index, end: match.index + match[0].length, wholes, parts, isNumber: false, beginnings: [] });
  };
  for (const match of text.matchAll(phrasal)) add(match, [fold(match[0]).replace(' ', '')], []);
  for (const match of text.matchAll(bytes)) add(match, [fold(match[0].replaceAll(' ', ''))], []);
  if (text.includes('.')) for (const match of text.matchAll(dotNet)) add(match, ['dotnet'], []);
  if (/\+\+|#/.test(text)) for (const match of text.matchAll(signed)) add(match, [fold(match[0])], [fold(match[0].replace(/[+#]+$/, ''))]);
  if (/\d/.test(text)) {
    for (const match of text.matchAll(numbered)) add(match, [match[1] as string], []);
    forms.push(...fromTimes(text));
    for (const match of text.matchAll(power)) add(match, [`${match[1]}^${match[2]}`], []);
    for (const match of text.matchAll(bank)) if (match[0].includes(' ')) add(match, [fold(match[0].replaceAll(' ', ''))], []);
  }
  if (/[IVX]{2}/.test(text))
    for (const match of text.matchAll(roman))
      if ((match[1] ?? '').length > 1) add(match, [fold(match[0]), String(romanValue(match[1] as string))], []);
  return forms;
};

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
