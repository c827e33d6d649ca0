import { useApi, useClient } from '@renderer/base/client';
import { useAttempt } from '@renderer/ui/useAttempt';
import { type ConversationSettings, defaultConversationSettings } from '@shared/model';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { create } from 'zustand';
import { persist } from 'zustand/middleware';

/** The settings of the next new conversation: the last choices on the empty page. */
const useNewChatSettings = create<ConversationSettings>()(
  persist((): ConversationSettings => defaultConversationSettings, { name: 'emergence.newChat' }),
);

/** Settings of a conversation, or of the next new one, and a function that changes them. Deleted collections are left out. */
export const useConversationSettings = (
  conversationId: string | null,
): { settings: ConversationSettings; change: (patch: Partial<ConversationSettings>) => void } => {
  const api = useApi();
  const client = useClient();
  const queries = useQueryClient();
  const attempt = useAttempt();
  const fresh = useNewChatSettings();
  const { data } = useQuery(api.conversations.get.queryOptions({ input: { id: conversationId ?? '' }, enabled: conversationId !== null }));
  const collections = useQuery(api.library.collections.queryOptions()).data;
  const chosen = conversationId === null ? fresh : (data?.settings ?? fresh);
  const settings = useMemo(
    (): ConversationSettings => ({
      ...chosen,
      collectionIds: collections
        ? chosen.collectionIds.filter((id) => collections.some((collection) => collection.id === id))
        : chosen.collectionIds,
    }),
    [chosen, collections],
  );
  const change = useCallback(
    (patch: Partial<ConversationSettings>): void => {
      if (conversationId === null) {
        useNewChatSettings.setState(patch);
        return;
      }
      const { queryKey } = api.conversations.get.queryOptions({ input: { id: conversationId } });
      queries.setQueryData(queryKey, (before) => before && { ...before, settings: { ...before.settings, ...patch } });
      void attempt(() => client.conversations.update({ id: conversationId, settings: patch })).then((updated) => {
        // The engine refused: the stored settings are shown again.
        if (!updated) void queries.invalidateQueries({ queryKey });
      });
    },
    [api, client, queries, attempt, conversationId],
  );
  return { settings, change };
};
