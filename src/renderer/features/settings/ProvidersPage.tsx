import { useApi, useClient } from '@renderer/base/client';
import { useSettings } from '@renderer/base/useSettings';
import { Button } from '@renderer/ui/Button';
import { EmptyState } from '@renderer/ui/EmptyState';
import { Field } from '@renderer/ui/Field';
import { Switch } from '@renderer/ui/Switch';
import { toast } from '@renderer/ui/toast';
import { useAttempt } from '@renderer/ui/useAttempt';
import type { ProviderAccount } from '@shared/model';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Cloud, HardDrive, type LucideIcon, Plug, Plus, Radar } from 'lucide-react';
import { type ReactNode, useRef, useState } from 'react';
import { Trans, useTranslation } from 'react-i18next';
import { AddProviderDialog } from './AddProviderDialog';
import { Offers } from './Offers';
import { ProviderCard } from './ProviderCard';
import { beginRemoval, useLeavingAccounts } from './removal';
import { Card, Loaded, Rows, Sheet } from './Sheet';
import styles from './settings.module.css';
import { UnreadableProviders } from './UnreadableProviders';
import { useAccounts } from './useAccounts';

export const ProvidersPage = () => {
  const { t } = useTranslation('settings');
  const { t: common } = useTranslation();
  const api = useApi();
  const client = useClient();
  const queries = useQueryClient();
  const attempt = useAttempt();
  const accounts = useAccounts();
  const presets = useQuery(api.providers.presets.queryOptions());
  const offers = useQuery(api.providers.offers.queryOptions()).data ?? [];
  const info = useQuery(api.system.info.queryOptions());
  const { settings, update } = useSettings();
  const leaving = useLeavingAccounts((state) => state.ids);
  const [adding, setAdding] = useState(false);
  const [detecting, setDetecting] = useState(false);
  const [open, setOpen] = useState<string | null>(null);
  const add = useRef<HTMLButtonElement>(null);

  const remove = ({ id, name, enabled }: ProviderAccount): void => {
    const removal = beginRemoval(id, async () => (await attempt(() => client.providers.remove({ id }))) !== undefined);
    add.current?.focus();
    void accounts.update(id, { enabled: false });
    toast({
      message: t('providers.removed', { name }),
      onGone: removal.finish,
      action: {
        label: common('actions.undo'),
        onAction: () => {
          removal.undo();
          void accounts.update(id, { enabled });
        },
      },
    });
  };
  const detect = async (): Promise<void> => {
    setDetecting(true);
    const found = await attempt(() => client.providers.detect());
    setDetecting(false);
    if (!found) return;
    const offered = await queries.fetchQuery(api.providers.offers.queryOptions());
    if (offered.length > 0) return;
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
              cloud: <Marked icon={Cloud} label={t('providers.cloud')} />,
              drive: <Marked icon={HardDrive} label={t('providers.drive')} />,
            }}
          />
        </>
      }
    >
      {offers.length > 0 && <Offers offers={offers} />}
      <Loaded query={accounts.query}>
        {(all) => {
          const shown = all.filter((account) => !leaving.has(account.id));
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
                    accounts={accounts}
                    onMove={(step) => void accounts.move(account.id, step, ids)}
                    onRemove={() => remove(account)}
                  />
                </li>
              ))}
            </ol>
          );
        }}
      </Loaded>
      <UnreadableProviders onRemoved={() => add.current?.focus()} />
      <div className={styles.under}>
        <Button ref={add} variant="quiet" icon={Plus} onClick={() => setAdding(true)}>
          {t('providers.add')}
        </Button>
        <Button variant="quiet" icon={Radar} aria-disabled={detecting} onClick={() => !detecting && void detect()}>
          {t('providers.detect')}
        </Button>
      </div>
      {settings && (
        <Card>
          <Rows>
            <Field layout="row" label={t('providers.fallback')} hint={t('providers.fallbackHint')}>
              <Switch checked={settings.providers.fallback} onChange={(fallback) => void update({ providers: { fallback } })} />
            </Field>
            <Field layout="row" label={t('providers.localFallback')} hint={t('providers.localFallbackHint')}>
              <Switch
                checked={settings.providers.localFallback}
                onChange={(localFallback) => void update({ providers: { localFallback } })}
              />
            </Field>
            <Field layout="row" label={t('providers.detectAlways')} hint={t('providers.detectAlwaysHint')}>
              <Switch checked={settings.providers.detectLocal} onChange={(detectLocal) => void update({ providers: { detectLocal } })} />
            </Field>
          </Rows>
        </Card>
      )}
      <AddProviderDialog open={adding} onOpenChange={setAdding} presets={presets.data ?? []} onAdded={setOpen} />
    </Sheet>
  );
};

/** An icon and its word on one line. */
const Marked = ({ icon: Icon, label, children }: { icon: LucideIcon; label: string; children?: ReactNode }) => (
  <span className="nowrap">
    <Icon size={14} aria-label={label} role="img" /> {children}
  </span>
);
