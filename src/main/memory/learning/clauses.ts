import type { RuleWords } from './rules/ruleWords';
import { clauseCuts, type Stretch } from './statements';

/** A clause, without its first words and its last signs. */
export interface Clause extends Stretch {
  /** The beginning with the time that stands before it. */
  lead: number;
  /** The place where the clause is cut off from the next one. */
  cut: number;
}

/** The clauses of a sentence: between its commas, and before words such as "but". */
export const clausesOf = (plain: string, { clauseEnd, opener }: RuleWords, times: readonly Stretch[]): Clause[] => {
  const clauses: Clause[] = [];
  let start = 0;
  for (const [end, next] of [...clauseCuts(plain, clauseEnd), [plain.length, plain.length] as const]) {
    const lead =
      /^[\s"«“*_-]*(?:(?:well|so|and|but|because|hi|hello|hey|ok|okay|also|by the way|btw|honestly|actually|now|et|mais|donc|alors|car|parce que|bonjour|salut|coucou|avant|au fait|sinon|franchement|en fait|du coup|maintenant) |parce qu')*/u.exec(
        plain.slice(start, end),
      );
    const begin = start + (lead?.[0].length ?? 0);
    // "This week, I'm in Rome": the time before a statement belongs to it, but is no part of its words.
    const time = times.find((one) => one.start === begin && one.end <= end);
    const isLead = opener.test(plain.slice(begin, end)) || time?.end === end;
    if (end < plain.length && isLead) continue;
    const from = time ? time.end + (/^[ ,]+/.exec(plain.slice(time.end, end))?.[0].length ?? 0) : begin;
    const to = from + plain.slice(from, end).replace(/[\s.!…]+$/, '').length;
    if (from < to) clauses.push({ start: from, end: to, lead: begin, cut: end });
    start = next;
  }
  return clauses;
};
