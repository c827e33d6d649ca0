import type { Api } from '@renderer/app/client';
import type { Message } from '@shared/model';
import { type InfiniteData, infiniteQueryOptions, type QueryClient } from '@tanstack/react-query';

interface MessagePage {
  items: Message[];
  hasMore: boolean;
}

const pageSize = 40;

/** The active branch, newest page first; further pages lead to the beginning. */
export const messagesQuery = (api: Api, conversationId: string) =>
  infiniteQueryOptions(
    api.conversations.messages.infiniteOptions({
      input: (before: string | undefined) => ({ conversationId, before, limit: pageSize }),
      initialPageParam: undefined,
      getNextPageParam: (page: MessagePage) => (page.hasMore ? page.items[0]?.id : undefined),
    }),
  );

/** Oldest first. */
export const joinPages = (data: InfiniteData<MessagePage> | undefined): Message[] =>
  data ? [...data.pages].reverse().flatMap((page) => page.items) : [];

/** Replaces the shown message by its stored form, at the end of the branch if it is new. */
export const keepMessages = (queries: QueryClient, api: Api, conversationId: string, messages: Message[]): void => {
  queries.setQueryData(messagesQuery(api, conversationId).queryKey, (data) => {
    if (!data) return data;
    const newer = new Map(messages.map((message) => [message.id, message]));
    const pages = data.pages.map((page) => ({
      ...page,
      items: page.items.map((message) => {
        const replacement = newer.get(message.id);
        newer.delete(message.id);
        return replacement ?? message;
      }),
    }));
    const [latest, ...older] = pages;
    return latest ? { ...data, pages: [{ ...latest, items: [...latest.items, ...newer.values()] }, ...older] } : data;
  });
};
