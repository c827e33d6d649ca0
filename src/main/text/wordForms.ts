import { withoutAttached } from './attachedWords';
import * as english from './englishForms';
import * as french from './frenchForms';
import { infinitives, related } from './frenchVerbs';
import type { Language } from './languages';

const irregular = { en: english.irregular, fr: french.irregular } as const;
const numbers = { en: english.numbers, fr: french.numbers } as const;

const diminutives = { en: /^(.{4,})(?:lets?|lings?|ettes?)$/, fr: /^(.{4,}?)n?(?:ettes?|elets?|elettes?)$/ } as const;

/** The digits of a number word; null for a word that is no number in the language. */
export const numberOfWord = (word: string, language: 'en' | 'fr'): string | null => {
  const head = numbers[language].get(word) ?? irregular[language].get(word);
  return head !== undefined && /^\d/.test(head) ? head : null;
};

const ordinals = { en: /^(\d+)(?:st|nd|rd|th)$/, fr: /^(\d+)(?:er|ere|e|eme|ieme|es|emes|nd|nde)$/ } as const;

/** The form in which a folded word of the language is searched: mostly itself; digits for a number, one spelling for two. */
export const plainForm = (word: string, language: 'en' | 'fr'): string => {
  const first = word.charCodeAt(0);
  if (first >= 48 && first <= 57)
    return (ordinals[language].exec(word) ?? ordinals[language === 'en' ? 'fr' : 'en'].exec(word))?.[1] ?? word;
  const number = numbers[language].get(word);
  if (number !== undefined) return number;
  if (language === 'en' && word.length > 4)
    for (const [pattern, replacement] of english.spellings) if (pattern.test(word)) return word.replace(pattern, replacement);
  return word;
};

/** Prefixes that make another verb and keep its forms: "overtook", "rewritten". */
const beginnings = /^(re|under|un|over|with|out|mis|fore|up)(?=.{3})/;
const prefixed = (word: string): string | null => {
  const beginning = beginnings.exec(word)?.[1];
  const head = beginning && irregular.en.get(word.slice(beginning.length));
  return beginning && head && !/^\d/.test(head) ? beginning + head : null;
};

/**
 * The base of an irregular form, a feminine, a diminutive, or a word with attached particles; the form is also searched as its
 * base. Null for others.
 */
export const baseForm = (word: string, language: Language): string | null => {
  const attached = withoutAttached(word);
  if (attached !== null || language === 'other') return attached;
  const irregularOf = irregular[language].get(word) ?? (language === 'en' ? prefixed(word) : infinitives.get(word));
  return irregularOf ?? diminutives[language].exec(word)?.[1] ?? (language === 'fr' ? related(word) : null);
};
