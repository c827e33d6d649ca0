import { shortened } from '@renderer/lib/shortened';
import { toast } from '@renderer/ui/toast';
import { useAttempt } from '@renderer/ui/useAttempt';
import { type MemorySource, maxMemoryCharacters, newId } from '@shared/model';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from './client';

/** Characters of a memory that a message shows. */
const shown = 60;

/** Remembers a text that the person chose, from a message or from nowhere, and offers Undo; true when it is stored. */
export const useRemember = (): ((text: string, source?: MemorySource) => Promise<boolean>) => {
  const client = useClient();
  const run = useAttempt();
  const { t } = useTranslation('memory');
  const { t: common } = useTranslation();
  return useCallback(
    async (text, source) => {
      const id = newId();
      const kept = text.trim().slice(0, maxMemoryCharacters);
      const stored = await run(() => client.memory.create({ id, text: kept, source: source ?? null }));
      if (!stored) return false;
      toast({
        message: t('remembered', { text: shortened(kept, shown) }),
        action: { label: common('actions.undo'), onAction: () => run(() => client.memory.act({ ids: [id], action: 'remove' })) },
      });
      return true;
    },
    [client, run, t, common],
  );
};
