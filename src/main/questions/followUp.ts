/** Beginnings of questions that say nothing of their subject. Accents may be missing. */
const asking = [
  /^(?:and|so|but|et|mais|alors)\b[\s,]*/iu,
  /^(?:(?:please|can you|could you|peux-tu|pouvez-vous)\s+)?(?:tell me|explain|describe|show me|dis-moi|dites-moi|explique[rz]?(?:-moi)?|d[ée]cris|montre[rz]?(?:-moi)?)\s+(?:about\s+)?/iu,
  /^(?:what|which|whose|whom|who|how (?:much|many|long|often|far|old|big)|how|where|when|why)(?:'s|\s+(?:is|are|was|were|do|does|did|has|have|had|can|could|must|should|will|would))?\b\s*/iu,
  /^(?:is|are|was|were|do|does|did|can|could|must|should|will|would|has|have)\s+(?=\p{L})/iu,
  /^(?:à |de |pour |en |dans )?(?:quel(?:le)?s?|combien|comment|pourquoi|quand|o[uù]|qui|que|quoi|lequel|laquelle)(?:\s+(?:est|sont|[ée]tait|[ée]taient|a|ont|sera|dit|disent|pr[ée]voit))?(?:-(?:ce|t-il|t-elle|il|elle|on))?\b\s*/iu,
  /^(?:qu['’]est-ce (?:que?|qui)|est-ce qu(?:e|['’])|qu['’])\s*(?:est|sont)?\s*/iu,
];
const leadIn =
  /^(?:(?:and|so|but|et|mais|alors|ok|then|or)\b[\s,]*)?(?:(?:what|how) about\s+|qu['’]en est-il\s+(?:de |du |des |d['’])?|quid\s+(?:de |du |des |d['’])?|(?:the )?same for\s+|pareil pour\s+)?/iu;
const year = /\b(?:19|20)\d\d\b/gu;

const bare = (text: string): string =>
  text
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[\s?!.…]+$/u, '');

/** The subject of a question, without the words that only ask. The question itself where nothing else is left. */
const subjectOf = (question: string): string => {
  const whole = bare(question);
  const subject = asking.reduce((text, beginning) => text.replace(beginning, ''), whole);
  return subject.split(' ').filter(Boolean).length > 0 ? subject : whole;
};

/**
 * A follow-up as it can be searched alone: the subject of the question on which it leans, and its own words. A year of its own takes the
 * place of the one before. Pure.
 */
export const rewriteFollowUp = (text: string, previous: string): string => {
  const subject = subjectOf(previous);
  const own = bare(text).replace(leadIn, '');
  const [newYear, ...moreYears] = own.match(year) ?? [];
  const years = subject.match(year) ?? [];
  if (newYear && moreYears.length === 0 && years.length === 1 && /^(?:in|en|for|pour)?\s*\d{4}$/iu.test(own))
    return subject.replace(year, newYear);
  return own === '' ? subject : `${subject}, ${own}`;
};
