import { standingWords } from './attributeWords';
import { plainText } from './plain';
import type { Readable } from './readable';
import { isStated, languagesOf, sentencesOf, wordsOfLanguage } from './statements';
import { speaksOfOwn } from './subjectOf';

const nameWithin = /(?<=\p{L}[\p{L},;:'’]* )\p{Lu}\p{L}+/u;

/** True for a sentence that may say something of the person or of somebody with a name: no question, and no request. */
const sentenceMayState = (sentence: string, message: string): boolean => {
  const plain = plainText(sentence);
  if (/\?\W*$/.test(plain) && !/[,;:]/.test(plain)) return false;
  return languagesOf(sentence, message).some((language) => {
    const words = wordsOfLanguage(language);
    if (!isStated(sentence, words) || words.question.test(plain)) return false;
    return speaksOfOwn(plain, language, words) || standingWords.test(plain) || nameWithin.test(sentence);
  });
};

/** True for a message that a model is worth asking about. Nothing that stands in another one would pass the checks. */
export const mayState = ({ said }: Pick<Readable, 'said'>): boolean =>
  sentencesOf(said).some(({ start, end }) => sentenceMayState(said.slice(start, end), said));
