import { excerpt } from '@renderer/lib/excerpt';
import { sharedTitles } from '@renderer/lib/sharedTitles';
import type { conversationHitSchema } from '@shared/contract/conversations';
import type { Conversation } from '@shared/model';
import type { z } from 'zod';

type Range = [number, number];
export type ConversationHit = z.infer<typeof conversationHitSchema>;

/** A conversation as a line of the palette: its title, and its matching passage. */
export interface ConversationEntry {
  conversation: Conversation;
  title: string;
  titleMatches: readonly Range[] | null;
  snippet: string | null;
  matches: readonly Range[];
  /** The message that matched; the conversation opens there. */
  messageId: string | undefined;
  /** True when another line has the same title: the time must distinguish them. */
  shared: boolean;
}

const withShared = (entries: readonly Omit<ConversationEntry, 'shared'>[]): ConversationEntry[] => {
  const shared = sharedTitles(entries.map(({ conversation, title }) => ({ id: conversation.id, title })));
  return entries.map((entry) => ({ ...entry, shared: shared.has(entry.conversation.id) }));
};

/** Each conversation once, by its best match. A match in the title marks it; one in a message shows the words. */
export const entriesOfHits = (hits: readonly ConversationHit[]): ConversationEntry[] => {
  const best = new Map<string, ConversationHit>();
  for (const hit of hits) if (!best.has(hit.conversation.id)) best.set(hit.conversation.id, hit);
  return withShared(
    [...best.values()].map(({ conversation, messageId, snippet, matches }) => {
      if (messageId === null)
        return { conversation, title: snippet, titleMatches: matches, snippet: null, matches: [], messageId: undefined };
      const said = excerpt({ text: snippet, matches });
      return { conversation, title: conversation.title, titleMatches: null, snippet: said.words, matches: said.matches, messageId };
    }),
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
