import type { Language } from './languages';
import { stemmerOf } from './stemmers';
import { plainForm } from './wordForms';

/** Longer words are checksums and the like: they have no forms, and are not cached. */
export const longestPlainWord = 64;
const stemCacheSize = 150_000;

const stemmers = { en: stemmerOf('english'), fr: stemmerOf('french') };
const stemCaches = { en: new Map<string, string>(), fr: new Map<string, string>() };

/**
 * Snowball stem of the plain form of a folded word: accents are dropped first, so that a question typed without them finds the same
 * words.
 */
export const stem = (word: string, language: Language): string => {
  if (language === 'other' || word.length < 2 || word.length > longestPlainWord) return word;
  const cache = stemCaches[language];
  let stemmed = cache.get(word);
  if (stemmed === undefined) {
    const plain = plainForm(word, language);
    stemmed = plain.length < 3 || /[\d+#]/.test(plain) ? plain : stemmers[language](plain);
    if (cache.size >= stemCacheSize) cache.clear();
    cache.set(word, stemmed);
  }
  return stemmed;
};
