import { useClient } from '@renderer/base/client';
import { toast } from '@renderer/ui/toast';
import { useAttempt } from '@renderer/ui/useAttempt';
import { useCopy } from '@renderer/ui/useCopy';
import { type RefObject, useCallback, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { lostByCopy } from './copyBeyond';
import type { MessageListHandle } from './MessageList';

interface WholeCopyOptions {
  conversationId: string;
  list: RefObject<Pick<MessageListHandle, 'content'> | null>;
  /** The number of all rows. */
  count: number;
}

/**
 * A browser copies mounted rows only. Where a selection reaches over all of them, copies the whole conversation instead; where it
 * goes on beyond them, says that a part was copied and offers the whole.
 */
export const useWholeCopy = ({ conversationId, list, count }: WholeCopyOptions): void => {
  const { t } = useTranslation('chat');
  const client = useClient();
  const attempt = useAttempt();
  const copy = useCopy();
  const copyWhole = useCallback(async (): Promise<void> => {
    const file = await attempt(() => client.conversations.export({ id: conversationId, format: 'markdown' }));
    if (file) await copy(file.text, t('copy.whole'));
  }, [client, attempt, copy, conversationId, t]);
  useEffect(() => {
    const onCopy = (event: ClipboardEvent): void => {
      const rows = list.current?.content()?.querySelectorAll<HTMLElement>('[data-index]');
      const selection = window.getSelection();
      const [first, last] = [rows?.[0], rows?.[rows.length - 1]];
      // A field has a selection of its own.
      if (!first || !last || !selection || selection.rangeCount === 0 || document.activeElement?.matches('input, textarea')) return;
      const place = (element: HTMLElement) => ({ element, index: Number(element.dataset.index) });
      const lost = lostByCopy(selection.getRangeAt(0), { first: place(first), last: place(last), count });
      if (lost === 'whole') {
        event.preventDefault();
        void copyWhole();
      } else if (lost === 'part') toast({ message: t('copy.part'), action: { label: t('copy.all'), onAction: copyWhole } });
    };
    document.addEventListener('copy', onCopy);
    return () => document.removeEventListener('copy', onCopy);
  }, [list, count, copyWhole, t]);
};
