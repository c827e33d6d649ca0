import type { DatedClause } from './asksAboutPast';
import type { Expression, OpenPeriod } from './expressions';
import type { QuestionWords } from './questionWords';

/** True when a date is that of the question, and not of a thing, a plan or a saying that the question names. */
const isOfQuestion = (clause: DatedClause, expression: Expression, words: QuestionWords): boolean => {
  const { start, end, adverb, relation } = expression;
  const before = clause.text.slice(0, start);
  const after = clause.text.slice(end);
  if (words.topicAfter.test(after)) return false;
  const said = words.saidThat.exec(clause.text);
  if (said && start >= said.index + said[0].length - 1) return false;
  const planned = words.planned.exec(clause.text);
  if (planned && !adverb && start >= planned.index + planned[0].length) return false;
  if (relation !== 'in' || !words.topicBefore.test(before) || words.conversationBefore.test(before)) return true;
  // "What did we talk about yesterday?", "who did I write to last week?": the preposition belongs to the verb.
  return adverb && /\b(?:about|abt|to|for|by|pour|sur) $/.test(before);
};

const isWithin = (inner: OpenPeriod, outer: OpenPeriod): boolean =>
  (outer.from === null || (inner.from !== null && inner.from >= outer.from)) &&
  (outer.to === null || (inner.to !== null && inner.to <= outer.to));

const one = (periods: readonly OpenPeriod[]): OpenPeriod | null => {
  const [first, second, ...more] = [...new Map(periods.map((period) => [`${period.from} ${period.to}`, period])).values()];
  if (!first || !second) return first ?? null;
  if (more.length > 0) return null;
  if (isWithin(first, second)) return first;
  if (isWithin(second, first)) return second;
  // "Since Monday and before yesterday".
  const from = first.from ?? second.from;
  const to = first.to ?? second.to;
  const isSplit = (first.from === null && second.to === null) || (first.to === null && second.from === null);
  return isSplit && from !== null && to !== null && from < to ? { from, to } : null;
};

/** The one period that the clauses of a question name; null where they name none, or several that do not fit together. */
export const windowOf = (clauses: readonly DatedClause[], words: QuestionWords): OpenPeriod | null => {
  const expressions = clauses.flatMap((clause) => clause.expressions.filter((expression) => isOfQuestion(clause, expression, words)));
  const exact = expressions.filter((expression): expression is Expression & { period: OpenPeriod } => expression.period !== null);
  if (exact.length < expressions.length) return null;
  const adverbs = exact.filter(({ adverb }) => adverb);
  const named = one(exact.map(({ period }) => period));
  // "Last week ... the meeting on Monday": an adverb goes before a date that may belong to a noun.
  return named ?? (adverbs.length === 1 && exact.length === 2 ? (adverbs[0]?.period ?? null) : null);
};
