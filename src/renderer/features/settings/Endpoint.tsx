import { useApi } from '@renderer/base/client';
import { useSettings } from '@renderer/base/useSettings';
import { Button } from '@renderer/ui/Button';
import { Field, TextInput } from '@renderer/ui/Field';
import { Select } from '@renderer/ui/Select';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Rows } from './Sheet';
import styles from './settings.module.css';

/** An embeddings service of one of the accounts: any with an OpenAI-compatible API. */
export const Endpoint = () => {
  const { t } = useTranslation('settings');
  const api = useApi();
  const accounts = useQuery(api.providers.list.queryOptions());
  const { settings, update } = useSettings();
  const current = settings?.search.endpoint ?? null;
  const [accountId, setAccountId] = useState<string | null>(null);
  const [missing, setMissing] = useState(false);
  const suggested = useId();
  const fitting = accounts.data?.filter((account) => account.protocol === 'openai' || account.protocol === 'openai-compatible') ?? [];
  const account = accountId ?? current?.accountId ?? null;
  const save = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const model = String(new FormData(event.currentTarget).get('model') ?? '').trim();
    setMissing(model === '');
    if (account && model !== '') {
      void update({ search: { endpoint: { accountId: account, model }, embeddingModel: `endpoint:${model}` } });
    }
  };
  if (fitting.length === 0) return <p className={styles.cardNote}>{t('search.endpointNone')}</p>;
  return (
    <form onSubmit={save}>
      <Rows>
        <Field layout="row" label={t('search.endpointAccount')} hint={t('search.endpointHint')}>
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
              placeholder="text-embedding-3-small"
              list={`${suggested}-models`}
              onChange={() => setMissing(false)}
            />
            <datalist id={`${suggested}-models`}>
              {fitting
                .find(({ id }) => id === account)
                ?.apart.filter(({ kind }) => kind === 'embedding')
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
                  void update({ search: { endpoint: null, embeddingModel: 'bundled' } });
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
