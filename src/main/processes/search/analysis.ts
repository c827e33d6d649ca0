import snowball from 'snowball-stemmers';
import { fold, invisible } from './fold';
import { stopWords } from './stopWords';
import { plainForm } from './wordForms';

/** What a text is analysed as. Everything that is neither English nor French is folded and left unstemmed. */
export const languages = ['en', 'fr', 'other'] as const;
export type Language = (typeof languages)[number];

/** "C++", "C#" and "notepad++" keep their signs: they are other words than "C". */
const signs = '(?:\\+\\+|#(?![\\p{L}\\p{N}]))?';
const wordPattern = new RegExp(`[\\p{L}\\p{N}]+${signs}`, 'gu');
const rangedWordPattern = new RegExp(`[\\p{L}\\p{N}\\p{M}${invisible}]+${signs}`, 'gu');
/** Longer ones are checksums and the like: they have no forms, and are not kept in memory. */
export const longestPlainWord = 64;
const stemCacheSize = 150_000;

/** "FY2017" and "Q32017" speak of 2017. */
const plainYear = (word: string): string => /^(?:fy|ex|q[1-4])((?:19|20)\d\d)$/.exec(word)?.[1] ?? word;

/**
 * Scripts that do not set words apart by spaces, and Korean, whose particles hang on the words: searched by single characters
 * and pairs (the CJK analyser of Lucene), since where a word ends is not written.
 */
const unspacedScripts =
  '\\p{scx=Han}\\p{scx=Hiragana}\\p{scx=Katakana}\\p{scx=Hangul}\\p{scx=Thai}\\p{scx=Lao}\\p{scx=Khmer}\\p{scx=Myanmar}';
const unspaced = new RegExp(`[${unspacedScripts}]`, 'u');
/** A run of letters in the parts that are read alike; each character with its marks where there are any. */
const alike = new RegExp(`(?:[${unspacedScripts}]\\p{M}*)+|[^${unspacedScripts}]+`, 'gu');
const characterWithMarks = /.\p{M}*/gu;

/** What a run of letters and digits is searched by, with its `[start, end)`: itself, or single characters and pairs. */
const termsOfRun = (run: string): { text: string; start: number; end: number }[] => {
  if (!unspaced.test(run)) return [{ text: run, start: 0, end: run.length }];
  return Array.from(run.matchAll(alike)).flatMap(({ 0: part, index: from }) => {
    if (!unspaced.test(part)) return [{ text: part, start: from, end: from + part.length }];
    const characters = Array.from(part.matchAll(characterWithMarks), ({ 0: text, index }) => ({
      text,
      start: from + index,
      end: from + index + text.length,
    }));
    return characters.flatMap((one, index) => {
      const next = characters[index + 1];
      return next ? [one, { text: one.text + next.text, start: one.start, end: next.end }] : [one];
    });
  });
};

/** Folded words in text order, function words included. */
export const foldedWords = (text: string): string[] => {
  const folded = fold(text);
  const runs = folded.match(wordPattern) ?? [];
  // Most texts have none of those scripts, and this is most of the work of indexing.
  const terms = unspaced.test(folded) ? runs.flatMap((run) => termsOfRun(run).map((term) => term.text)) : runs;
  const words: string[] = [];
  for (const word of terms) words.push(plainYear(word));
  return words;
};

/** Folded words with their `[start, end)` in the text as given; those of unspaced scripts overlap. */
export const wordRanges = (text: string): { word: string; start: number; end: number }[] =>
  Array.from(text.matchAll(rangedWordPattern)).flatMap(({ 0: run, index }) =>
    termsOfRun(run).map((term) => ({ word: plainYear(fold(term.text)), start: index + term.start, end: index + term.end })),
  );

const stemmers = { en: snowball.newStemmer('english'), fr: snowball.newStemmer('french') };
const stemCaches = { en: new Map<string, string>(), fr: new Map<string, string>() };

/**
 * Snowball stem of the plain form of a folded word: accents are dropped first, so that a question typed without them finds
 * the same words.
 */
export const stem = (word: string, language: Language): string => {
  if (language === 'other' || word.length < 2 || word.length > longestPlainWord) return word;
  const cache = stemCaches[language];
  let stemmed = cache.get(word);
  if (stemmed === undefined) {
    const plain = plainForm(word, language);
    stemmed = plain.length < 3 || /[\d+#]/.test(plain) ? plain : stemmers[language].stem(plain);
    if (cache.size >= stemCacheSize) cache.clear();
    cache.set(word, stemmed);
  }
  return stemmed;
};

export const isStopWord = (word: string, language: Language): boolean => stopWords[language].has(word);

/** Counts of function words by language: the sign of a text's language that needs no model. */
export const functionWords = (words: readonly string[]): { en: number; fr: number } => {
  let en = 0;
  let fr = 0;
  for (const word of words) {
    const english = stopWords.en.has(word);
    if (english === stopWords.fr.has(word)) continue;
    if (english) en += 1;
    else fr += 1;
  }
  return { en, fr };
};

/** Language of a question; null when its words do not say. */
export const guessLanguage = (words: readonly string[]): 'en' | 'fr' | null => {
  const { en, fr } = functionWords(words);
  return en === fr ? null : en > fr ? 'en' : 'fr';
};

/**
 * Language that a document is indexed in. `declared` (from its parser) decides only where the text itself says nothing:
 * short texts and tables; a declared language that is neither is believed when function words are rare.
 */
export const documentLanguage = (text: string, declared: string | null): Language => {
  const words = foldedWords(text.slice(0, 20_000));
  const { en, fr } = functionWords(words);
  const known = declared?.slice(0, 2).toLowerCase() ?? null;
  if (en + fr < words.length * 0.08 && known !== null && known !== 'en' && known !== 'fr') return 'other';
  if (en !== fr) return en > fr ? 'en' : 'fr';
  return known === 'fr' || (known === null && /[àâçéèêëîïôùûœ]/i.test(text.slice(0, 20_000))) ? 'fr' : 'en';
};
