import { isWithoutChat } from '@renderer/lib/modelChoices';
import { modelNames } from '@renderer/lib/modelName';
import { useFormat } from '@renderer/lib/useFormat';
import { Button } from '@renderer/ui/Button';
import { Field, TextInput } from '@renderer/ui/Field';
import { Select } from '@renderer/ui/Select';
import { useSavedText } from '@renderer/ui/useSavedText';
import { type Preset, type ProviderAccount, readAddress } from '@shared/model';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ModelsTable } from './ModelsTable';
import styles from './settings.module.css';
import type { Accounts } from './useAccounts';

export interface ProviderFieldsProps {
  account: ProviderAccount;
  preset: Preset | null;
  accounts: Accounts;
  /** True while a new key is being entered. */
  replacing: boolean;
  onReplacing: (replacing: boolean) => void;
  onKeySaved: () => void;
}

/** Key, name, address, default model and models of one account; each is saved when the field is left. */
export const ProviderFields = ({ account, preset, accounts, replacing, onReplacing, onKeySaved }: ProviderFieldsProps) => {
  const { t } = useTranslation('settings');
  const format = useFormat();
  const name = useSavedText(account.name, (text) => {
    const written = text.trim();
    return written === '' ? undefined : accounts.update(account.id, { name: written });
  });
  const refusedFor = useRef<string | null>(null);
  const address = useSavedText(account.baseUrl, (text) => {
    const written = text.trim();
    const read = readAddress(written, account.preset);
    refusedFor.current = 'refused' in read ? read.refused : null;
    return 'address' in read ? accounts.update(account.id, { baseUrl: read.address }) : 'refused';
  });

  return (
    <>
      {(preset?.needsKey !== false || account.keyMask !== null || account.preset === 'custom') && (
        <KeyField
          account={account}
          keyUrl={preset?.keyUrl ?? null}
          replacing={replacing || (account.keyMask === null && preset?.needsKey === true)}
          onReplacing={onReplacing}
          hint={account.lastTest ? t('providers.tested', { when: format.ago(account.lastTest.at) }) : t('providers.neverTested')}
          onSave={async (key) => {
            if (!(await accounts.update(account.id, { key }))) return;
            onReplacing(false);
            onKeySaved();
          }}
        />
      )}
      <Field layout="row" label={t('providers.name')} hint={t('providers.nameHint')}>
        <TextInput maxLength={80} {...name.field} />
      </Field>
      <Field
        layout="row"
        label={t('providers.address')}
        hint={t('providers.addressHint')}
        error={
          address.refused ? t(refusedFor.current === 'credentials' ? 'providers.addressCredentials' : 'providers.addressInvalid') : null
        }
      >
        <TextInput className={styles.code} type="url" spellCheck={false} {...address.field} />
      </Field>
      {account.models.length > 0 && (
        <Field layout="row" label={t('providers.defaultModel')} hint={t('providers.defaultModelHint')}>
          <Select
            value={account.defaultModel}
            placeholder={t('providers.noDefault')}
            options={modelNames(account.models.map(({ name }) => name)).map((label, index) => ({
              value: account.models[index]?.id ?? '',
              label,
              title: account.models[index]?.name,
            }))}
            onChange={(defaultModel) => void accounts.update(account.id, { defaultModel })}
          />
        </Field>
      )}
      <ModelsTable
        models={account.models}
        none={t(isWithoutChat(account) ? 'providers.noChatModels' : 'providers.noModels')}
        apart={account.apart}
        onChange={(models) => accounts.updateModels(account.id, models)}
      />
    </>
  );
};

interface KeyFieldProps {
  account: ProviderAccount;
  keyUrl: string | null;
  replacing: boolean;
  onReplacing: (replacing: boolean) => void;
  hint: string;
  onSave: (key: string) => Promise<void>;
}

/** A key can only be entered, never shown: the field shows its mask. */
const KeyField = ({ account, keyUrl, replacing, onReplacing, hint, onSave }: KeyFieldProps) => {
  const { t } = useTranslation('settings');
  const { t: common } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  const replace = useRef<HTMLButtonElement>(null);
  const [busy, setBusy] = useState(false);
  const had = useRef(replacing);
  useEffect(() => {
    if (replacing && !had.current) input.current?.focus();
    if (!replacing && had.current) replace.current?.focus();
    had.current = replacing;
  }, [replacing]);
  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const key = input.current?.value.trim() ?? '';
    if (key === '') return;
    setBusy(true);
    await onSave(key);
    setBusy(false);
  };
  const link = keyUrl && (
    <a className="link" href={keyUrl} target="_blank" rel="noreferrer">
      {t('providers.keyPage', { host: new URL(keyUrl).host })}
    </a>
  );
  return (
    <Field layout="row" label={t('providers.key')} hint={replacing ? (link ?? t('providers.keyHint')) : hint}>
      {replacing ? (
        <form className={styles.keyRow} onSubmit={(event) => void save(event)}>
          <TextInput
            ref={input}
            className={`${styles.code} ${styles.keyInput}`}
            type="password"
            autoComplete="off"
            spellCheck={false}
            maxLength={1000}
            placeholder={t('providers.keyPlaceholder')}
            onKeyDown={(event) => {
              if (event.key !== 'Escape' || account.keyMask === null) return;
              event.stopPropagation();
              onReplacing(false);
            }}
          />
          <Button type="submit" disabled={busy}>
            {t('providers.saveKey')}
          </Button>
          {account.keyMask !== null && (
            <Button variant="quiet" onClick={() => onReplacing(false)}>
              {common('actions.cancel')}
            </Button>
          )}
        </form>
      ) : (
        <div className={styles.keyRow}>
          <TextInput className={`${styles.code} ${styles.keyInput}`} readOnly value={account.keyMask ?? t('providers.noKey')} />
          <Button ref={replace} onClick={() => onReplacing(true)}>
            {t(account.keyMask === null ? 'providers.giveKey' : 'providers.replace')}
          </Button>
        </div>
      )}
    </Field>
  );
};
