import { useApi, useClient } from '@renderer/base/client';
import { useSettings } from '@renderer/base/useSettings';
import { useFormat } from '@renderer/lib/useFormat';
import { Button } from '@renderer/ui/Button';
import { ConfirmDialog } from '@renderer/ui/ConfirmDialog';
import { Field } from '@renderer/ui/Field';
import { IconButton } from '@renderer/ui/IconButton';
import { Select } from '@renderer/ui/Select';
import { Tag } from '@renderer/ui/Status';
import { Switch } from '@renderer/ui/Switch';
import { toast } from '@renderer/ui/toast';
import { useAttempt } from '@renderer/ui/useAttempt';
import { useCopy } from '@renderer/ui/useCopy';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Copy, Save } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DeletedConversations } from './DeletedConversations';
import kept from './data.module.css';
import { Card, Loaded, Rows, Sheet } from './Sheet';
import styles from './settings.module.css';

const tones = { sound: 'ok', damaged: 'danger', unchecked: 'neutral' } as const;

/** The folder of all data, and its backups. */
export const DataPage = () => {
  const { t } = useTranslation('settings');
  const api = useApi();
  const client = useClient();
  const queries = useQueryClient();
  const format = useFormat();
  const attempt = useAttempt();
  const copy = useCopy();
  const settings = useSettings();
  const info = useQuery(api.system.info.queryOptions());
  const backups = useQuery(api.system.backups.queryOptions());
  const stats = useQuery(api.library.stats.queryOptions());
  const [busy, setBusy] = useState(false);
  const [restoring, setRestoring] = useState<{ name: string; at: number } | null>(null);
  const [planned, setPlanned] = useState<{ name: string; missing: number } | null>(null);

  const make = async (): Promise<void> => {
    setBusy(true);
    const made = await attempt(() => client.system.backup());
    setBusy(false);
    if (!made) return;
    void queries.invalidateQueries({ queryKey: api.system.backups.key() });
    toast({ message: t('data.made', { size: format.bytes(made.bytes) }) });
  };
  const restore = async (name: string): Promise<void> => {
    const plan = await attempt(() => client.system.restoreBackup({ name }));
    // The backup was checked, so its listed facts may have changed.
    void queries.invalidateQueries({ queryKey: api.system.backups.key() });
    if (plan) setPlanned({ name, missing: plan.missingOriginals });
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
      <Loaded query={settings.query}>
        {({ library: { versionsKept } }) => (
          <Card>
            <Rows>
              <Field layout="row" label={t('data.versions')} hint={t('data.versionsHint')}>
                <Select
                  value={String(versionsKept)}
                  options={[...new Set([0, 5, 10, 20, 50, versionsKept])].map((count) => ({
                    value: String(count),
                    label: count === 0 ? t('data.versionsAll') : t('data.versionsNewest', { count }),
                  }))}
                  onChange={(count) => void settings.update({ library: { versionsKept: Number(count) } })}
                />
              </Field>
            </Rows>
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
      <Loaded query={settings.query}>
        {({ backups }) => (
          <Card>
            <Rows>
              <Field layout="row" label={t('data.originals')} hint={t('data.originalsHint')}>
                <Switch checked={backups.originals} onChange={(value) => void settings.update({ backups: { originals: value } })} />
              </Field>
            </Rows>
          </Card>
        )}
      </Loaded>
      {planned && (
        <div className={styles.say} data-tone="warning" role="status">
          {t('data.planned', { name: planned.name })} {planned.missing > 0 && t('data.plannedMissing', { count: planned.missing })}
        </div>
      )}
      <Loaded query={backups}>
        {(list) =>
          list.length === 0 ? (
            <p className="muted">{t('data.none')}</p>
          ) : (
            <Card>
              {!list.some(({ advised }) => advised) && <p className={styles.cardNote}>{t('data.noSound')}</p>}
              <ul className={kept.backups}>
                {list.map((backup) => (
                  <li key={backup.name}>
                    <span className="grow">
                      <span className={kept.when} title={backup.name}>
                        {format.dateTime(backup.at)}
                      </span>
                      <span className={kept.facts}>
                        {t(`data.reasons.${backup.reason}`)}
                        {backup.conversations !== null && backup.documents !== null && (
                          <>
                            {' · '}
                            {t('data.holds', {
                              conversations: t('data.conversations', { count: backup.conversations }),
                              documents: t('data.documents', { count: backup.documents }),
                            })}
                          </>
                        )}
                        {backup.originals !== null && backup.kept !== null && backup.kept < backup.originals && (
                          <>
                            {' · '}
                            {t('data.kept', { kept: format.number(backup.kept), count: backup.originals })}
                          </>
                        )}
                        {' · '}
                        <span className="num">{format.bytes(backup.bytes)}</span>
                      </span>
                    </span>
                    {backup.advised && <Tag tone="active">{t('data.advised')}</Tag>}
                    <Tag tone={tones[backup.state]}>{t(`data.states.${backup.state}`)}</Tag>
                    <Button
                      size="s"
                      aria-disabled={backup.state === 'damaged'}
                      onClick={() => backup.state !== 'damaged' && setRestoring(backup)}
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
      <DeletedConversations />
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
