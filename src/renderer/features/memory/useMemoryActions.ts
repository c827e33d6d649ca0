import { useApi, useClient } from '@renderer/base/client';
import { saveText } from '@renderer/lib/save';
import { shortened } from '@renderer/lib/shortened';
import { useFormat } from '@renderer/lib/useFormat';
import { toast } from '@renderer/ui/toast';
import { useAttempt } from '@renderer/ui/useAttempt';
import { type MemoryAction, type MemoryItem, type MemoryPatch, newId } from '@shared/model';
import { useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

/** Changes of some memories at once. */
export type MemoryChange = Exclude<MemoryAction, 'tag' | 'untag' | 'confirm'>;

/** Characters of a memory that a message shows. */
const shownInToast = 60;

/** The list of memories, which holds the focus for its rows. */
const memoryGrid = 'main [role="grid"]';

/** The change that takes another one back; the others need none. */
const backOf = { archive: 'restore', remove: 'restore', mute: 'unmute' } as const;
const canGoBack = (to: MemoryChange): to is keyof typeof backOf => to in backOf;

/** The actions on memories. Failures are shown in a toast, except those of `save`; nothing else here throws. */
export const useMemoryActions = () => {
  const client = useClient();
  const api = useApi();
  const queries = useQueryClient();
  const { t } = useTranslation('memory');
  const { t: common } = useTranslation();
  const format = useFormat();
  const run = useAttempt();

  return useMemo(() => {
    /** Reads what is on the screen again: what an action changed must not be seen as it was. */
    const readAgain = (): Promise<void> => queries.invalidateQueries({ queryKey: api.memory.key() });
    const attempt = async <Result>(work: () => Promise<Result>): Promise<Result | undefined> => {
      const result = await run(work);
      await readAgain();
      return result;
    };
    const change = async (items: readonly MemoryItem[], to: MemoryChange): Promise<void> => {
      const ids = items.map(({ id }) => id);
      if (ids.length === 0) return;
      const changed = await attempt(() => client.memory.act({ ids, action: to }));
      if (!changed || !canGoBack(to)) return;
      toast({
        message: t(`changed.${to}`, { count: ids.length, text: shortened(items[0]?.text ?? '', shownInToast) }),
        action: {
          label: common('actions.undo'),
          returnTo: memoryGrid,
          onAction: () => attempt(() => client.memory.act({ ids, action: backOf[to] })),
        },
      });
    };
    /** Says that memories were merged or split, and offers to take it back. */
    const undoable = (id: string, message: string): void => {
      toast({
        message,
        action: { label: common('actions.undo'), returnTo: memoryGrid, onAction: () => attempt(() => client.memory.undo({ id })) },
      });
    };
    return {
      change,
      /** Throws, so that a dialog can say that another window was faster. Returns the id. */
      save: async (item: MemoryItem | null, said: MemoryPatch & { text: string }): Promise<string> => {
        const id = item?.id ?? newId();
        if (item) await client.memory.update({ id, revision: item.revision, patch: said });
        else await client.memory.create({ id, ...said });
        await readAgain();
        return id;
      },
      /** Ticks an intent off, or opens it again. */
      tick: ({ id, revision, doneAt }: MemoryItem) =>
        attempt(() => client.memory.update({ id, revision, patch: { done: doneAt === null } })),
      tag: (ids: string[], added: string[], removed: string[]) =>
        attempt(async () => {
          if (added.length > 0) await client.memory.act({ ids, action: 'tag', tags: added });
          if (removed.length > 0) await client.memory.act({ ids, action: 'untag', tags: removed });
        }),
      merge: async (into: string, ids: string[]): Promise<void> => {
        const merged = await attempt(() => client.memory.merge({ into, ids }));
        if (merged) undoable(merged.undoId, t('merge.done', { count: ids.length + 1 }));
      },
      split: async ({ id, revision, kind, subject, validFrom, validTo }: MemoryItem, texts: string[]): Promise<void> => {
        const parts = texts.map((text) => ({ id: newId(), text, kind, subject, validFrom, validTo }));
        const split = await attempt(() => client.memory.split({ id, revision, parts }));
        if (split) undoable(split.undoId, t('split.done', { count: texts.length }));
      },
      /** Takes a merge or a split back. */
      takeBack: (id: string) => attempt(() => client.memory.undo({ id })),
      settle: (keep: string, other: string, both: boolean) => attempt(() => client.memory.settle({ keep, other, both })),
      /** True when they are gone. */
      forget: async (ids: string[]): Promise<boolean> => {
        const gone = await attempt(() => client.memory.forget({ ids }));
        if (!gone) return false;
        const { backupsUntil } = gone;
        toast({
          message:
            backupsUntil === null
              ? t('forgotten', { count: ids.length })
              : t('forgottenBackups', { count: ids.length, date: format.date(backupsUntil) }),
        });
        return true;
      },
      exportAll: () =>
        attempt(async () => {
          const { fileName, mime, text } = await client.memory.export();
          saveText(fileName, mime, text);
        }),
      importFrom: (file: File) =>
        attempt(async () => {
          const { added, known, refused } = await client.memory.import({ text: await file.text() });
          const parts = [t('imported.added', { count: added })];
          if (known > 0) parts.push(t('imported.known', { count: known }));
          if (refused > 0) parts.push(t('imported.unreadable', { count: refused }));
          toast({ message: parts.join(' ') });
        }),
    };
  }, [client, api, queries, run, t, common, format]);
};
