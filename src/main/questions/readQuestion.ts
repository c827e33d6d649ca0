import { readTimeQuestion } from '@main/memory/time/readTimeQuestion';
import { referencesAsked } from '@main/text/references/references';
import { smallTalkOf } from '@main/text/smallTalk';
import { foldedWords } from '@main/text/words';
import { fold } from '@shared/text/fold';
import {
  clarifications,
  comparisons,
  impersonal,
  isAnyDocument,
  isSingular,
  joining,
  leaning,
  listings,
  pronouns,
  saidAgain,
  sources,
  thisDocument,
  verbatim,
  wholeDocument,
} from './intentWords';
import type { AskedQuestion } from './question';

export interface QuestionReading {
  /** True where an answer stands before the question. */
  hasBefore: boolean;
  /** Epoch milliseconds, and an IANA zone: for questions about the past. */
  now: number;
  zone: string;
}

/** A longer text asks for more than one of these things, and is searched as it is. */
const longestRequest = 400;
const longestClarification = 16;
/** A follow-up says little of its own. */
const longestFollowUp = 12;
const mostSources = 30;

const plainOf = (text: string): string => fold(text).replace(/[‘’]/g, "'").replace(/\s+/g, ' ').trim();
const withoutEnd = (text: string): string => text.replace(/[\s?!.,;:…]+$/u, '').replace(/^[\s,:–-]+/u, '');

const numberWords: Readonly<Record<string, number>> = {
  a: 1, an: 1, one: 1, un: 1, une: 1, two: 2, deux: 2, 'a couple of': 2, three: 3, trois: 3, four: 4, quatre: 4, five: 5, cinq: 5, six: 6,
  seven: 7, sept: 7, eight: 8, huit: 8, nine: 9, neuf: 9, ten: 10, dix: 10, twelve: 12, douze: 12, 'a dozen': 12, fifteen: 15, quinze: 15,
  twenty: 20, vingt: 20,
}; // biome-ignore format: a table
const countOf = (word: string): number => {
  const count = Number(word) || numberWords[word] || (/dizaine/.test(word) ? 10 : /douzaine/.test(word) ? 12 : 0);
  return Math.min(mostSources, count);
};

/**
 * The words of the original text that stand where `part` stands in its folded form: what is searched and shown keeps its accents. Where
 * folding changed the length, the folded words themselves.
 */
const originalOf = (text: string, plain: string, part: string): string => {
  const tidy = text.replace(/\s+/g, ' ').trim();
  const at = plain.lastIndexOf(part);
  return tidy.length === plain.length && at >= 0 ? tidy.slice(at, at + part.length) : part;
};

const readSources = (plain: string): { count: number; topic: string } | null => {
  for (const [index, pattern] of sources.entries()) {
    const [, first = '', second = ''] = pattern.exec(plain) ?? [];
    const count = countOf(index === 0 ? first : second);
    const topic = index === 0 ? second : first;
    if (count > 0) return { count, topic: topic.replace(joining, '') };
  }
  return null;
};

/** "The documents of the tenant" alone names them, and asks for nothing. */
const namesAlone = /^(?:the|les|mes|my|our|nos|des|of|de) /u;

const readListing = (plain: string): { topic: string } | null => {
  for (const [index, pattern] of listings.entries()) {
    const [whole, noun = '', rest = ''] = pattern.exec(plain) ?? [];
    if (whole === undefined) continue;
    if (index === 0 && namesAlone.test(plain)) continue;
    // "Show me the contract with Dupont" wants one document.
    if (index === 0 && isSingular.test(noun) && !/\b(?:every|each|any|chaque)\b/.test(whole)) continue;
    if (index > 0 && index < 3 && isSingular.test(noun)) continue;
    const about = withoutEnd(rest).replace(joining, '');
    return { topic: withoutEnd(isAnyDocument.test(noun) ? about : `${noun} ${about}`) };
  }
  return null;
};

const readComparison = (plain: string): string[] | null => {
  for (const pattern of comparisons) {
    const [, first, second] = pattern.exec(withoutEnd(plain.replace(/\s*[:;?].*$/u, ''))) ?? [];
    if (!first || !second) continue;
    const parts = [first, second].map((part) =>
      withoutEnd(part.replace(/^(?:the|les?|la|l'|celle?s? d[eu]s? (?:la )?|that of|those of|both)\s*/u, '')),
    );
    if (parts.every((part) => part.length > 0 && part.split(' ').length <= 12)) return parts;
  }
  return null;
};

const asksWithin =
  /^(?:what|how|why|who|when|where|which|ce que|ce qu'|comment|pourquoi|les? (?:arguments|obligations|raisons|positions)|the (?:arguments|reasons|obligations|discussion|debate)|all|our|notre|nos)(?:\b|(?<='))/u;

const readDocument = (plain: string): string | null => {
  for (const pattern of wholeDocument) {
    const [, name] = pattern.exec(plain) ?? [];
    // "Summarise what the lease says about pets" asks a question.
    if (name === undefined || asksWithin.test(name)) continue;
    return thisDocument.test(withoutEnd(name)) ? '' : withoutEnd(name);
  }
  return null;
};

const isFollowUp = (plain: string): boolean => {
  const words = foldedWords(plain);
  if (words.length > longestFollowUp) return false;
  return leaning.test(plain) || pronouns.test(plain.replace(impersonal, ' '));
};

/**
 * Reads by rules what a question in English or French wants to be done: nothing is asked of a model. In doubt it is a `question`, which is
 * searched. Pure.
 */
export const readQuestion = (text: string, { hasBefore, now, zone }: QuestionReading): AskedQuestion => {
  const plain = plainOf(text);
  const references = referencesAsked(text);
  const question: AskedQuestion = { intent: 'question', topic: text.trim(), count: null, parts: [], document: null, references };
  if (smallTalkOf(text)) return { ...question, intent: 'talk' };
  if (plain.length > longestRequest) return question;
  if (hasBefore && plain.split(' ').length <= longestClarification && clarifications.test(plain))
    return { ...question, intent: 'clarification' };
  if (readTimeQuestion(text, { now, zone }).temporal) return { ...question, intent: 'temporal' };
  if (verbatim.test(plain) && !saidAgain.test(plain)) return { ...question, intent: 'verbatim' };
  const original = (part: string): string => originalOf(text, plain, part);
  const wanted = readSources(plain);
  if (wanted) return { ...question, intent: 'sources', count: wanted.count, topic: original(withoutEnd(wanted.topic)) || question.topic };
  const listed = readListing(plain);
  if (listed) return { ...question, intent: 'listing', topic: original(listed.topic) };
  const parts = readComparison(plain);
  if (parts) return { ...question, intent: 'comparison', parts: parts.map(original) };
  const document = readDocument(plain);
  if (document !== null) return { ...question, intent: 'document', document: original(document) };
  if (references.length > 0) return { ...question, intent: 'reference' };
  if (hasBefore && isFollowUp(plain)) return { ...question, intent: 'followup' };
  return question;
};
