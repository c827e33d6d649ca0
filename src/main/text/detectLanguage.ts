import type { Language } from './languages';
import { stopWords } from './stopWords';
import { foldedWords } from './words';

/** Counts function words that only one of the languages has: this shows the language without a model. */
const functionWords = (words: readonly string[]): { en: number; fr: number } => {
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

/**
 * The weight for French of an accent or an elision ("l'", "qu'"), relative to a function word: English keeps some accents in loan
 * words.
 */
const accentWeight = 0.7;
const accents = /[àâçéèêëîïôùûœ]|\b[ldjcnsm]['’]|\bqu['’]/gi;

const nearer = (text: string, { en, fr }: { en: number; fr: number }): 'en' | 'fr' | null => {
  const balance = fr - en + accentWeight * (text.match(accents)?.length ?? 0);
  return balance > 0 ? 'fr' : balance < 0 ? 'en' : null;
};

/** How many characters are examined. */
const longest = 20_000;

/** The language of a question, a sentence or a passage; null where its words do not show one. Pure. */
export const languageOfText = (text: string): 'en' | 'fr' | null => {
  const start = text.slice(0, longest);
  return nearer(start, functionWords(foldedWords(start)));
};

/** For a long document, its beginning and its middle: its first pages are often names and numbers. */
const sampleOf = (text: string): string =>
  text.length > 3 * longest
    ? `${text.slice(0, longest)}\n${text.slice(text.length >> 1, (text.length >> 1) + longest)}`
    : text.slice(0, longest);

const fewestWords = 8;
/**
 * The share by which function words of one language must outnumber those of the other to show the document in it: German and Dutch
 * have some of both.
 */
const shareOfShown = 0.12;
/** Below this share of function words of both languages, a document is analysed as neither. */
const shareOfAnalysed = 0.08;

const measure = (text: string) => {
  const sample = sampleOf(text);
  const words = foldedWords(sample);
  const { en, fr } = functionWords(words);
  return { words: words.length, en: en / words.length, fr: fr / words.length, nearer: nearer(sample, { en, fr }) };
};

/** The language shown for a document: `other` is better than a wrong one. Null where it has too few words. */
export const shownLanguage = (text: string): Language | null => {
  const { words, en, fr, nearer } = measure(text);
  if (words < fewestWords) return null;
  return Math.abs(en - fr) < shareOfShown ? 'other' : nearer;
};

/**
 * The language in which a document's words are stemmed. Tables, code and lists of names have few function words but still gain by
 * stems, so that a wrong language is better than `other`.
 */
export const analysisLanguage = (text: string): Language => {
  const { words, en, fr, nearer } = measure(text);
  return words >= fewestWords && en + fr < shareOfAnalysed ? 'other' : (nearer ?? 'en');
};
