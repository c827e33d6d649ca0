import { useApi, useClient } from '@renderer/app/client';
import { Button } from '@renderer/ui/Button';
import { EmptyState } from '@renderer/ui/EmptyState';
import { Field } from '@renderer/ui/Field';
import { Switch } from '@renderer/ui/Switch';
import { toast } from '@renderer/ui/toast';
import { useAttempt } from '@renderer/ui/useAttempt';
import type { ProviderAccount } from '@shared/model';
import { useQuery } from '@tanstack/react-query';
import { Cloud, HardDrive, Plug, Plus, Radar } from 'lucide-react';
import { useRef, useState } from 'react';
import { Trans, useTranslation } from 'react-i18next';
import { create } from 'zustand';
import { AddProviderDialog } from './AddProviderDialog';
import { ProviderCard } from './ProviderCard';
import { moved } from './providerView';
import { Card, Loaded, Rows, Sheet } from './Sheet';
import styles from './settings.module.css';
import { useSettings } from './useSettings';

/** Accounts being removed: switched off and hidden at once, really removed (with their key) when Undo has passed. */
const useLeaving = create<{ ids: ReadonlySet<string> }>(() => ({ ids: new Set() }));
const setLeaving = (id: string, leaving: boolean): void =>
  useLeaving.setState(({ ids }) => {
    const next = new Set(ids);
    leaving ? next.add(id) : next.delete(id);
    return { ids: next };
  });
/** A little longer than the message with Undo stays. */
const undoMs = 10_000;

export const ProvidersPage = () => {
  const { t } = useTranslation('settings');
  const { t: common } = useTranslation();
  const api = useApi();
  const client = useClient();
  const attempt = useAttempt();
  const accounts = useQuery(api.providers.list.queryOptions());
  const presets = useQuery(api.providers.presets.queryOptions());
  const info = useQuery(api.system.info.queryOptions());
  const { query: settings, update } = useSettings();
  const leaving = useLeaving((state) => state.ids);
  const [adding, setAdding] = useState(false);
  const [detecting, setDetecting] = useState(false);
  const [open, setOpen] = useState<string | null>(null);
  const add = useRef<HTMLButtonElement>(null);

  const remove = (account: ProviderAccount): void => {
    setLeaving(account.id, true);
    add.current?.focus();
    const wasEnabled = account.enabled;
    void attempt(() => client.providers.update({ id: account.id, enabled: false }));
    const timer = setTimeout(() => {
      void attempt(() => client.providers.remove({ id: account.id })).then(() => setLeaving(account.id, false));
    }, undoMs);
    toast({
      message: t('providers.removed', { name: account.name }),
      action: {
        label: common('actions.undo'),
        onAction: () => {
          clearTimeout(timer);
          setLeaving(account.id, false);
          void attempt(() => client.providers.update({ id: account.id, enabled: wasEnabled }));
        },
      },
    });
  };
  const detect = async (): Promise<void> => {
    setDetecting(true);
    const found = await attempt(() => client.providers.detect());
    setDetecting(false);
    if (!found) return;
    toast({
      message: found.length === 0 ? t('providers.noneFound') : t('providers.found', { count: found.length, name: found[0]?.name ?? '' }),
    });
  };

  return (
    <Sheet
      title={t('pages.providers')}
      lead={
        <>
          {info.data && t(`secrets.${info.data.secrets}`)}{' '}
          <Trans
            t={t}
            i18nKey="providers.marks"
            components={{
              cloud: <Cloud size={14} aria-label={t('providers.cloud')} role="img" />,
              drive: <HardDrive size={14} aria-label={t('providers.drive')} role="img" />,
            }}
          />
        </>
      }
    >
      <Loaded query={accounts}>
        {(all) => {
          const shown = all.filter((account) => !leaving.has(account.id)).sort((one, other) => one.position - other.position);
          const ids = shown.map((account) => account.id);
          return shown.length === 0 ? (
            <EmptyState icon={Plug} title={t('providers.emptyTitle')}>
              {t('providers.emptyText')}
            </EmptyState>
          ) : (
            <ol className={styles.cards} aria-label={t('providers.order')}>
              {shown.map((account, index) => (
                <li key={account.id}>
                  <ProviderCard
                    account={account}
                    preset={presets.data?.find((preset) => preset.id === account.preset) ?? null}
                    open={open === account.id}
                    onOpen={(next) => setOpen(next ? account.id : null)}
                    first={index === 0}
                    last={index === shown.length - 1}
                    onMove={(step) => void attempt(() => client.providers.reorder({ ids: moved(ids, account.id, step) }))}
                    onRemove={() => remove(account)}
                  />
                </li>
              ))}
            </ol>
          );
        }}
      </Loaded>
      <div className={styles.under}>
        <Button ref={add} variant="quiet" icon={Plus} onClick={() => setAdding(true)}>
          {t('providers.add')}
        </Button>
        <Button variant="quiet" icon={Radar} aria-disabled={detecting} onClick={() => !detecting && void detect()}>
          {t('providers.detect')}
        </Button>
      </div>
      {settings.data && (
        <Card>
          <Rows>
            <Field layout="row" label={t('providers.fallback')} hint={t('providers.fallbackHint')}>
              <Switch checked={settings.data.fallback} onChange={(fallback) => void update({ fallback })} />
            </Field>
            <Field layout="row" label={t('providers.detectAlways')} hint={t('providers.detectAlwaysHint')}>
              <Switch
                checked={settings.data.detectLocalProviders}
                onChange={(detectLocalProviders) => void update({ detectLocalProviders })}
              />
            </Field>
          </Rows>
        </Card>
      )}
      <AddProviderDialog open={adding} onOpenChange={setAdding} presets={presets.data ?? []} onAdded={setOpen} />
    </Sheet>
  );
};
