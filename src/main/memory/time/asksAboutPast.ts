import type { Clause } from './clauses';
import type { Expression } from './expressions';
import type { TimeQuestionKind } from './question';
import type { QuestionWords } from './questionWords';

/** A clause with the times that it names. */
export interface DatedClause extends Clause {
  expressions: Expression[];
}

/** Years in which nobody who asks was there. */
const oldYear = /\b(?:1[0-8]\d\d|19[0-4]\d)\b/;

/** The words of a clause without its dates. */
export const withoutDates = ({ text, expressions }: DatedClause): string =>
  expressions.reduceRight((rest, { start, end }) => `${rest.slice(0, start)} ${rest.slice(end)}`, text);

/** True when nothing but words of these patterns is left of a clause without its dates. */
const leavesNothing = (clause: DatedClause, ...patterns: RegExp[]): boolean =>
  patterns.reduce((rest, pattern) => rest.replace(pattern, ' '), withoutDates(clause)).trim() === '';

/** True when the pattern stands in the clause, and not in one of time or reason within it: "when I was born". */
const stands = (pattern: RegExp, text: string, { subordinate, request }: QuestionWords): boolean => {
  for (const { index } of text.matchAll(new RegExp(pattern.source, 'g'))) {
    const before = text.slice(0, index);
    const found = subordinate.exec(before);
    // At the beginning of a clause or of what is requested it is the question itself: "do you know when we talked".
    if (!found || found.index < 4 || request.test(before.slice(0, found.index))) return true;
  }
  return false;
};

/** How a clause stands in its sentence. */
export interface Place {
  asked: boolean;
  /** True when the sentence has no other clause. */
  alone: boolean;
  kind: TimeQuestionKind | null;
}

/** True when a clause asks about the conversations with the program. */
const asksAboutTalk = (clause: DatedClause, { asked, alone, kind }: Place, words: QuestionWords): boolean => {
  const { text, expressions } = clause;
  const requested = words.request.test(text);
  const open = alone && words.openQuestion.test(withoutDates(clause).trim());
  const questioned = asked || requested || open || (alone && words.fragment.test(text));
  const hasDate = expressions.length > 0;
  const hasTime = hasDate || kind !== null;

  if (words.usualTalk.test(text)) return true;
  if (oldYear.test(text)) return false;
  if (stands(words.askedTalk, text, words)) return !words.worldly.test(text);
  if (stands(words.askedAnswer, text, words) && (hasTime || words.toPerson.test(text)) && !words.why.test(text)) return true;
  if (stands(words.toldTalk, text, words) && questioned) return true;
  if (words.document.test(text)) return false;
  if (words.ownConversation.test(text)) return questioned;
  if (words.ownWriting.test(text) && hasDate && requested) return true;
  if (words.conversation.test(text) && hasDate) return requested || (alone && !asked);
  if (!words.passiveTalk.test(text) || !questioned) return false;
  return hasDate ? expressions.some(({ adverb }) => adverb) : kind === 'last' || kind === 'first' || kind === 'count';
};

/** True when a clause asks about the past of the person, who must stand in it and name a time or ask for one. */
const asksAboutLife = (clause: DatedClause, { asked, alone, kind }: Place, isPastTime: boolean, words: QuestionWords): boolean => {
  const { text, expressions } = clause;
  const hasDate = expressions.length > 0;
  const isAdverb = expressions.some(({ adverb }) => adverb);
  if (kind === 'changes' && hasDate && words.ownChange.test(text) && !words.document.test(text)) return true;
  if (kind === 'changes' && hasDate && leavesNothing(clause, words.small, words.ownThing, words.interrogative)) return true;
  if (words.bareRequest.test(text) && isAdverb && leavesNothing(clause, words.small)) return true;
  if (words.worldly.test(text) || words.document.test(text)) return false;

  const requested = words.request.test(text);
  const open = alone && words.openQuestion.test(withoutDates(clause).trim());
  const hasTime = hasDate || kind !== null || isPastTime;
  if (hasTime && stands(words.askedPast, text, words)) return true;
  if (hasTime && words.ownPeople.test(text) && (asked || (alone && kind !== null && !hasDate))) return true;
  if ((hasDate || isPastTime) && words.ownThen.test(text) && (asked || open)) return true;
  if (words.impersonalPast?.test(text)) return isAdverb && (asked || requested || open);
  if (hasTime && !words.ofOthers.test(text) && stands(words.toldPast, text, words)) {
    return asked || open || (requested && (words.interrogative.test(text) || words.relative.test(text)));
  }
  return kind === 'duration' && words.untilNow.test(text);
};

/** True when a clause itself asks about past conversations or about the past of the person who asks. */
export const asksAboutPast = (clause: DatedClause, place: Place, isPastTime: boolean, words: QuestionWords): boolean =>
  asksAboutTalk(clause, place, words) || asksAboutLife(clause, place, isPastTime, words);

/** The thing that a clause tells, so that the next question can point at it. */
export const tellsOf = ({ text, expressions }: DatedClause, words: QuestionWords): 'talk' | 'past' | null => {
  if (words.toldTalk.test(text) || words.ownConversation.test(text)) return 'talk';
  if (expressions.length > 0 && words.conversation.test(text)) return 'talk';
  return words.toldPast.test(text) ? 'past' : null;
};

/** True when a clause only makes sense after one that tells something: "which one was it?", "did I like it?". */
export const pointsBack = ({ text }: DatedClause, words: QuestionWords): boolean =>
  words.pointing.test(text) ||
  stands(words.askedPast, text, words) ||
  stands(words.askedAnswer, text, words) ||
  (words.request.test(text) && words.toldPast.test(text));
