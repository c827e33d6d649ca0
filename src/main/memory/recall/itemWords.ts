import { formatted, type Language } from '@main/memory/timeline/dates';
import { type MemoryItem, type RecalledMessage, selfSubject } from '@shared/model';
import { attributeWords } from '@shared/text/attributeWords';
import { localTimeOf } from '../time/zone';

type Statement = NonNullable<RecalledMessage['ended']>[number];

const words = {
  en: {
    says: (attribute: string, value: string) => `${attribute}: ${value}`,
    person: 'the person',
    noted: (date: string) => `noted on ${date}`,
    since: (date: string) => `since ${date}`,
    until: (date: string) => `until ${date}`,
    due: (date: string) => `due on ${date}`,
    ended: 'no longer true',
    done: 'done',
  },
  fr: {
    says: (attribute: string, value: string) => `${attribute} : ${value}`,
    person: 'la personne',
    noted: (date: string) => `noté le ${date}`,
    since: (date: string, isMonth: boolean) => (isMonth ? `depuis ${date}` : `depuis le ${date}`),
    until: (date: string, isMonth: boolean) => (isMonth ? `jusqu’en ${date}` : `jusqu’au ${date}`),
    due: (date: string) => `pour le ${date}`,
    ended: 'n’est plus vrai',
    done: 'fait',
  },
} as const;

/** True for an item that was true once, and is no longer. */
export const isEnded = ({ supersededBy, validTo }: Pick<MemoryItem, 'supersededBy' | 'validTo'>, now: number): boolean =>
  supersededBy !== null || (validTo !== null && validTo <= now);

/** A bound of a time as a day; where it is the beginning of a month, which is how "since last month" is stored, as that month. */
const bound = (at: number, isEnd: boolean, language: Language, zone: string): { date: string; isMonth: boolean } => {
  const isMonth = localTimeOf(at, zone).endsWith('-01T00:00');
  return { date: formatted(language, zone, isMonth ? 'month' : 'day', isEnd ? at - 1 : at), isMonth };
};

/** The time in which something was true, in words; nothing where it is not known. */
const validityOf = ({ validFrom, validTo }: Pick<MemoryItem, 'validFrom' | 'validTo'>, language: Language, zone: string): string[] => {
  const from = validFrom === null ? null : bound(validFrom, false, language, zone);
  const to = validTo === null ? null : bound(validTo, true, language, zone);
  const say = words[language];
  return [...(from ? [say.since(from.date, from.isMonth)] : []), ...(to ? [say.until(to.date, to.isMonth)] : [])];
};

/** The subject, attribute and value of an item: "the person · lives in: Lyon"; null where it has none. */
const claimOf = ({ subject, attribute, value }: Statement, language: Language): string | null => {
  if (attribute === '' || value === '') return null;
  const claim = words[language].says(attributeWords(attribute, language), value);
  if (subject === '') return claim;
  return `${subject === selfSubject ? words[language].person : subject} · ${claim}`;
};

/** A statement with the time in which it was true. */
export const statementWords = (statement: Statement, language: Language, zone: string): string =>
  [claimOf(statement, language) ?? statement.value, ...validityOf(statement, language, zone)].join(', ');

/**
 * The words for an item in a prompt or an answer: what it states and when that was true, the words in which it was said, and when it was
 * noted. An item that has ended, or is done, is marked as such.
 */
export const itemWords = (item: MemoryItem, { language, zone, now }: { language: Language; zone: string; now: number }): string => {
  const say = words[language];
  const claim = claimOf(item, language);
  const day = (at: number): string => formatted(language, zone, 'day', at);
  const times = [
    ...validityOf(item, language, zone),
    ...(item.dueAt === null ? [] : [say.due(day(item.dueAt))]),
    ...(item.doneAt === null ? [] : [say.done]),
    ...(isEnded(item, now) ? [say.ended] : []),
  ];
  const noted = say.noted(day(item.learnedAt));
  if (claim === null || item.value === item.text) return `${item.text} (${[...times, noted].join(', ')})`;
  return `${[claim, ...times].join(', ')} (“${item.text}”, ${noted})`;
};
