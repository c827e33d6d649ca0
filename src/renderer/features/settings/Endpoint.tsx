import { useApi } from '@renderer/base/client';
import { Button } from '@renderer/ui/Button';
import { Field, TextInput } from '@renderer/ui/Field';
import { Select } from '@renderer/ui/Select';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Rows } from './Sheet';
import styles from './settings.module.css';

interface Service {
  accountId: string;
  model: string;
}

interface EndpointProps {
  /** The name of the form. */
  title: string;
  current: Service | null;
  /** Says which texts are sent there. */
  hint: string;
  /** Shown in place of the form where no account fits. */
  none: string;
  /** A model's name, as an example. */
  example: string;
  /** True where models of the account that embed are suggested. */
  embeds?: boolean;
  onUse: (service: Service) => void;
  onStop: () => void;
}

/** A service of one of the accounts with an OpenAI-compatible API, and its model. */
export const Endpoint = ({ title, current, hint, none, example, embeds = false, onUse, onStop }: EndpointProps) => {
  const { t } = useTranslation('settings');
  const api = useApi();
  const accounts = useQuery(api.providers.list.queryOptions());
  const [accountId, setAccountId] = useState<string | null>(null);
  const [missing, setMissing] = useState(false);
  const suggested = useId();
  const fitting = accounts.data?.filter((account) => account.protocol === 'openai' || account.protocol === 'openai-compatible') ?? [];
  const account = accountId ?? current?.accountId ?? null;
  const save = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const model = String(new FormData(event.currentTarget).get('model') ?? '').trim();
    setMissing(model === '');
    if (account && model !== '') onUse({ accountId: account, model });
  };
  if (fitting.length === 0) return <p className={styles.cardNote}>{none}</p>;
  return (
    <form aria-label={title} onSubmit={save}>
      <Rows>
        <Field layout="row" label={t('search.endpointAccount')} hint={hint}>
          <Select
            value={account}
            placeholder={t('search.endpointChoose')}
            options={fitting.map((each) => ({ value: each.id, label: each.name }))}
            onChange={setAccountId}
          />
        </Field>
        <Field layout="row" label={t('search.endpointModel')} error={missing ? t('search.endpointMissing') : null}>
          <div className={styles.keyRow}>
            <TextInput
              key={current?.model}
              name="model"
              className={`${styles.code} ${styles.keyInput}`}
              spellCheck={false}
              defaultValue={current?.model ?? ''}
              placeholder={example}
              list={`${suggested}-models`}
              onChange={() => setMissing(false)}
            />
            <datalist id={`${suggested}-models`}>
              {fitting
                .find(({ id }) => id === account)
                ?.apart.filter(({ kind }) => embeds === (kind === 'embedding'))
                .map(({ id }) => (
                  <option key={id} value={id} />
                ))}
            </datalist>
            <Button type="submit" disabled={account === null}>
              {t('search.endpointUse')}
            </Button>
            {current && (
              <Button
                variant="quiet"
                onClick={() => {
                  setAccountId(null);
                  onStop();
                }}
              >
                {t('search.endpointStop')}
              </Button>
            )}
          </div>
        </Field>
      </Rows>
    </form>
  );
};
