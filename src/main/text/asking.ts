import { fold } from '@shared/text/fold';
import { sentenceEnds } from '@shared/text/sentences';
import {
  asksForQuestions,
  clauseSubject,
  emptyWords,
  ignorance,
  nothingKnown,
  questionStarts,
  requestStarts,
  saysWithin,
  stockOfIgnorance,
} from './askingWords';
import { isStopWord } from './stopWords';
import { foldedWords } from './words';

/** A longer text says something beside its questions. */
const longestQuestion = 600;
/** A longer answer says more than that nothing is known. */
const longestRefusal = 240;
/** A clause of fewer words before a question only names its subject: "My passport, when does it expire?". */
const wordsOfClause = 4;

/** A clause about the person. */
const selfSubject = /^(?:je|j'|nous|mon|ma|mes|i|i'm|i've|we|we're|my|our)(?=[\s']|\b)/;

const plain = (text: string): string => fold(text).replace(/[‘’]/g, "'").trim();
const startsQuestion = (clause: string): boolean =>
  questionStarts.en.test(clause) || questionStarts.fr.test(clause) || requestStarts.test(clause);

const sentencesOf = (text: string): string[] =>
  text.split('\n').flatMap((line) => {
    const ends = sentenceEnds(line);
    return [0, ...ends].map((start, at) => line.slice(start, ends[at] ?? line.length)).filter((sentence) => /[\p{L}\p{N}]/u.test(sentence));
  });

/** True when a clause beside the question itself says something: it has a subject and a length. */
const clauseSays = (clause: string): boolean =>
  clause.split(/\s+/).length >= wordsOfClause && clauseSubject.test(clause) && !startsQuestion(clause) && !emptyWords.test(clause);

/** Null for a sentence that neither asks nor states: "Hello!". */
const asks = (sentence: string): boolean | null => {
  const folded = plain(sentence);
  if (emptyWords.test(folded)) return null;
  const clauses = folded.split(/(?<!\d)[,;:]|[,;:](?!\d)| [—–-] /).map((clause) => clause.trim());
  const isMarked = /\?\W*$/.test(folded);
  const first = clauses.findIndex((clause) => !emptyWords.test(clause));
  // "A red one, which my uncle keeps": without a question mark only the beginning shows a question.
  if (!isMarked && !startsQuestion(clauses[first] ?? '')) return false;
  const begins = clauses.findIndex(startsQuestion);
  // A question mark makes a question of the clause before it, unless the person is its subject beside another question.
  const last = clauses.length - 1;
  const asksLast = isMarked && (begins < 0 || !selfSubject.test(clauses[last] ?? ''));
  const isAsking = (index: number): boolean => index === begins || (asksLast && index === last);
  return !saysWithin.test(folded) && !clauses.some((clause, index) => !isAsking(index) && clauseSays(clause));
};

/** True for a text of questions alone, which says nothing that a later question could be answered from. English and French. */
export const onlyAsks = (text: string): boolean => {
  if (text.length > longestQuestion) return false;
  const all = sentencesOf(text).map(asks);
  return all.includes(true) && !all.includes(false);
};

/**
 * True for a short answer to `question` that only says that nothing is known: "I don't know, you have not told me." Its words are those of
 * such answers, or of the question.
 */
export const knowsNothing = (text: string, question: () => string): boolean => {
  if (text.length > longestRefusal) return false;
  const folded = plain(text);
  if (/\b(?:but|however|mais|cependant|toutefois)\b/.test(folded)) return false;
  if (nothingKnown.test(folded)) return true;
  if (!ignorance.test(folded)) return false;
  const asked = new Set(foldedWords(question()));
  return foldedWords(text).every(
    (word) => stockOfIgnorance.has(word) || asked.has(word) || isStopWord(word, 'en') || isStopWord(word, 'fr'),
  );
};

/** True for a question about the earlier questions of the person who asks: "What did I ask you about the trip?" */
export const asksOfQuestions = (question: string): boolean => asksForQuestions.test(plain(question));

/** True for a text that asks nothing and speaks of the person: "I have to hand in the report on Friday." */
export const tellsOfSelf = (text: string): boolean => {
  const sentences = sentencesOf(text);
  if (text.length > longestQuestion || sentences.map(asks).includes(true)) return false;
  return sentences.some((sentence) =>
    plain(sentence)
      .split(/[,;:]\s/)
      .some((clause) => selfSubject.test(clause)),
  );
};
