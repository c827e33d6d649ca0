import { formatted, type Language } from '@main/memory/timeline/dates';
import { escaped } from '@main/providers/quotedBlocks';
import type { Recalled, RecalledItem, RecalledMessage } from '@shared/model';

/** A line of what was recalled, with its origin. */
export interface MemoryLine {
  text: string;
  item?: RecalledItem;
  message?: RecalledMessage;
}

const words = {
  en: {
    noted: (date: string) => `noted on ${date}`,
    since: (date: string) => `since ${date}`,
    until: (date: string) => `until ${date}`,
    speaker: { user: 'the person', assistant: 'the assistant' },
    said: { user: 'You', assistant: 'The assistant' },
    colon: ': ',
    nothing: 'Nothing was found in memory about this.',
    head: 'From memory:',
    quote: (text: string) => `“${text}”`,
  },
  fr: {
    noted: (date: string) => `noté le ${date}`,
    since: (date: string) => `depuis le ${date}`,
    until: (date: string) => `jusqu’au ${date}`,
    speaker: { user: 'la personne', assistant: 'l’assistant' },
    said: { user: 'Vous', assistant: 'L’assistant' },
    colon: ' : ',
    nothing: 'Rien n’a été trouvé en mémoire à ce sujet.',
    head: 'De mémoire :',
    quote: (text: string) => `« ${text} »`,
  },
} as const;

/** When an item was learnt and when it was true, in words. */
const datesOf = ({ item }: RecalledItem, language: Language, zone: string): string => {
  const say = words[language];
  const day = (at: number): string => formatted(language, zone, 'day', at);
  return [
    say.noted(day(item.learnedAt)),
    ...(item.validFrom === null ? [] : [say.since(day(item.validFrom))]),
    ...(item.validTo === null ? [] : [say.until(day(item.validTo - 1))]),
  ].join(', ');
};

/** The lines of a prompt for the recalled items and messages, the best first; one that says so where nothing was found. */
export const memoryLines = ({ items, messages }: Recalled, language: Language, zone: string): MemoryLine[] => {
  const say = words[language];
  const lines = [
    ...items.map((item) => ({ total: item.scores.total, item, text: `- ${item.item.text} (${datesOf(item, language, zone)})` })),
    ...messages.map((message) => ({
      total: message.scores.total,
      message,
      text: `- ${formatted(language, zone, 'minute', message.at)}, ${say.speaker[message.role]}: ${say.quote(message.text)}`,
    })),
  ];
  if (lines.length === 0) return [{ text: say.nothing }];
  return lines.sort((a, b) => b.total - a.total).map(({ total: _, ...line }) => line);
};

/** The most items and messages that an answer without a model shows. */
const mostShown = 3;

/** The lines of an answer without a model: what memory has for the question, dated, each message linked. Empty without any. */
export const memoryAnswer = (recalled: Recalled, language: Language, zone: string): { text: string; lines: MemoryLine[] } => {
  const say = words[language];
  const items = recalled.items.slice(0, mostShown);
  const messages = recalled.messages.slice(0, mostShown);
  if (items.length + messages.length === 0) return { text: '', lines: [] };
  const lines = [
    ...items.map((item) => `- ${escaped(item.item.text)} (${datesOf(item, language, zone)})`),
    ...messages.map(
      ({ at, role, text, conversationId, messageId }) =>
        `- [${formatted(language, zone, 'minute', at)}](#/chat/${conversationId}/${messageId}) · ${say.said[role]}${say.colon}${say.quote(escaped(text.replace(/\s+/g, ' ')))}`,
    ),
  ];
  const shown = [...items.map((item) => ({ text: item.item.text, item })), ...messages.map((message) => ({ text: message.text, message }))];
  return { text: [say.head, lines.join('\n')].join('\n\n'), lines: shown };
};
