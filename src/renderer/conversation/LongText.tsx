import { useClient } from '@renderer/base/client';
import { goTo } from '@renderer/base/routes';
import { useFormat } from '@renderer/lib/useFormat';
import { Button } from '@renderer/ui/Button';
import { toast } from '@renderer/ui/toast';
import { useAttempt } from '@renderer/ui/useAttempt';
import { maxInputCharacters, newId } from '@shared/model';
import { FileText } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './Composer.module.css';
import type { Draft } from './useDraft';

/** The first line of the text, as its title. */
const longestTitle = 80;
const headOf = (text: string): string => text.slice(0, 2_000).trimStart().split('\n', 1)[0]?.slice(0, longestTitle).trim() ?? '';

/** A text too long for a message, beside the field: its size, why it cannot be sent, and what can be done with it. */
export const LongText = ({
  draft: { long, putBackLong, removeLong },
  onDone,
}: {
  draft: Pick<Draft, 'long' | 'putBackLong' | 'removeLong'>;
  onDone: () => void;
}) => {
  const { t } = useTranslation(['chat', 'common']);
  const format = useFormat();
  const client = useClient();
  const attempt = useAttempt();
  const [busy, setBusy] = useState(false);
  const head = headOf(long);
  const remove = (): void => {
    removeLong();
    onDone();
    toast({ message: t('composer.longRemoved'), action: { label: t('common:actions.undo'), onAction: () => putBackLong(long) } });
  };
  const add = async (): Promise<void> => {
    setBusy(true);
    const title = head || t('composer.longTitle');
    const document = await attempt(() => client.library.addText({ id: newId(), title, text: long, collectionId: null }));
    setBusy(false);
    if (!document) return;
    removeLong();
    onDone();
    toast({
      message: t('composer.longAdded', { title }),
      action: { label: t('common:drop.open'), onAction: () => goTo('library') },
    });
  };
  return (
    <div className={styles.long}>
      <div className={styles.longHead}>
        <FileText size={16} aria-hidden />
        <b className="clip">{head || t('composer.longTitle')}</b>
        <span className="nowrap muted">{t('composer.characters', { count: long.length })}</span>
      </div>
      <p className={styles.longWhy} role="alert">
        {t('composer.longWhy', { limit: format.integer(maxInputCharacters) })}
      </p>
      <div className={styles.longActions}>
        <Button size="s" disabled={busy} onClick={() => void add()}>
          {t('composer.longAdd')}
        </Button>
        <Button size="s" variant="quiet" disabled={busy} onClick={remove}>
          {t('composer.longRemove')}
        </Button>
      </div>
    </div>
  );
};
