import { languageOfText } from '@main/text/detectLanguage';
import { sentencesOf } from './clauses';
import { englishQuestions } from './questionWords.en';
import { frenchQuestions } from './questionWords.fr';

const readers = { en: { ...englishQuestions, once: /\bused? to\b/ }, fr: { ...frenchQuestions, once: /\bautrefois\b/ } };

/**
 * True for a text that asks in the past tense about the person, whatever time it names: "Did I live in Paris?", "Où ai-je habité ?". Such
 * a question may be answered by what is no longer true.
 */
export const asksOwnPast = (text: string): boolean => {
  const known = languageOfText(text);
  return (known ? [known] : (['en', 'fr'] as const)).some((language) => {
    const { askedPast, toldPast, once } = readers[language];
    return sentencesOf(text).some(({ clauses }) =>
      clauses.some((clause) => clause.asked && [askedPast, toldPast, once].some((pattern) => pattern.test(clause.text))),
    );
  });
};
