import { useClient } from '@renderer/app/client';
import { useFormat } from '@renderer/lib/useFormat';
import { Button } from '@renderer/ui/Button';
import { Field, TextInput } from '@renderer/ui/Field';
import { Select } from '@renderer/ui/Select';
import { useAttempt } from '@renderer/ui/useAttempt';
import type { Preset, ProviderAccount } from '@shared/model';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ModelsTable } from './ModelsTable';
import styles from './settings.module.css';

export interface ProviderFieldsProps {
  account: ProviderAccount;
  preset: Preset | null;
  /** The key is being written anew. */
  replacing: boolean;
  onReplacing: (replacing: boolean) => void;
  onKeySaved: () => void;
}

export const isAddress = (text: string): boolean => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);

/** Key, name, address, default model and models of one account; saved as they are left. */
export const ProviderFields = ({ account, preset, replacing, onReplacing, onKeySaved }: ProviderFieldsProps) => {
  const { t } = useTranslation('settings');
  const client = useClient();
  const attempt = useAttempt();
  const format = useFormat();
  const [badAddress, setBadAddress] = useState(false);
  const update = (patch: Omit<Parameters<typeof client.providers.update>[0], 'id'>) =>
    attempt(() => client.providers.update({ id: account.id, ...patch }));

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
            const saved = await update({ key });
            if (!saved) return;
            onReplacing(false);
            onKeySaved();
          }}
        />
      )}
      <Field layout="row" label={t('providers.name')} hint={t('providers.nameHint')}>
        <TextInput
          key={account.name}
          defaultValue={account.name}
          maxLength={80}
          onBlur={(event) => {
            const name = event.target.value.trim();
            if (name !== '' && name !== account.name) void update({ name });
          }}
        />
      </Field>
      <Field
        layout="row"
        label={t('providers.address')}
        hint={t('providers.addressHint')}
        error={badAddress ? t('providers.addressInvalid') : null}
      >
        <TextInput
          key={account.baseUrl}
          className={styles.code}
          type="url"
          spellCheck={false}
          defaultValue={account.baseUrl}
          onBlur={(event) => {
            const baseUrl = event.target.value.trim();
            setBadAddress(!isAddress(baseUrl));
            if (isAddress(baseUrl) && baseUrl !== account.baseUrl) void update({ baseUrl });
          }}
        />
      </Field>
      {account.models.length > 0 && (
        <Field layout="row" label={t('providers.defaultModel')} hint={t('providers.defaultModelHint')}>
          <Select
            value={account.defaultModel}
            placeholder={t('providers.noDefault')}
            options={account.models.map((model) => ({ value: model.id, label: model.name }))}
            onChange={(defaultModel) => void update({ defaultModel })}
          />
        </Field>
      )}
      <ModelsTable models={account.models} onChange={(models) => void update({ models })} />
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

/** The key goes in and never comes out again: what is shown is the mask. */
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
