import { fold } from '@shared/text/fold';
import { isSentenceStart } from '@shared/text/sentences';
import { monthOf } from './calendar';
import type { Language } from './languages';
import { isStopWord } from './stopWords';

/** A word written as a name: with a capital where no sentence begins. */
export interface NameWord {
  /** `[start, end)` in the text, without elisions and possessives. */
  start: number;
  end: number;
  /** Folded. */
  word: string;
}

const capital = /(?<![\p{L}\p{N}\p{M}])(?:[dlDL]['’])?(\p{Lu}\p{Ll}[\p{L}\p{M}]*(?:-\p{L}+)*)(?![\p{N}\p{M}])/gu;
const possessive = /['’]s$/u;
/** Words with a capital that name nothing of their own: titles of people, weekdays, names of languages. */
const common = new Set(
  (
    'mr mrs ms miss dr prof sir madam madame mme mademoiselle mlle monsieur messieurs maitre me docteur professeur ' +
    'monday tuesday wednesday thursday friday saturday sunday lundi mardi mercredi jeudi vendredi samedi dimanche ' +
    'english french german italian spanish dutch anglais francais europe european article section chapter page annex appendix ' +
    'chapitre annexe source sources document documents passage extrait note vat tva'
  ).split(' '),
);

/**
 * The words of a text that are written as names; of English and French alone, since other languages write nouns or nothing so.
 * Words in capitals alone are left out: they are abbreviations, which differ by language, or loud.
 */
export const nameWordsIn = (text: string, language: Language): NameWord[] => {
  if (language !== 'en' && language !== 'fr') return [];
  return Array.from(text.matchAll(capital)).flatMap((match) => {
    const written = (match[1] as string).replace(possessive, '');
    const start = match.index + match[0].indexOf(match[1] as string);
    const word = fold(written);
    if (word.length < 3 || isSentenceStart(text.slice(Math.max(0, start - 40), start))) return [];
    if (common.has(word) || monthOf(word) || isStopWord(word, language)) return [];
    return [{ start, end: start + written.length, word }];
  });
};
