import { useErrorText } from '@renderer/lib/useErrorText';
import { useFormat } from '@renderer/lib/useFormat';
import { Button } from '@renderer/ui/Button';
import { IconButton } from '@renderer/ui/IconButton';
import { Status } from '@renderer/ui/Status';
import { Switch } from '@renderer/ui/Switch';
import { Tooltip } from '@renderer/ui/Tooltip';
import type { Preset, ProviderAccount } from '@shared/model';
import { ArrowDown, ArrowUp, ChevronDown, ChevronUp, Cloud, HardDrive, Trash2 } from 'lucide-react';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProviderFields } from './ProviderFields';
import { accountState, isPassing } from './providerView';
import styles from './settings.module.css';
import type { Accounts } from './useAccounts';
import { useProviderTest } from './useProviderTest';

export interface ProviderCardProps {
  account: ProviderAccount;
  preset: Preset | null;
  accounts: Accounts;
  open: boolean;
  onOpen: (open: boolean) => void;
  first: boolean;
  last: boolean;
  onMove: (step: 1 | -1) => void;
  onRemove: () => void;
}

/** A provider: its state and, unfolded, all its settings. */
export const ProviderCard = ({ account, preset, accounts, open, onOpen, first, last, onMove, onRemove }: ProviderCardProps) => {
  const { t } = useTranslation('settings');
  const format = useFormat();
  const errorText = useErrorText();
  const body = useId();
  const { testing, test } = useProviderTest(account.id);
  const [replacing, setReplacing] = useState(false);
  const state = accountState(account);
  const Place = account.local ? HardDrive : Cloud;
  const place = account.local ? t('providers.drive') : t('providers.cloud');
  const failing = state.kind === 'failing' && !testing ? state.error : null;
  const wantsKey = failing?.code === 'provider.auth' || failing?.code === 'secrets.damaged';

  return (
    <div className={styles.card} data-off={!account.enabled || undefined}>
      <div className={styles.top}>
        <Tooltip label={place}>
          <span role="img" aria-label={place} className={styles.place}>
            <Place size={16} aria-hidden />
          </span>
        </Tooltip>
        <b>{account.name}</b>
        <span className="muted clip">
          {account.models.length > 0 ? t('providers.models', { count: account.models.length }) : account.local ? account.baseUrl : ''}
        </span>
        <span className={styles.tail}>
          <span role="status">
            {testing ? (
              <Status tone="active">{t('providers.testing')}</Status>
            ) : (
              <AccountStatus account={account} working={(ms) => format.duration(ms)} />
            )}
          </span>
          <Button size="s" aria-disabled={testing} onClick={() => !testing && void test()}>
            {t('providers.test')}
          </Button>
          <IconButton
            icon={open ? ChevronUp : ChevronDown}
            label={t(open ? 'providers.fold' : 'providers.unfold', { name: account.name })}
            aria-expanded={open}
            aria-controls={body}
            onClick={() => onOpen(!open)}
          />
        </span>
      </div>
      {failing && (
        <div className={styles.say} data-tone={isPassing(failing) ? 'warning' : 'danger'} role="status">
          <span className="grow">
            {errorText(failing)}
            {typeof failing.details.said === 'string' && (
              <span className={styles.said}>{t('providers.said', { name: account.name, words: failing.details.said })}</span>
            )}
          </span>
          {wantsKey && (
            <Button
              size="s"
              onClick={() => {
                onOpen(true);
                setReplacing(true);
              }}
            >
              {t('providers.replaceKey')}
            </Button>
          )}
        </div>
      )}
      {state.kind === 'resting' && (
        <div className={styles.say} data-tone="warning" role="status">
          {t('providers.resting')}
        </div>
      )}
      {state.kind === 'noChat' && (
        <div className={styles.say} data-tone="info" role="status">
          {t(state.apart ? 'providers.noChat.apart' : 'providers.noChat.empty')}
        </div>
      )}
      {account.keyFor !== null && !replacing && (
        <div className={styles.say} data-tone="warning" role="status">
          <span className="grow">{t('providers.keyElsewhere', { address: account.keyFor })}</span>
          <Button
            size="s"
            onClick={() => {
              onOpen(true);
              setReplacing(true);
            }}
          >
            {t('providers.giveKey')}
          </Button>
        </div>
      )}
      {account.unread > 0 && (
        <div className={styles.say} data-tone="warning" role="status">
          {t('providers.unread', { count: account.unread })}
        </div>
      )}
      {open && (
        <div id={body} className={styles.body}>
          <ProviderFields
            key={account.id}
            account={account}
            preset={preset}
            accounts={accounts}
            replacing={replacing}
            onReplacing={setReplacing}
            onKeySaved={() => void test()}
          />
          <div className={styles.cardFoot}>
            {/* biome-ignore lint/a11y/noLabelWithoutControl: the switch is the control */}
            <label className={styles.enabled}>
              <Switch
                checked={account.enabled}
                label={t('providers.enabled')}
                onChange={(enabled) => void accounts.update(account.id, { enabled })}
              />
              {t('providers.enabled')}
            </label>
            <span className="grow" />
            <IconButton icon={ArrowUp} label={t('providers.earlier')} aria-disabled={first} onClick={() => !first && onMove(-1)} />
            <IconButton icon={ArrowDown} label={t('providers.later')} aria-disabled={last} onClick={() => !last && onMove(1)} />
            <Button size="s" variant="danger" icon={Trash2} onClick={onRemove}>
              {t('providers.remove')}
            </Button>
          </div>
        </div>
      )}
    </div>
  );
};

const AccountStatus = ({ account, working }: { account: ProviderAccount; working: (ms: number) => string }) => {
  const { t } = useTranslation('settings');
  const state = accountState(account);
  switch (state.kind) {
    case 'off':
      return <Status tone="off">{t('providers.states.off')}</Status>;
    case 'untested':
      return <Status tone="off">{t('providers.states.untested')}</Status>;
    case 'working':
      return <Status tone="ok">{t('providers.states.working', { time: working(state.ms) })}</Status>;
    case 'noChat':
      return <Status tone="neutral">{t('providers.states.noChat')}</Status>;
    case 'resting':
      return <Status tone="warning">{t('providers.states.resting')}</Status>;
    case 'failing':
      return isPassing(state.error) ? (
        <Status tone="warning">{t('providers.states.limited')}</Status>
      ) : (
        <Status tone="danger">{t(state.error.code === 'provider.auth' ? 'providers.states.refused' : 'providers.states.failing')}</Status>
      );
  }
};
