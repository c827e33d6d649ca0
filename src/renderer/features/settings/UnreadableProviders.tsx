import { useApi, useClient } from '@renderer/base/client';
import { Button } from '@renderer/ui/Button';
import { Status } from '@renderer/ui/Status';
import { toast } from '@renderer/ui/toast';
import { useAttempt } from '@renderer/ui/useAttempt';
import { useQuery } from '@tanstack/react-query';
import { Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { beginRemoval, useLeavingAccounts } from './removal';
import styles from './settings.module.css';

/** Stored providers that this version cannot read, with the fields that it can; they can only be removed. */
export const UnreadableProviders = ({ onRemoved }: { onRemoved: () => void }) => {
  const { t } = useTranslation(['settings', 'common']);
  const api = useApi();
  const client = useClient();
  const attempt = useAttempt();
  const leaving = useLeavingAccounts((state) => state.ids);
  const accounts = (useQuery(api.providers.unreadable.queryOptions()).data ?? []).filter(({ id }) => !leaving.has(id));
  if (accounts.length === 0) return null;
  const remove = (id: string, name: string): void => {
    const removal = beginRemoval(id, async () => (await attempt(() => client.providers.removeUnreadable({ id }))) !== undefined);
    onRemoved();
    toast({
      message: t('providers.removed', { name }),
      onGone: removal.finish,
      action: { label: t('common:actions.undo'), onAction: removal.undo },
    });
  };
  return (
    <ul className={styles.cards} aria-label={t('providers.unreadable')}>
      {accounts.map(({ id, name, baseUrl }) => {
        const called = name || baseUrl || t('providers.unreadableName');
        return (
          <li key={id}>
            <div className={styles.card}>
              <div className={styles.top}>
                <b className="clip">{called}</b>
                {baseUrl && baseUrl !== called && <span className="muted clip">{baseUrl}</span>}
                <span className={styles.tail}>
                  <Status tone="danger">{t('providers.states.unreadable')}</Status>
                  <Button size="s" variant="danger" icon={Trash2} onClick={() => remove(id, called)}>
                    {t('providers.remove')}
                  </Button>
                </span>
              </div>
              <p className={styles.cardNote}>{t('providers.unreadableNote')}</p>
            </div>
          </li>
        );
      })}
    </ul>
  );
};
