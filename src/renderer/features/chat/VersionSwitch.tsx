import { useApi, useClient } from '@renderer/app/client';
import { toErrorRecord } from '@renderer/lib/errors';
import { useErrorText } from '@renderer/lib/useErrorText';
import { IconButton } from '@renderer/ui/IconButton';
import { toast } from '@renderer/ui/toast';
import type { Message } from '@shared/model';
import { useQueryClient } from '@tanstack/react-query';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import styles from './Message.module.css';
import { messagesQuery } from './messages';

/** ‹ 2/3 › between the versions of a question or an answer; the branch below changes with it. */
export const VersionSwitch = ({ message }: { message: Message }) => {
  const { t } = useTranslation('chat');
  const client = useClient();
  const api = useApi();
  const queries = useQueryClient();
  const words = useErrorText();
  const { siblings, conversationId } = message;
  const index = siblings.indexOf(message.id);
  if (siblings.length < 2 || index < 0) return null;
  const go = async (to: number): Promise<void> => {
    const messageId = siblings[to];
    if (!messageId) return;
    try {
      await client.conversations.selectBranch({ conversationId, messageId });
      await queries.invalidateQueries({ queryKey: messagesQuery(api, conversationId).queryKey });
    } catch (error) {
      toast({ message: words(toErrorRecord(error)), tone: 'danger' });
    }
  };
  return (
    <span className={styles.versions}>
      <IconButton icon={ChevronLeft} label={t('actions.previousVersion')} aria-disabled={index === 0} onClick={() => void go(index - 1)} />
      <span className="num">{t('actions.version', { index: index + 1, total: siblings.length })}</span>
      <IconButton
        icon={ChevronRight}
        label={t('actions.nextVersion')}
        aria-disabled={index === siblings.length - 1}
        onClick={() => void go(index + 1)}
      />
    </span>
  );
};
