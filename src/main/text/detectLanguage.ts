import type { Language } from './languages';
import { stopWords } from './stopWords';
import { foldedWords } from './words';

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
