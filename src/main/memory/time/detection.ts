import { asksAboutPast, type DatedClause, type Place, pointsBack, tellsOf, withoutDates } from './asksAboutPast';
import type { Sentence } from './clauses';
import type { Expression } from './expressions';
import type { TimeQuestionKind } from './question';
import type { QuestionWords } from './questionWords';

export interface Detection {
  kind: TimeQuestionKind | null;
  /** The clauses whose dates are those of the question. */
  dated: DatedClause[];
}

const isOnlyTime = (clause: DatedClause, words: QuestionWords): boolean =>
  clause.expressions.length > 0 && withoutDates(clause).replace(words.filler, '').trim() === '';

/**
 * The clauses of a sentence with their times. A time that stands apart ("in March, where did I live?") joins the clause after it,
 * or the one before, and "..., right?" only asks what the clause before it says.
 */
export const dateClauses = (sentence: Sentence, find: (text: string) => Expression[], words: QuestionWords): DatedClause[] => {
  const dated = (text: string, asked: boolean): DatedClause => ({ text, asked, expressions: find(text) });
  const joined: DatedClause[] = [];
  let waiting = '';
  for (const { text, asked } of sentence.clauses) {
    const clause = dated(text, asked);
    const before = joined.at(-1);
    if (before && asked && words.tag.test(text)) {
      before.asked = true;
    } else if (isOnlyTime(clause, words) && !asked) {
      waiting = `${waiting}${text} `;
    } else if (before && isOnlyTime(clause, words)) {
      joined[joined.length - 1] = dated(`${before.text} ${text}`, true);
    } else {
      joined.push(waiting === '' ? clause : dated(`${waiting}${text}`, asked));
      waiting = '';
    }
  }
  const last = joined.at(-1);
  if (waiting === '') return joined;
  return last ? [...joined.slice(0, -1), dated(`${last.text} ${waiting.trim()}`, last.asked)] : [dated(waiting.trim(), sentence.asked)];
};

const kindOf = (text: string, words: QuestionWords): TimeQuestionKind | null =>
  words.kinds.find(([pattern]) => pattern.test(text))?.[1] ?? null;

/**
 * Finds the clause of a sentence that asks about past conversations or the person's own past, and the clauses whose dates are those
 * of the question; null where none asks. `previous` are the clauses of the sentences before.
 */
export const detect = (clauses: readonly DatedClause[], previous: readonly DatedClause[], words: QuestionWords): Detection | null => {
  if (clauses.some(({ text }) => words.task.test(text) && !words.account.test(text))) return null;
  const whole = clauses.map(({ text }) => text).join(' ');
  if (words.source.test(whole)) return null;
  const isAsked = clauses.some(({ asked }) => asked);
  const isPastTime = words.timeWord.test(whole);
  const place: Omit<Place, 'asked'> = { alone: clauses.length === 1, kind: kindOf(whole, words) };

  for (const [index, clause] of clauses.entries()) {
    const told = [...previous, ...clauses.slice(0, index)].findLast((one) => tellsOf(one, words) !== null);
    if (asksAboutPast(clause, { ...place, asked: clause.asked }, isPastTime, words)) {
      if (clause.expressions.length > 0) return { kind: place.kind, dated: [clause] };
      // "When did we talk about the trip?" asks for a date of its own.
      const borrows = told && (place.kind === null || place.kind === 'duration' || clauses.includes(told));
      const ownTime = told && (tellsOf(told, words) === 'talk' || place.kind !== 'when');
      return { kind: place.kind, dated: borrows && ownTime ? [told] : [] };
    }
    const asks = isAsked || words.request.test(clause.text) || words.openQuestion.test(clause.text);
    const isPointing = asks && pointsBack(clause, words);
    if (!told || !isPointing) continue;
    if (tellsOf(told, words) === 'talk' || told.expressions.length > 0 || words.timeWord.test(told.text)) {
      return { kind: place.kind, dated: clause.expressions.length > 0 ? [clause] : [told] };
    }
  }
  return null;
};
