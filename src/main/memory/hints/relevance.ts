import { languageOfText } from '@main/text/detectLanguage';
import { informativeWords } from '@main/text/questionWords';
import { stem } from '@main/text/stems';

/** So many words of a long item make it the subject. */
const mostWords = 3;

/** The words of a text in the forms by which they are compared. */
export const formsOf = (text: string): ReadonlySet<string> => {
  const language = languageOfText(text);
  return new Set(informativeWords(text).map((word) => (language ? stem(word, language) : stem(stem(word, 'fr'), 'en'))));
};

/** The share of an item's words that a text has, 0..1: of an item with more than three words three are enough. Pure. */
export const relevanceOf = (item: ReadonlySet<string>, text: ReadonlySet<string>): number => {
  if (item.size === 0) return 0;
  const same = [...item].filter((word) => text.has(word)).length;
  return Math.min(1, same / Math.min(item.size, mostWords));
};
