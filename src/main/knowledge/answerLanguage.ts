import { languageOfText } from '@main/text/detectLanguage';
import { languageOfCourtesy } from '@main/text/smallTalk';

/** How many characters are examined. */
const longest = 4_000;

/** The language to answer a question in: the language of its courtesies ("merci"), else of its words, else `fallback`. Pure. */
export const answerLanguage = (text: string, fallback: 'en' | 'fr' = 'en'): 'en' | 'fr' => {
  const start = text.slice(0, longest);
  return languageOfCourtesy(start) ?? languageOfText(start) ?? fallback;
};
