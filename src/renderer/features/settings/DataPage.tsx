import { useApi, useClient } from '@renderer/app/client';
import { useFormat } from '@renderer/lib/useFormat';
import { Button } from '@renderer/ui/Button';
import { ConfirmDialog } from '@renderer/ui/ConfirmDialog';
import { IconButton } from '@renderer/ui/IconButton';
import { toast } from '@renderer/ui/toast';
import { useAttempt } from '@renderer/ui/useAttempt';
import { useCopy } from '@renderer/ui/useCopy';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Copy, Save } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import kept from './data.module.css';
import { Card, Loaded, Sheet } from './Sheet';
import styles from './settings.module.css';

/** Where everything is kept, and the copies made of it. */
export const DataPage = () => {
  const { t } = useTranslation('settings');
  const api = useApi();
  const client = useClient();
  const queries = useQueryClient();
  const format = useFormat();
  const attempt = useAttempt();
  const copy = useCopy();
  const info = useQuery(api.system.info.queryOptions());
  const backups = useQuery(api.system.backups.queryOptions());
  const stats = useQuery(api.library.stats.queryOptions());
  const [busy, setBusy] = useState(false);
  const [restoring, setRestoring] = useState<{ name: string; at: number } | null>(null);
  const [planned, setPlanned] = useState<string | null>(null);

  const make = async (): Promise<void> => {
    setBusy(true);
    const made = await attempt(() => client.system.backup());
    setBusy(false);
    if (!made) return;
    void queries.invalidateQueries({ queryKey: api.system.backups.key() });
    toast({ message: t('data.made', { size: format.bytes(made.bytes) }) });
  };
  const restore = async (name: string): Promise<void> => {
    if (await attempt(() => client.system.restoreBackup({ name }))) setPlanned(name);
  };

  return (
    <Sheet title={t('pages.data')} lead={t('data.lead')}>
      <h2 className={styles.sub}>{t('data.folder')}</h2>
      <Loaded query={info}>
        {(data) => (
          <Card>
            <div className={kept.folder}>
              <span className="mono grow">{data.dataFolder}</span>
              <IconButton icon={Copy} label={t('data.copyFolder')} onClick={() => void copy(data.dataFolder)} />
            </div>
            {stats.data && (
              <p className={styles.cardNote}>
                {t('data.sizes', { originals: format.bytes(stats.data.originalsBytes), index: format.bytes(stats.data.indexBytes) })}
              </p>
            )}
          </Card>
        )}
      </Loaded>
      <div className={styles.subRow}>
        <h2 className={styles.sub}>{t('data.backups')}</h2>
        <Button size="s" icon={Save} aria-disabled={busy} onClick={() => !busy && void make()}>
          {t('data.make')}
        </Button>
      </div>
      <p className={styles.note}>{t('data.backupsHint')}</p>
      {planned && (
        <div className={styles.say} data-tone="warning" role="status">
          {t('data.planned', { name: planned })}
        </div>
      )}
      <Loaded query={backups}>
        {(list) =>
          list.length === 0 ? (
            <p className="muted">{t('data.none')}</p>
          ) : (
            <Card>
              <ul className={kept.backups}>
                {list.map((backup) => (
                  <li key={backup.name}>
                    <span className={kept.backupWhen} title={backup.name}>
                      {format.dateTime(backup.at)}
                    </span>
                    <span className="muted grow">{t(`data.reasons.${backup.reason}`)}</span>
                    <span className="num second">{format.bytes(backup.bytes)}</span>
                    <Button
                      size="s"
                      onClick={() => setRestoring(backup)}
                      aria-label={t('data.restoreOf', { when: format.dateTime(backup.at) })}
                    >
                      {t('data.restore')}
                    </Button>
                  </li>
                ))}
              </ul>
            </Card>
          )
        }
      </Loaded>
      <ConfirmDialog
        open={restoring !== null}
        onOpenChange={(open) => !open && setRestoring(null)}
        title={t('data.restoreTitle', { when: restoring ? format.dateTime(restoring.at) : '' })}
        description={t('data.restoreText')}
        confirm={t('data.restoreConfirm')}
        onConfirm={() => restoring && void restore(restoring.name)}
      />
    </Sheet>
  );
};
