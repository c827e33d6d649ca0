import { escaped } from '@main/providers/quotedBlocks';
import type { Timeline, TimelineEvent } from '@shared/model';
import { formatted, type Language } from './dates';

/** The longest block that a prompt gets, in characters. */
const longestBlock = 2_000;
/** Events that an answer links to below a model's words. */
const mostLinks = 10;

/** The name of a month `YYYY-MM`. */
const monthName = (language: Language, month: string): string => formatted(language, 'UTC', 'month', Date.parse(`${month}-15T00:00:00Z`));

const plural = (count: number, one: string, more = `${one}s`): string => `${count} ${count === 1 ? one : more}`;
const frenchPlural = (count: number, one: string, more = `${one}s`): string => `${count} ${count < 2 ? one : more}`;

/** The sentences of a timeline, in both languages. `topic` is empty where the question asks for a period as a whole. */
const words = {
  en: {
    counts: ({ messages, days, conversations }: Timeline['counts']) =>
      `${plural(messages, 'message')}, on ${plural(days, 'day')}, in ${plural(conversations, 'conversation')}`,
    heads: { person: 'Your messages', program: 'My answers', both: 'Our conversations' },
    about: (topic: string) => (topic === '' ? '' : ` about ${topic}`),
    first: (date: string) => `The first time was ${date}.`,
    last: (date: string) => `The last time was ${date}.`,
    period: (from: string | null, to: string | null) =>
      from && to ? ` (${from} to ${to})` : from ? ` (since ${from})` : to ? ` (until ${to})` : '',
    nothing: (topic: string, period: string) => `I find nothing${topic === '' ? '' : ` about ${topic}`} in your conversations${period}.`,
    month: (name: string, messages: number, days: number) => `${name}: ${plural(messages, 'message')} on ${plural(days, 'day')}`,
    untitled: 'Untitled conversation',
    more: (count: number) => (count > 1 ? ` (${count} messages)` : ''),
    quote: (text: string) => `“${text}”`,
    links: 'Messages',
    speaker: { user: 'the person', assistant: 'the assistant' },
    join: ' and ',
  },
  fr: {
    counts: ({ messages, days, conversations }: Timeline['counts']) =>
      `${frenchPlural(messages, 'message')}, sur ${frenchPlural(days, 'jour')}, dans ${frenchPlural(conversations, 'conversation')}`,
    heads: { person: 'Vos messages', program: 'Mes réponses', both: 'Nos conversations' },
    about: (topic: string) => (topic === '' ? '' : ` au sujet de ${topic}`),
    first: (date: string) => `La première fois : ${date}.`,
    last: (date: string) => `La dernière fois : ${date}.`,
    period: (from: string | null, to: string | null) =>
      from && to ? ` (du ${from} au ${to})` : from ? ` (depuis le ${from})` : to ? ` (jusqu’au ${to})` : '',
    nothing: (topic: string, period: string) =>
      `Je ne trouve rien${topic === '' ? '' : ` au sujet de ${topic}`} dans vos conversations${period}.`,
    month: (name: string, messages: number, days: number) =>
      `${name} : ${frenchPlural(messages, 'message')} sur ${frenchPlural(days, 'jour')}`,
    untitled: 'Conversation sans titre',
    more: (count: number) => (count > 1 ? ` (${count} messages)` : ''),
    quote: (text: string) => `« ${text} »`,
    links: 'Messages',
    speaker: { user: 'la personne', assistant: 'l’assistant' },
    join: ' et ',
  },
} as const;

/** The address of a message within the window: the routes of `renderer/base/routes.ts`. */
export const hrefOf = ({ kind, conversationId, messageId }: Pick<TimelineEvent, 'kind' | 'conversationId' | 'messageId'>): string =>
  `#/${kind === 'debate' ? 'debates' : 'chat'}/${conversationId}/${messageId}`;

const topicIn = (language: Language, { topic }: Timeline, mark: (word: string) => string): string =>
  topic.length < 2
    ? topic.map(mark).join('')
    : `${topic.slice(0, -1).map(mark).join(', ')}${words[language].join}${mark(topic.at(-1) ?? '')}`;

/** The window in words: its last day, not the first one after it. */
const periodIn = (language: Language, { from, to, zone }: Timeline): string => {
  const day = (at: number | null): string | null => (at === null ? null : formatted(language, zone, 'day', at));
  return words[language].period(day(from), day(to === null ? null : to - 1));
};

const headIn = (language: Language, timeline: Timeline, topic: string): string => {
  const say = words[language];
  return `${say.heads[timeline.asked]}${say.about(topic)}${periodIn(language, timeline)}${language === 'fr' ? ' : ' : ': '}${say.counts(timeline.counts)}.`;
};

/** The events under the titles of their themes; all under an empty title where there are no themes. */
const byTheme = ({ themes, events }: Timeline): { title: string; events: TimelineEvent[] }[] =>
  themes.length === 0
    ? [{ title: '', events }]
    : themes.map(({ title, conversationIds }) => ({
        title,
        events: events.filter((event) => conversationIds.includes(event.conversationId)),
      }));

/** The event that a question for the first or the last time asks for. */
const singled = ({ kind, first, last }: Timeline): TimelineEvent | null => (kind === 'first' ? first : kind === 'last' ? last : null);

const linkTo = (language: Language, event: TimelineEvent, zone: string): string =>
  `[${formatted(language, zone, 'minute', event.at)}](${hrefOf(event)})`;

/**
 * The answer without a model: counts, then a dated line for each event that opens its message. Markdown; titles and quoted words are
 * escaped.
 */
export const timelineAnswer = (timeline: Timeline, language: Language): string => {
  const say = words[language];
  const topic = topicIn(language, timeline, (word) => `**${escaped(word)}**`);
  if (timeline.counts.messages === 0) return say.nothing(topic, periodIn(language, timeline));
  const one = singled(timeline);
  const lead = one && say[timeline.kind === 'first' ? 'first' : 'last'](linkTo(language, one, timeline.zone));
  const months = timeline.months.map(({ month, messages, days }) => `- ${say.month(monthName(language, month), messages, days)}`);
  const line = (event: TimelineEvent): string =>
    `- ${linkTo(language, event, timeline.zone)} · ${escaped(event.title || say.untitled)}${say.more(event.messages)} · ${say.quote(escaped(event.text))}`;
  const blocks = byTheme(timeline).map(({ title, events }) =>
    [...(title === '' ? [] : [`**${escaped(title)}**\n`]), ...events.map(line)].join('\n'),
  );
  return [...(lead ? [lead] : []), headIn(language, timeline, topic), ...(months.length > 0 ? [months.join('\n')] : []), ...blocks].join(
    '\n\n',
  );
};

/**
 * The lines of the timeline for a prompt, the most important first, together under 2,000 characters: what was found or that nothing
 * was, then the events, the latest first, as many as fit. Dates are those of stored messages, in the zone of the person.
 */
export const timelineLines = (timeline: Timeline, language: Language): string[] => {
  const say = words[language];
  const topic = topicIn(language, timeline, (word) => `"${word}"`);
  if (timeline.counts.messages === 0) return [say.nothing(topic, periodIn(language, timeline))];
  const one = singled(timeline);
  const dated = ({ at }: TimelineEvent): string => formatted(language, timeline.zone, 'minute', at);
  const lines = [
    headIn(language, timeline, topic),
    ...(one ? [say[timeline.kind === 'first' ? 'first' : 'last'](dated(one))] : []),
    ...timeline.months.map(({ month, messages, days }) => `- ${say.month(monthName(language, month), messages, days)}`),
    ...byTheme(timeline)
      .toReversed()
      .flatMap(({ title, events }) => [
        ...(title === '' ? [] : [`${title}:`]),
        ...events
          .toReversed()
          .map(
            (event) =>
              `- ${dated(event)}, "${event.title}"${say.more(event.messages)}, ${say.speaker[event.role]}: ${say.quote(event.text)}`,
          ),
      ]),
  ];
  let left = longestBlock;
  return lines.filter((line) => {
    left -= line.length + 1;
    return left >= 0;
  });
};

/** The links to the messages of a timeline, for below the words of a model. Empty where nothing was found. */
export const timelineLinks = (timeline: Timeline, language: Language): string => {
  const events = timeline.events.slice(-mostLinks);
  if (events.length === 0) return '';
  return `${words[language].links}${language === 'fr' ? ' : ' : ': '}${events.map((event) => linkTo(language, event, timeline.zone)).join(' · ')}`;
};
