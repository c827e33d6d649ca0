import { dayOf, type TimeTopic, type TopicWord } from '@main/memory/time/topic';
import type { ReadableDb } from '@main/store/database';
import { type PastMessage, type PastScope, pastMatches, pastWindow } from '@main/store/pastMessages';
import { stem } from '@main/text/stems';
import { wordRanges } from '@main/text/words';
import type { TimelineEvent } from '@shared/model';
import { fold } from '@shared/text/fold';

/** The most messages that a period without a subject is read from: more than anybody writes in a year. */
const mostMessages = 50_000;
const snippetLength = 110;

/** A message with the words of the topic that it contains. */
interface Match {
  message: PastMessage;
  words: ReadonlySet<number>;
}

/** The beginning that all forms of a topic's word share. */
const startOf = ({ word, stem: root }: TopicWord): string => {
  if (root === null) return word;
  let same = 0;
  while (same < root.length && root[same] === word[same]) same += 1;
  return word.slice(0, Math.max(same, Math.min(3, word.length)));
};

/**
 * The FTS5 expression for the beginnings of the words. The index knows no stems, so that it returns more than the words: `matching`
 * decides.
 */
const expressionFor = (words: readonly TopicWord[]): string =>
  [
    ...new Set(
      words.flatMap((one) => {
        const start = startOf(one);
        if (one.stem === null) return [`"${start}"`];
        // The index keeps the ligatures that `fold` opens.
        return [start, start.replaceAll('oe', 'œ'), start.replaceAll('ae', 'æ')].map((form) => `"${form}"*`);
      }),
    ),
  ].join(' OR ');

const isWord = (word: string, topic: TopicWord): boolean =>
  word === topic.word || (topic.stem !== null && (stem(word, 'fr') === topic.stem || stem(word, 'en') === topic.stem));

/** Returns a function for the positions of the topic's words that stand in a text: only words with their beginnings are stemmed. */
const createMatcher = (topic: readonly TopicWord[]): ((text: string) => ReadonlySet<number>) => {
  const patterns = topic.map((one) => new RegExp(`(?<![\\p{L}\\p{N}])${startOf(one)}[\\p{L}\\p{N}]*`, 'gu'));
  return (text) => {
    const folded = fold(text);
    const found = new Set<number>();
    for (const [index, one] of topic.entries())
      for (const [word] of folded.matchAll(patterns[index] as RegExp)) {
        if (!isWord(word, one)) continue;
        found.add(index);
        break;
      }
    return found;
  };
};

/** The words around the first match on one line; the beginning where nothing matches. */
export const snippetOf = (text: string, topic: readonly TopicWord[]): string => {
  const at = wordRanges(text).find(({ word }) => topic.some((one) => isWord(word, one)))?.start ?? 0;
  const from = at < snippetLength / 2 ? 0 : text.indexOf(' ', at - snippetLength / 2) + 1;
  const start = Math.min(from, at);
  const cut = text.slice(start, start + snippetLength);
  const isWhole = start + snippetLength >= text.length;
  const end = isWhole ? cut : cut.slice(0, Math.max(cut.lastIndexOf(' '), at - start + 1));
  return `${start > 0 ? '… ' : ''}${end.replace(/\s+/g, ' ').trim()}${isWhole ? '' : ' …'}`.toWellFormed();
};

export interface EventSearch {
  topic: TimeTopic;
  scope: PastScope;
  zone: string;
  /** True for words that ask about time themselves: they and their answer are no evidence. `id` names the message for a cache. */
  asksAboutTime: (id: string, text: string) => boolean;
}

const roleOf = { person: 'user', program: 'assistant', both: null } as const;

/** No zone changes its day within a quarter of an hour. */
const quarterMs = 900_000;

/** Returns a function for the local day of an instant, which is read once for a quarter of an hour. */
const createDays = (zone: string): ((at: number) => string) => {
  const dayAt = new Map<number, string>();
  return (at) => {
    const quarter = Math.floor(at / quarterMs);
    const day = dayAt.get(quarter) ?? dayOf(at, zone);
    dayAt.set(quarter, day);
    return day;
  };
};

/** Work that yields after each message, so that it can be done in slices. */
type Sliced<T> = Generator<void, T, void>;

function* messagesOfWindow(db: ReadableDb, scope: PastScope, role: PastMessage['role']): Sliced<PastMessage[]> {
  const all: PastMessage[] = [];
  for (const message of pastWindow(db, scope, role)) {
    all.push(message);
    yield;
  }
  return all.sort((a, b) => a.at - b.at || a.n - b.n).slice(-mostMessages);
}

/**
 * The messages that fit: those with every word of the topic, else those of a conversation's day on which all of them were said. Of a
 * period as a whole the messages of the person, which say enough.
 */
function* matchesOf(db: ReadableDb, { topic, scope, asksAboutTime }: EventSearch, dayAt: (at: number) => string): Sliced<Match[]> {
  const { words } = topic;
  const role = roleOf[topic.asked];
  if (words.length === 0) {
    const messages = yield* messagesOfWindow(db, scope, role ?? 'user');
    return messages.map((message) => ({ message, words: new Set<number>() }));
  }
  const isEvidence = ({ id, role: own, parentId, text, question }: PastMessage): boolean =>
    own === 'user' ? !asksAboutTime(id, text) : question === null || !asksAboutTime(parentId ?? '', question);
  const matching = createMatcher(words);
  const matches: Match[] = [];
  for (const message of pastMatches(db, expressionFor(words), scope)) {
    yield;
    if (role !== null && message.role !== role) continue;
    const found = matching(message.text);
    if (found.size > 0 && isEvidence(message)) matches.push({ message, words: found });
  }
  const full = matches.filter((match) => match.words.size === words.length);
  if (full.length > 0 || words.length < 2) return full;
  const days = Map.groupBy(matches, ({ message }) => `${message.conversationId} ${dayAt(message.at)}`);
  return [...days.values()].filter((day) => new Set(day.flatMap((match) => [...match.words])).size === words.length).flat();
}

/**
 * The events that fit a topic, one for each conversation and local day, oldest first, with the whole text of their first message. The
 * messages of a common subject take seconds: it yields after each.
 */
export function* findEvents(db: ReadableDb, search: EventSearch): Sliced<TimelineEvent[]> {
  const dayAt = createDays(search.zone);
  const days = new Map<string, TimelineEvent>();
  const matches = yield* matchesOf(db, search, dayAt);
  for (const { message } of matches.sort((a, b) => a.message.at - b.message.at)) {
    yield;
    const day = dayAt(message.at);
    const key = `${message.conversationId} ${day}`;
    const event = days.get(key);
    if (event) event.messages += 1;
    else {
      const { conversationId, kind, title, role, at, text } = message;
      days.set(key, { conversationId, kind, title, messageId: message.id, role, at, text, day, messages: 1 });
    }
  }
  return [...days.values()];
}
