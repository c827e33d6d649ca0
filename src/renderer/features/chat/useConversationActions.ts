import { useApi, useClient } from '@renderer/app/client';
import { href, paths } from '@renderer/app/paths';
import { toErrorRecord } from '@renderer/lib/errors';
import { saveText } from '@renderer/lib/save';
import { useErrorText } from '@renderer/lib/useErrorText';
import { toast } from '@renderer/ui/toast';
import type { Conversation } from '@shared/model';
import { useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

const rowOf = (id: string): string => `a[data-row="${CSS.escape(id)}"]`;

/** What can be done to a conversation from its row, its header and the keyboard. Done at once, with Undo where it takes something away. */
export const useConversationActions = () => {
  const { t } = useTranslation(['chat', 'common']);
  const client = useClient();
  const api = useApi();
  const queries = useQueryClient();
  const words = useErrorText();
  return useMemo(() => {
    const attempt = async (work: () => Promise<unknown>): Promise<boolean> => {
      try {
        await work();
        await queries.invalidateQueries({ queryKey: api.conversations.list.key() });
        return true;
      } catch (error) {
        toast({ message: words(toErrorRecord(error)), tone: 'danger' });
        return false;
      }
    };
    // Whoever is looking at it goes to a new chat; else the focus goes to the row that moves up.
    const leave = (id: string, next: HTMLElement | undefined): void => {
      if (location.hash.startsWith(href(paths.chat(id)))) location.assign(href(paths.chat()));
      else requestAnimationFrame(() => next?.focus());
    };
    const neighbour = (id: string): HTMLElement | undefined => {
      const rows = [...document.querySelectorAll<HTMLElement>('a[data-row]')];
      const at = rows.findIndex((row) => row.dataset.row === id);
      return at < 0 ? undefined : (rows[at + 1] ?? rows[at - 1]);
    };
    return {
      rename: (id: string, title: string) => attempt(() => client.conversations.update({ id, title })),
      pin: ({ id, pinned }: Conversation) => attempt(() => client.conversations.update({ id, pinned: !pinned })),
      archive: async ({ id, archivedAt }: Conversation): Promise<void> => {
        const archived = archivedAt === null;
        const next = neighbour(id);
        if (!(await attempt(() => client.conversations.update({ id, archived }))) || !archived) return;
        leave(id, next);
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
        const address = location.hash;
        const next = neighbour(id);
        if (!(await attempt(() => client.conversations.remove({ id })))) return;
        leave(id, next);
        toast({
          message: t('toast.deleted'),
          action: {
            label: t('common:actions.undo'),
            returnTo: rowOf(id),
            onAction: async () => {
              const restored = await attempt(() => client.conversations.restore({ id }));
              if (restored && address.startsWith(href(paths.chat(id)))) location.assign(address);
            },
          },
        });
      },
      exportAs: async ({ id }: Conversation, format: 'markdown' | 'json'): Promise<void> => {
        await attempt(async () => {
          const { fileName, mime, text } = await client.conversations.export({ id, format });
          saveText(fileName, mime, text);
          toast({ message: t('toast.exported', { name: fileName }) });
        });
      },
    };
  }, [client, api, queries, words, t]);
};
