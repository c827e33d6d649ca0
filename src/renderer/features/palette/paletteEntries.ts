import { plainText } from '@renderer/lib/plainText';
import { sharedTitles } from '@renderer/lib/sharedTitles';
import type { conversationHitSchema } from '@shared/contract/conversations';
import type { Conversation, Passage } from '@shared/model';
import type { z } from 'zod';

type Range = [number, number];
export type ConversationHit = z.infer<typeof conversationHitSchema>;

/** A conversation as a line of the palette: its title, and the passage of it that was found. */
export interface ConversationEntry {
  conversation: Conversation;
  title: string;
  titleMatches: readonly Range[] | null;
  snippet: string | null;
  matches: readonly Range[];
  /** Where a message was found; it is opened there. */
  messageId: string | undefined;
  /** Another line has the same title: the time must tell them apart. */
  shared: boolean;
}

const withShared = (entries: readonly Omit<ConversationEntry, 'shared'>[]): ConversationEntry[] => {
  const shared = sharedTitles(entries.map(({ conversation, title }) => ({ id: conversation.id, title })));
  return entries.map((entry) => ({ ...entry, shared: shared.has(entry.conversation.id) }));
};

/** Each conversation once, by the best of its places. A match of the title says where it matches; a message, what it says. */
export const entriesOfHits = (hits: readonly ConversationHit[]): ConversationEntry[] => {
  const best = new Map<string, ConversationHit>();
  for (const hit of hits) if (!best.has(hit.conversation.id)) best.set(hit.conversation.id, hit);
  return withShared(
    [...best.values()].map(({ conversation, messageId, snippet, matches }) => ({
      conversation,
      title: messageId === null ? snippet : conversation.title,
      titleMatches: messageId === null ? matches : null,
      snippet: messageId === null ? null : snippet,
      matches,
      messageId: messageId ?? undefined,
    })),
  );
};

export const entriesOfRecent = (conversations: readonly Conversation[]): ConversationEntry[] =>
  withShared(
    conversations.map((conversation) => ({
      conversation,
      title: conversation.title,
      titleMatches: [],
      snippet: null,
      matches: [],
      messageId: undefined,
    })),
  );

const excerptLength = 160;

/** The words around the first match of a passage, and where they match. */
export const excerpt = ({ text, matches }: Pick<Passage, 'text' | 'matches'>): { words: string; matches: Range[] } => {
  const first = matches[0]?.[0] ?? 0;
  const start = first < 30 ? 0 : text.lastIndexOf(' ', first - 20) + 1;
  const words = plainText(text.slice(start, start + excerptLength)).replaceAll('\n', ' ');
  const found = new Set(matches.map(([from, to]) => text.slice(from, to)));
  const ranges = [...found].filter(Boolean).flatMap((word) => {
    const at: Range[] = [];
    for (let index = words.indexOf(word); index >= 0; index = words.indexOf(word, index + word.length))
      at.push([index, index + word.length]);
    return at;
  });
  return { words, matches: ranges };
};
