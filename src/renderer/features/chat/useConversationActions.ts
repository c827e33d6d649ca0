import { useApi, useClient } from '@renderer/base/client';
import { currentPath, goTo, goToPath, isOpen } from '@renderer/base/routes';
import { useForgotten } from '@renderer/base/useForgotten';
import { saveText } from '@renderer/lib/save';
import { toast } from '@renderer/ui/toast';
import { useAttempt } from '@renderer/ui/useAttempt';
import type { Conversation } from '@shared/model';
import { type InfiniteData, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { changeListed } from './listedConversations';

const rowOf = (id: string): string => `a[data-row="${CSS.escape(id)}"]`;

/** The actions on a conversation from its row, its header and the keyboard. They run at once, with Undo for a deletion. */
export const useConversationActions = () => {
  const { t } = useTranslation(['chat', 'common']);
  const client = useClient();
  const api = useApi();
  const queries = useQueryClient();
  const attempt = useAttempt();
  const sayForgotten = useForgotten();
  return useMemo(() => {
    type Page = Awaited<ReturnType<typeof client.conversations.list>>;
    /** Shows the change in every list, then makes it. A refused change is undone by reading the lists again. True on success. */
    const make = async (id: string, change: (conversation: Conversation) => Conversation | null, work: () => Promise<unknown>) => {
      const queryKey = api.conversations.list.key();
      queries.setQueriesData<Page | InfiniteData<Page>>({ queryKey }, (data) => data && changeListed(data, id, change));
      const made = (await attempt(async () => work().then(() => true))) ?? false;
      if (!made) void queries.invalidateQueries({ queryKey });
      return made;
    };
    // Where the deleted conversation is open, opens a new chat; else the focus goes to the row that moves up.
    const leave = (id: string, next: HTMLElement | undefined): void => {
      if (isOpen('conversation', { id })) goTo('chat');
      else requestAnimationFrame(() => next?.focus());
    };
    const neighbour = (id: string): HTMLElement | undefined => {
      const rows = [...document.querySelectorAll<HTMLElement>('a[data-row]')];
      const at = rows.findIndex((row) => row.dataset.row === id);
      return at < 0 ? undefined : (rows[at + 1] ?? rows[at - 1]);
    };
    /** Changes what the memory does with a conversation, and says so. */
    const setMemory = async (
      { id, settings }: Conversation,
      patch: Partial<Pick<Conversation['settings'], 'learning' | 'private'>>,
      message: string,
    ): Promise<void> => {
      const changed = (conversation: Conversation): Conversation => ({ ...conversation, settings: { ...settings, ...patch } });
      if (await make(id, changed, () => client.conversations.update({ id, settings: patch }))) toast({ message });
    };
    return {
      setLearning: (conversation: Conversation, learning: boolean) =>
        setMemory(conversation, { learning }, t(learning ? 'toast.learning' : 'toast.notLearning')),
      setPrivate: (conversation: Conversation, isPrivate: boolean) =>
        setMemory(conversation, { private: isPrivate }, t(isPrivate ? 'toast.private' : 'toast.notPrivate')),
      rename: (id: string, title: string) =>
        make(
          id,
          (conversation) => ({ ...conversation, title }),
          () => client.conversations.update({ id, title }),
        ),
      pin: ({ id, pinned }: Conversation) =>
        make(
          id,
          (conversation) => ({ ...conversation, pinned: !pinned }),
          () => client.conversations.update({ id, pinned: !pinned }),
        ),
      archive: async ({ id, archivedAt }: Conversation): Promise<void> => {
        const archived = archivedAt === null;
        const next = neighbour(id);
        const made = make(
          id,
          () => null,
          () => client.conversations.update({ id, archived }),
        );
        if (!archived) return;
        leave(id, next);
        if (!(await made)) return;
        toast({
          message: t('toast.archived'),
          action: {
            label: t('common:actions.undo'),
            returnTo: rowOf(id),
            onAction: () => attempt(() => client.conversations.update({ id, archived: false })),
          },
        });
      },
      remove: async ({ id }: Conversation): Promise<void> => {
        const path = currentPath();
        const open = isOpen('conversation', { id });
        const next = neighbour(id);
        const made = make(
          id,
          () => null,
          () => client.conversations.remove({ id }),
        );
        leave(id, next);
        if (!(await made)) return;
        const { length: count } = await client.memory.learnt({ conversationId: id }).catch(() => []);
        toast({
          message: count > 0 ? t('toast.deletedLearnt', { count }) : t('toast.deleted'),
          action: {
            label: t('common:actions.undo'),
            returnTo: rowOf(id),
            onAction: async () => {
              const restored = await attempt(() => client.conversations.restore({ id }));
              if (restored && open) goToPath(path);
            },
          },
        });
      },
      /** Deletes a conversation for good, with what was learnt from it alone. */
      forget: async ({ id }: Conversation): Promise<void> => {
        const next = neighbour(id);
        let until: number | null = null;
        const made = make(
          id,
          () => null,
          async () => {
            until = (await client.conversations.forget({ id })).backupsUntil;
          },
        );
        leave(id, next);
        if (!(await made)) return;
        sayForgotten(until);
      },
      exportAs: async ({ id }: Conversation, format: 'markdown' | 'json'): Promise<void> => {
        await attempt(async () => {
          const { fileName, mime, text } = await client.conversations.export({ id, format });
          saveText(fileName, mime, text);
          toast({ message: t('toast.exported', { name: fileName }) });
        });
      },
    };
  }, [client, api, queries, attempt, t, sayForgotten]);
};
export type ConversationActions = ReturnType<typeof useConversationActions>;
