import type { Language } from './languages';
import { stopWords } from './stopWords';
import { foldedWords } from './words';

/** Words that only one of the languages uses to hold sentences together: the sign of a language that needs no model. */
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

/** What an accent or an elision ("l'", "qu'") counts for French, against a function word: English keeps some in loan words. */
const accentWeight = 0.7;
const accents = /[àâçéèêëîïôùûœ]|\b[ldjcnsm]['’]|\bqu['’]/gi;

const nearer = (text: string, { en, fr }: { en: number; fr: number }): 'en' | 'fr' | null => {
  const balance = fr - en + accentWeight * (text.match(accents)?.length ?? 0);
  return balance > 0 ? 'fr' : balance < 0 ? 'en' : null;
};

/** Characters that are looked at. */
const longest = 20_000;

/** Which of the two languages a question, a sentence or a passage is in; null where its words do not say. Pure. */
export const languageOfText = (text: string): 'en' | 'fr' | null => {
  const start = text.slice(0, longest);
  return nearer(start, functionWords(foldedWords(start)));
};

/** Of a long document the middle as well: its first pages are often names and numbers. */
const sampleOf = (text: string): string =>
  text.length > 3 * longest
    ? `${text.slice(0, longest)}\n${text.slice(text.length >> 1, (text.length >> 1) + longest)}`
    : text.slice(0, longest);

const fewestWords = 8;
/** Share by which function words of one language outnumber those of the other where a document is in it: German and Dutch have some of both. */
const shareOfShown = 0.12;
/** Share of both languages' below which a document is analysed as neither. */
const shareOfAnalysed = 0.08;

const measure = (text: string) => {
  const sample = sampleOf(text);
  const words = foldedWords(sample);
  const { en, fr } = functionWords(words);
  return { words: words.length, en: en / words.length, fr: fr / words.length, nearer: nearer(sample, { en, fr }) };
};

/** The language that a document is shown to be in: rather `other` than a wrong one. Null where it has too few words to tell. */
export const shownLanguage = (text: string): Language | null => {
  const { words, en, fr, nearer } = measure(text);
  if (words < fewestWords) return null;
  return Math.abs(en - fr) < shareOfShown ? 'other' : nearer;
};

/**
 * The language that a document's words are stemmed in. Tables, code and lists of names have few function words and gain by stems
 * all the same, so that it is rather the wrong one than `other`.
 */
export const analysisLanguage = (text: string): Language => {
  const { words, en, fr, nearer } = measure(text);
  return words >= fewestWords && en + fr < shareOfAnalysed ? 'other' : (nearer ?? 'en');
};
