import { useApi, useClient } from '@renderer/base/client';
import { useBusy } from '@renderer/conversation/busy';
import { IconButton } from '@renderer/ui/IconButton';
import { useAttempt } from '@renderer/ui/useAttempt';
import type { Message } from '@shared/model';
import { useQueryClient } from '@tanstack/react-query';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import styles from './Message.module.css';
import { refreshMessages } from './messages';

/**
 * ‹ 2/3 › between the versions of a question or an answer; the branch below changes with it. Disabled while a turn writes to the
 * branch.
 */
export const VersionSwitch = ({ message }: { message: Message }) => (message.siblings.length < 2 ? null : <Versions message={message} />);

const Versions = ({ message }: { message: Message }) => {
  const { t } = useTranslation('chat');
  const client = useClient();
  const api = useApi();
  const queries = useQueryClient();
  const attempt = useAttempt();
  const busy = useBusy();
  const { siblings, conversationId } = message;
  const index = siblings.indexOf(message.id);
  if (index < 0) return null;
  const go = async (to: number): Promise<void> => {
    const messageId = siblings[to];
    if (!messageId || busy) return;
    await attempt(async () => {
      await client.conversations.selectBranch({ conversationId, messageId });
      await refreshMessages(queries, api, conversationId);
    });
    // The other version is another element: the focus moves to its switch.
    requestAnimationFrame(() => document.querySelector<HTMLElement>(`[data-message="${messageId}"] [data-step="${to - index}"]`)?.focus());
  };
  return (
    <span className={styles.versions}>
      <IconButton
        icon={ChevronLeft}
        data-step={-1}
        label={t('actions.previousVersion')}
        aria-disabled={busy || index === 0}
        onClick={() => void go(index - 1)}
      />
      <span className="num">{t('actions.version', { index: index + 1, total: siblings.length })}</span>
      <IconButton
        icon={ChevronRight}
        data-step={1}
        label={t('actions.nextVersion')}
        aria-disabled={busy || index === siblings.length - 1}
        onClick={() => void go(index + 1)}
      />
    </span>
  );
};
