import { useClient } from '@renderer/base/client';
import { evidenceOfSource, openCitation } from '@renderer/base/evidenceStore';
import { Button } from '@renderer/ui/Button';
import { toast } from '@renderer/ui/toast';
import { useAttempt } from '@renderer/ui/useAttempt';
import type { Message } from '@shared/model';
import { useTranslation } from 'react-i18next';
import { citesNothing } from './citesNothing';
import styles from './Uncited.module.css';

/** Notes below an answer that it cites none of the passages found for it, and opens them in the evidence panel. */
export const Uncited = ({ message }: { message: Message }) => {
  const { t } = useTranslation('chat');
  const client = useClient();
  const attempt = useAttempt();
  if (!citesNothing(message)) return null;
  const messageId = message.id;
  const open = async (): Promise<void> => {
    const found = await attempt(() => client.conversations.passages({ messageId }));
    if (!found) return;
    const list = found.passages.map(({ current, ...source }) => ({ ...evidenceOfSource(source), current }));
    const [first] = list;
    if (first) openCitation(first, { list, index: 0, messageId });
    else toast({ message: t('uncited.gone') });
  };
  return (
    <div className={styles.uncited}>
      <span className="grow">{t('uncited.note', { count: message.info?.passages ?? 0 })}</span>
      <Button size="s" variant="quiet" onClick={() => void open()}>
        {t('uncited.open')}
      </Button>
    </div>
  );
};
