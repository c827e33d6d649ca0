import { foldedWords } from '@main/text/words';
import { fold } from '@shared/text/fold';

/**
 * Words that change nothing in what a memory says. Verbs stay ("was a teacher" is not "is a teacher"), and so do negations and
 * prepositions: two texts with one normal form are stored as one.
 */
const light = new Set(
  'a an the i me my mine myself this that it le la les l un une des du de d je j m mon ma mes moi ce c que qu'.split(' '),
);

/** The text by which near-duplicates are found: its folded words in their order, without articles and words for the speaker. */
export const normalForm = (text: string): string => {
  const words = foldedWords(text);
  const telling = words.filter((word) => !light.has(word));
  return (telling.length > 0 ? telling : words).join(' ') || fold(text).trim();
};

/** The form in which two subjects, two values or two attributes are compared. */
export const plainKey = (text: string): string => foldedWords(text).join(' ') || fold(text).trim();
