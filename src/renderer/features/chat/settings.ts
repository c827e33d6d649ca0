import { useApi, useClient } from '@renderer/app/client';
import { type ConversationSettings, defaultConversationSettings } from '@shared/model';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { create } from 'zustand';
import { persist } from 'zustand/middleware';

/** What the next new conversation starts with: the choices made last on the empty page. */
export const useNewChatSettings = create<ConversationSettings>()(
  persist((): ConversationSettings => defaultConversationSettings, { name: 'emergence.newChat' }),
);

/** Settings of a conversation, or of the one to come, and how to change them. */
export const useConversationSettings = (
  conversationId: string | null,
): { settings: ConversationSettings; change: (patch: Partial<ConversationSettings>) => void } => {
  const api = useApi();
  const client = useClient();
  const queries = useQueryClient();
  const fresh = useNewChatSettings();
  const { data } = useQuery(api.conversations.get.queryOptions({ input: { id: conversationId ?? '' }, enabled: conversationId !== null }));
  const settings = conversationId === null ? fresh : (data?.settings ?? fresh);
  const change = useCallback(
    (patch: Partial<ConversationSettings>): void => {
      if (conversationId === null) {
        useNewChatSettings.setState(patch);
        return;
      }
      const { queryKey } = api.conversations.get.queryOptions({ input: { id: conversationId } });
      queries.setQueryData(queryKey, (before) => before && { ...before, settings: { ...before.settings, ...patch } });
      void client.conversations.update({ id: conversationId, settings: patch }).catch(() => queries.invalidateQueries({ queryKey }));
    },
    [api, client, queries, conversationId],
  );
  return { settings, change };
};
