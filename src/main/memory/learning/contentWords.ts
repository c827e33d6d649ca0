import { stem } from '@main/text/stems';
import { isStopWord } from '@main/text/stopWords';
import { foldedWords } from '@main/text/words';

/** The words of a text that say something, as stems of both languages. */
export const contentWords = (text: string): string[] => {
  const words = foldedWords(text).filter((word) => !isStopWord(word, 'en') && !isStopWord(word, 'fr'));
  return words.map((word) => stem(stem(word, 'fr'), 'en'));
};
