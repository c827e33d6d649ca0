import type { Api } from '@renderer/base/client';
import type { Message } from '@shared/model';
import type { QueryClient } from '@tanstack/react-query';
import { pageSize, withMessages } from './branch';

/** The end of the active branch, with the length of the branch. */
export const tailQuery = (api: Api, conversationId: string) =>
  api.conversations.messages.queryOptions({ input: { conversationId, limit: pageSize } });

/** A page of the active branch, counted from its beginning. The cache drops it as soon as no component shows it. */
export const pageQuery = (api: Api, conversationId: string, page: number) =>
  api.conversations.messages.queryOptions({ input: { conversationId, from: page * pageSize, limit: pageSize }, gcTime: 0 });

/** Reads the loaded pages of the branch again. */
export const refreshMessages = (queries: QueryClient, api: Api, conversationId: string): Promise<void> =>
  queries.invalidateQueries({ queryKey: api.conversations.messages.key({ input: { conversationId } }) });

/** Replaces the shown message by its stored form, at the end of the branch if it is new. */
export const keepMessages = (queries: QueryClient, api: Api, conversationId: string, messages: readonly Message[]): void => {
  queries.setQueryData(tailQuery(api, conversationId).queryKey, (tail) => tail && withMessages(tail, messages));
};
