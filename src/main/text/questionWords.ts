import { languageOfText } from './detectLanguage';
import { functionWordsAsContent, loneNouns } from './functionUse';
import { isStopWord } from './stopWords';
import { wordRanges } from './words';

/** A word of a question, folded, with its `[start, end)`. */
export interface QuestionWord {
  word: string;
  start: number;
  end: number;
  informative: boolean;
  /** A function word used as content. */
  isNamed: boolean;
}

/** The words of a question, each marked as informative or not. `known` is true for a folded word that some passage contains. */
export const questionWords = (question: string, known: (term: string) => boolean): QuestionWord[] => {
  const tokens = wordRanges(question).map((token) => ({ ...token, informative: true, isNamed: false }));
  const words = tokens.map(({ word }) => word);
  const language = languageOfText(question);
  const asContent = new Set(
    (language ? [language] : (['en', 'fr'] as const)).flatMap((one) => functionWordsAsContent(question, one, true)),
  );
  const isFunctionWord = (word: string): boolean =>
    language ? isStopWord(word, language) : isStopWord(word, 'en') || isStopWord(word, 'fr');
  const content = words.filter((word) => !isFunctionWord(word));
  // A word that no passage uses as content is useless beside other words.
  const kept = [...asContent].filter((word) => content.length === 0 || known(word));
  const lone = content.length > 0 ? loneNouns([...new Set(words.filter(isFunctionWord))]).filter(known) : [];
  for (const token of tokens) {
    token.isNamed = kept.includes(token.word) || lone.includes(token.word);
    token.informative = token.isNamed || !isFunctionWord(token.word);
  }
  if (!tokens.some(({ informative }) => informative)) for (const token of tokens) token.informative = true;
  return tokens;
};

/** The informative words of a question: function words are dropped, unless they are used as content or there is nothing else. */
export const informativeWords = (question: string): string[] =>
  questionWords(question, () => true).flatMap(({ word, informative }) => (informative ? [word] : []));
