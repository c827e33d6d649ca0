import { monthOf } from '@main/text/calendar';
import { languageOfText } from '@main/text/detectLanguage';
import { type Language, languages } from '@main/text/languages';
import { informativeWords } from '@main/text/questionWords';
import { stem } from '@main/text/stems';
import { isStopWord } from '@main/text/stopWords';
import { baseForm } from '@main/text/wordForms';
import { foldedWords } from '@main/text/words';

/** Words of a text that are indexed at most: a pasted document is found by its beginning. */
const longestTurn = 2_000;

/** The stem of a word, and that of its base form where it is irregular: "went" is also found as "go". */
const termsOfWord = (word: string, language: Language): string[] => {
  const base = baseForm(word, language);
  const own = stem(word, language);
  return base === null ? [own] : [own, stem(base, language)];
};

/** The language of a turn; a text too short to show one ("Super !") has that of the turns before it. */
export const languageOfTurn = (text: string, before: Language): Language => languageOfText(text) ?? before;

/** The terms of a text in its order, without function words. */
export const termsOfTurn = (text: string, language: Language): string[] => {
  const terms: string[] = [];
  for (const word of foldedWords(text)) {
    if (isStopWord(word, language)) continue;
    terms.push(...termsOfWord(word, language));
    if (terms.length >= longestTurn) break;
  }
  return terms;
};

/** A word of a question: the terms by which a turn in any of the languages holds it. */
export interface QuestionTerms {
  terms: string[];
  /** True for a word of a date, which says when and not what. */
  isDate: boolean;
}

const dateWord =
  /^(?:\d{1,4}(?:st|nd|rd|th|er)?|last|week|month|year|day|beginning|early|late|mid|end|semaine|mois|annee|an|jour|debut|fin|dernier|derniere)$/;

/**
 * The informative words of a question. `names` are folded words that are left out, since they name who speaks and not what is said;
 * `isDated` where a period was read in it.
 */
export const termsOfQuestion = (question: string, names: ReadonlySet<string>, isDated = false): QuestionTerms[] => {
  const words = [...new Set(informativeWords(question))];
  const asked = words.filter((word) => !names.has(word));
  const units = (asked.length > 0 ? asked : words).map((word) => ({
    terms: [...new Set(languages.flatMap((language) => termsOfWord(word, language)))],
    isDate: isDated && (dateWord.test(word) || monthOf(word) !== undefined),
  }));
  // Two forms of one word are one word.
  return [...new Map(units.map((unit) => [unit.terms[0], unit])).values()];
};
