import { stemmerOf } from './stemmers';

const russian = stemmerOf('russian');

const arabicPrefix = /^(?:وال|بال|كال|فال|لل|ال|و(?=.{3}))(?=.{2})/u;
const arabicSuffix = /(?<=.{2})(?:ها|ان|ات|ون|ين|يه|ية|ه|ة|ي)$/u;
/**
 * Removes the article and small words that Arabic writes onto a noun, and endings of number and gender (light10 of Larkey,
 * Ballesteros and Connell 2002).
 */
const arabic = (word: string): string =>
  word.replaceAll('ى', 'ي').replaceAll('ی', 'ي').replaceAll('ک', 'ك').replace(arabicPrefix, '').replace(arabicSuffix, '');

/** Removes the article, "and", "in", "to" and "from" of Hebrew. */
const hebrew = (word: string): string => word.replace(/^ו?[הבלמשכ]?(?=.{3})/u, '');

/**
 * A folded Arabic, Hebrew or Cyrillic word without the particles that grammar attaches to it. Null where it has none, and for other
 * scripts.
 */
export const withoutAttached = (word: string): string | null => {
  const first = word.charCodeAt(0);
  if (first < 0x400 || first > 0x6ff || word.length > 40) return null;
  const base = first < 0x530 ? russian(word) : first < 0x590 ? word : first < 0x600 ? hebrew(word) : arabic(word);
  return base === word || base === '' ? null : base;
};
