import { foldedWords } from '@main/text/words';
import { fold } from '@shared/text/fold';
import { z } from 'zod';
import type { AskedQuestion } from './question';

/** A longer text asks for more than one thing, and is searched as it is. */
const longest = 400;
/** Words that stand in most requests for a list, a quotation, sources or a comparison, and in many other questions. */
const cues =
  /\b(?:list|every|each|which ones|compare|comparison|differ\w*|versus|quot\w+|verbatim|wording|sources?|passages?|excerpts?|extracts?|liste\w*|enumer\w+|chaque|lesquel\w*|compar\w+|cite\w*|citations?|formulation|extraits?|inventory|inventaire|recens\w+|overview of (?:all|the)|tou(?:t|s|tes) (?:les|mes|nos)|all (?:the|my|our|of))\b/u;

/** True for a question that the rules take for a search, although it has words of a request for something else. Pure. */
export const isInDoubt = (text: string, { intent }: Pick<AskedQuestion, 'intent'>): boolean =>
  intent === 'question' && text.length <= longest && cues.test(fold(text));

const replySchema = z.object({
  intent: z.enum(['listing', 'sources', 'verbatim', 'comparison']),
  topic: z.string().trim().min(1).max(longest).optional(),
  count: z.number().int().min(1).max(30).optional(),
  parts: z.array(z.string().trim().min(1).max(longest)).length(2).optional(),
});

/**
 * The wish that a model read in a question; null where its reply is none, or says what the question does not: every word that is searched
 * for must stand in the question. Pure.
 */
export const intentFromModel = (reply: string, asked: AskedQuestion, text: string): AskedQuestion | null => {
  const json = /\{[^{}]*\}/u.exec(reply)?.[0];
  if (json === undefined) return null;
  let parsed: unknown;
  try {
    parsed = JSON.parse(json);
  } catch {
    return null;
  }
  const { data } = replySchema.safeParse(parsed);
  if (!data) return null;
  const own = new Set(foldedWords(text));
  const isOwn = (words: string): boolean => foldedWords(words).length > 0 && foldedWords(words).every((word) => own.has(word));
  const { intent, topic, count, parts } = data;
  if (intent === 'comparison') return parts?.every(isOwn) ? { ...asked, intent, parts } : null;
  if (intent === 'verbatim') return { ...asked, intent };
  if (topic === undefined || !isOwn(topic) || (intent === 'sources' && count === undefined)) return null;
  return { ...asked, intent, topic, count: intent === 'sources' ? (count ?? null) : null };
};
