import { stem } from '@main/text/stems';
import { isStopWord } from '@main/text/stopWords';
import { foldedWords } from '@main/text/words';
import { selfSubject } from '@shared/model';
import type { Learnt } from '../learnt';
import type { Found } from './modelAnswer';
import { plainText } from './plain';
import type { Readable } from './readable';
import { languagesOf, type Stretch, statementAt } from './statements';
import { instantIn, timesIn } from './times';

const longestText = 400;
const shortestText = 8;
/** Attributes of which nothing may be concluded: their value must be among the quoted words. */
const onlyAsSaid =
  /^(?:gender|sex|age|origin|ethnicity|race|nationality|religion|politics|political_.*|health|illness|disease|disability|orientation|birthday)$/;
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

const wordsOf = (text: string): string[] => {
  const words = foldedWords(text).filter((word) => !isStopWord(word, 'en') && !isStopWord(word, 'fr'));
  return words.map((word) => stem(stem(word, 'fr'), 'en'));
};

/** Names and numbers: a model that adds one has invented it. */
const signs = (text: string): string[] =>
  foldedWords((text.match(/(?<=\S\s+["'«(]?)\p{Lu}[\p{L}\p{N}'’-]*|\S*\d\S*/gu) ?? []).join(' ')).filter(
    (word) => !isStopWord(word, 'en') && !isStopWord(word, 'fr'),
  );

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

/** The one language in which a model's words of time are read. */
const timesOfPhrase = (phrase: string, sentence: string, readable: Readable) =>
  languagesOf(sentence, readable.said).map((language) => timesIn(phrase, language, readable));

/** The dates that the words of time in an item mean; the program calculates them, never a model. */
const datesOf = (found: Found, sentence: string, readable: Readable): Pick<Learnt, 'validFrom' | 'validTo' | 'dueAt'> => {
  const inSentence = (phrase: string | null): string | null =>
    phrase !== null && plainText(sentence).includes(plainText(phrase)) ? phrase : null;
  const read = (phrase: string | null, pick: (times: ReturnType<typeof timesIn>) => number | null | undefined): number | null => {
    const words = inSentence(phrase);
    if (words === null) return null;
    for (const times of timesOfPhrase(words, sentence, readable)) {
      const moment = pick(times);
      if (moment != null) return instantIn(moment, times, readable);
    }
    return null;
  };
  const from = read(found.from, ({ named, coming }) => named[0]?.period?.from ?? coming[0]?.period.from);
  const to = read(found.to, ({ named, coming }) => named[0]?.period?.to ?? coming[0]?.period.to);
  const due = found.kind === 'intent' ? read(found.due, ({ coming }) => coming[0]?.due) : null;
  return { validFrom: from, validTo: to ?? (found.over ? readable.at : null), dueAt: due };
};

/**
 * Makes an item of what a model found, or null where the messages do not hold it: the quote must stand in the message, in a sentence
 * that states something; the value in its words; every name and number of the text in the messages.
 */
export const checkFound = (
  found: Found,
  readables: readonly Readable[],
  { model, confidence }: { model: string; confidence: number },
): Learnt | null => {
  const readable = readables[found.message - 1];
  const range = readable && rangeOf(readable.said, found.quote);
  if (!readable || !range || found.value === null) return null;
  const sentence = statementAt(readable.said, range.start);
  if (!sentence) return null;
  const stated = readable.said.slice(sentence.start, sentence.end);
  if (/\?\W*$/.test(stated) && range.end > sentence.start + stated.lastIndexOf(',')) return null;

  const attribute = plainText(found.attribute ?? '')
    .replace(/[^\p{L}\p{N}]+/gu, '_')
    .replace(/^_+|_+$/g, '');
  const source = onlyAsSaid.test(attribute) ? found.quote : `${readable.said} ${readable.heard.join(' ')}`;
  const known = new Set(wordsOf(source));
  const value = wordsOf(found.value);
  if (value.length === 0 || !value.every((word) => known.has(word))) return null;
  const subject =
    found.subject === null || /^(?:me|i|user|the user|the person|je|moi|utilisateur|la personne)$/i.test(found.subject)
      ? selfSubject
      : found.subject;
  if (subject !== selfSubject && !wordsOf(subject).every((word) => known.has(word))) return null;

  const inMessages = new Set(foldedWords(`${readable.said} ${readable.heard.join(' ')}`));
  const isClear = found.text !== null && found.text.length >= shortestText && found.text.length <= longestText;
  const text = isClear && signs(found.text ?? '').every((word) => inMessages.has(word)) ? (found.text ?? stated) : stated;
  return {
    kind: found.kind,
    text,
    subject,
    attribute: attributes[attribute] ?? attribute,
    value: found.value.slice(0, 500),
    ...datesOf(found, stated, readable),
    confidence,
    origin: 'model',
    model,
    agentId: readable.agentId,
    source: { messageId: readable.messageId, conversationId: readable.conversationId, at: readable.at, ...range },
  };
};
