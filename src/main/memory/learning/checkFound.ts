import { isStopWord } from '@main/text/stopWords';
import { foldedWords } from '@main/text/words';
import { selfSubject } from '@shared/model';
import { claimAlike } from '../items/learntItem';
import type { Learnt } from '../learnt';
import { checkStatement } from './checkStatement';
import { contentWords } from './contentWords';
import { datesOf } from './foundDates';
import type { Found } from './modelAnswer';
import { plainText } from './plain';
import type { Readable } from './readable';
import { type Stretch, statementAt } from './statements';

const longestText = 400;
const shortestText = 8;
/** Verbs and names that models put in place of the attribute they were given. */
const attributes: Readonly<Record<string, string>> = {
  residence: 'home',
  city: 'home',
  location: 'home',
  address: 'home',
  lives_in: 'home',
  company: 'employer',
  workplace: 'employer',
  work: 'employer',
  job: 'role',
  job_title: 'role',
  profession: 'role',
  occupation: 'role',
  like: 'likes',
  loves: 'likes',
  dislike: 'dislikes',
  hates: 'dislikes',
  prefer: 'prefers',
  preference: 'prefers',
  allergies: 'allergy',
  travel: 'whereabouts',
  first_name: 'name',
};

/** Names and numbers: a model that adds one has invented it, and one that leaves one out has said something else. */
const signs = (text: string): string[] =>
  foldedWords((text.match(/(?<=\S\s+["'«(]?)\p{Lu}[\p{L}\p{N}'’-]*|\S*\d\S*/gu) ?? []).join(' ')).filter(
    (word) => !isStopWord(word, 'en') && !isStopWord(word, 'fr'),
  );

let wordsForThePerson: ReadonlySet<string> | null = null;
/** True for a word by which a model names the person, and which no message needs to hold. Made at need: a start stems no word. */
const isForThePerson = (word: string): boolean => {
  wordsForThePerson ??= new Set(contentWords('user person utilisateur personne'));
  return wordsForThePerson.has(word);
};

/**
 * True where the text of a model says what the quoted words say: it has their names, numbers and negations, and no word that the messages
 * lack.
 */
const saysTheSame = (text: string, quote: string, known: ReadonlySet<string>): boolean => {
  if (text.length < shortestText || text.length > longestText || !claimAlike(text, quote)) return false;
  const words = new Set(foldedWords(text));
  return signs(` ${quote}`).every((word) => words.has(word)) && contentWords(text).every((word) => known.has(word) || isForThePerson(word));
};

/** The place of a quote in what was said: letter case, accents and blanks may differ. */
const rangeOf = (said: string, quote: string): Stretch | null => {
  const wanted = plainText(quote).replace(/^[\s"'«“.…]+|[\s"'»”.…]+$/g, '');
  if (wanted.length < 2) return null;
  const pattern = wanted
    .split(/\s+/)
    .map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('\\s+');
  const match = new RegExp(pattern, 'u').exec(plainText(said));
  return match && { start: match.index, end: match.index + match[0].length };
};

const attributeOf = (written: string | null): string => {
  const attribute = plainText(written ?? '')
    .replace(/[^\p{L}\p{N}]+/gu, '_')
    .replace(/^_+|_+$/g, '');
  return attributes[attribute] ?? attribute;
};

const isSelf = (subject: string | null): boolean =>
  subject === null ||
  /^(?:me|i|self|myself|user|the user|person|the person|je|moi|moi-même|utilisateur|l['’]utilisateur|la personne)$/i.test(subject);

/**
 * Makes an item of what a model found, or null where the messages do not hold it: the quote must stand in the message, in a sentence
 * that states something, and `checkStatement` must find the claim in that sentence. The words of the model are kept where they say the
 * same as the quoted ones; else those of the person are.
 */
export const checkFound = (
  found: Found,
  readables: readonly Readable[],
  { model, confidence }: { model: string; confidence: number },
): Learnt | null => {
  const readable = readables[found.message - 1];
  const range = readable && rangeOf(readable.said, found.quote);
  if (!readable || !range || found.value === null) return null;
  // A quote may begin before the sentence that says it: "Thanks! I live in Lyon".
  const within = rangeOf(readable.said.slice(range.start, range.end), found.value);
  const sentence = statementAt(readable.said, range.start + (within?.start ?? 0));
  if (!sentence) return null;
  const stated = readable.said.slice(sentence.start, sentence.end);
  if (/\?\W*$/.test(stated) && range.end > sentence.start + stated.lastIndexOf(',')) return null;

  const subject = isSelf(found.subject) ? selfSubject : (found.subject ?? selfSubject);
  const value = found.value.trim();
  const claim = { subject, attribute: attributeOf(found.attribute), value, isOver: found.over === true };
  const checked = checkStatement(stated, readable.said, claim);
  if (!checked) return null;

  const dates = datesOf(found, checked, stated, readable);
  if (!dates) return null;

  const { kind, attribute } = checked;
  const known = new Set(contentWords(`${readable.said} ${readable.heard.join(' ')}`));
  const text = found.text !== null && saysTheSame(found.text, stated, known) ? found.text : stated;
  return {
    kind,
    attribute,
    text,
    subject,
    value: value.slice(0, 500),
    ...dates,
    confidence,
    origin: 'model',
    model,
    agentId: readable.agentId,
    source: { messageId: readable.messageId, conversationId: readable.conversationId, at: readable.at, ...range },
    stated: { text: stated, start: sentence.start, at: range.start + (within?.start ?? 0) - sentence.start },
  };
};
