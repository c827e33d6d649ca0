import { formatted, type Language } from '@main/memory/timeline/dates';
import { escaped } from '@main/providers/quotedBlocks';
import type { Recalled, RecalledItem, RecalledMessage } from '@shared/model';
import { itemWords, statementWords } from './itemWords';

/** A line of what was recalled, with its origin. */
export interface MemoryLine {
  text: string;
  item?: RecalledItem;
  message?: RecalledMessage;
}

const words = {
  en: {
    ended: (statements: string) => `no longer true: ${statements}`,
    speaker: { user: 'the person', assistant: 'the assistant' },
    said: { user: 'You', assistant: 'The assistant' },
    colon: ': ',
    nothing: 'Nothing was found in memory about this.',
    head: 'From memory:',
    quote: (text: string) => `“${text}”`,
  },
  fr: {
    ended: (statements: string) => `n’est plus vrai : ${statements}`,
    speaker: { user: 'la personne', assistant: 'l’assistant' },
    said: { user: 'Vous', assistant: 'L’assistant' },
    colon: ' : ',
    nothing: 'Rien n’a été trouvé en mémoire à ce sujet.',
    head: 'De mémoire :',
    quote: (text: string) => `« ${text} »`,
  },
} as const;

/** How recalled things are written: in whose language and zone, and when. */
export interface Writing {
  language: Language;
  zone: string;
  now: number;
}

/** The statements of a message that no longer hold, behind its words; empty without any. */
const endedOf = ({ ended = [] }: RecalledMessage, { language, zone }: Writing): string =>
  ended.length === 0 ? '' : ` (${words[language].ended(ended.map((one) => statementWords(one, language, zone)).join('; '))})`;

/** The lines of a prompt for the recalled items and messages, the best first; one that says so where nothing was found. */
export const memoryLines = ({ items, messages }: Recalled, writing: Writing): MemoryLine[] => {
  const { language, zone } = writing;
  const say = words[language];
  const lines = [
    ...items.map((item) => ({ total: item.scores.total, item, text: `- ${itemWords(item.item, writing)}` })),
    ...messages.map((message) => ({
      total: message.scores.total,
      message,
      text: `- ${formatted(language, zone, 'minute', message.at)}, ${say.speaker[message.role]}: ${say.quote(message.text)}${endedOf(message, writing)}`,
    })),
  ];
  if (lines.length === 0) return [{ text: say.nothing }];
  return lines.sort((a, b) => b.total - a.total).map(({ total: _, ...line }) => line);
};

/** The most items and messages that an answer without a model shows. */
const mostShown = 3;

/** The lines of an answer without a model: what memory has for the question, dated, each message linked. Empty without any. */
export const memoryAnswer = (recalled: Recalled, writing: Writing): { text: string; lines: MemoryLine[] } => {
  const { language, zone } = writing;
  const say = words[language];
  const items = recalled.items.slice(0, mostShown);
  const messages = recalled.messages.slice(0, mostShown);
  if (items.length + messages.length === 0) return { text: '', lines: [] };
  const lines = [
    ...items.map((item) => `- ${escaped(itemWords(item.item, writing))}`),
    ...messages.map((message) => {
      const { at, role, text, conversationId, messageId } = message;
      return `- [${formatted(language, zone, 'minute', at)}](#/chat/${conversationId}/${messageId}) · ${say.said[role]}${say.colon}${say.quote(escaped(text.replace(/\s+/g, ' ')))}${escaped(endedOf(message, writing))}`;
    }),
  ];
  const shown = [...items.map((item) => ({ text: item.item.text, item })), ...messages.map((message) => ({ text: message.text, message }))];
  return { text: [say.head, lines.join('\n')].join('\n\n'), lines: shown };
};
