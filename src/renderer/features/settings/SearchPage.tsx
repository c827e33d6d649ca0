import { useApi, useClient } from '@renderer/app/client';
import { useFormat } from '@renderer/lib/useFormat';
import { Button } from '@renderer/ui/Button';
import { Field, TextInput } from '@renderer/ui/Field';
import { Progress } from '@renderer/ui/Progress';
import { Select } from '@renderer/ui/Select';
import { Status } from '@renderer/ui/Status';
import { Switch } from '@renderer/ui/Switch';
import { useAttempt } from '@renderer/ui/useAttempt';
import type { EmbeddingModel, Job } from '@shared/model';
import { useQuery } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Card, Loaded, Rows, Sheet } from './Sheet';
import styles from './settings.module.css';
import { useSettings } from './useSettings';

/** Which model gives passages their meaning, and how search behaves. */
export const SearchPage = () => {
  const { t } = useTranslation('settings');
  const api = useApi();
  const models = useQuery(api.settings.embeddingModels.queryOptions());
  const jobs = useQuery(api.library.jobs.queryOptions());
  const { settings, update } = useSettings();
  const chosen = settings?.embeddingModel;
  return (
    <Sheet title={t('pages.search')} lead={t('search.lead')}>
      <h2 className={styles.sub}>{t('search.models')}</h2>
      <Loaded query={models}>
        {(list) => (
          <fieldset className={styles.choices}>
            <legend className="sr">{t('search.models')}</legend>
            {list.map((model) => (
              <ModelChoice
                key={model.id}
                model={model}
                job={jobs.data?.find((job) => job.kind === 'download' && job.subjectId === model.id && job.state === 'running') ?? null}
                selected={chosen === undefined ? model.selected : chosen === model.id}
                onSelect={() => void update({ embeddingModel: model.id })}
              />
            ))}
          </fieldset>
        )}
      </Loaded>
      <h2 className={styles.sub}>{t('search.endpoint')}</h2>
      <Card>
        <Endpoint />
      </Card>
      {settings && (
        <>
          <h2 className={styles.sub}>{t('search.behaviour')}</h2>
          <Card>
            <Rows>
              <Field layout="row" label={t('search.cache')} hint={t('search.cacheHint')}>
                <Switch checked={settings.searchCache} onChange={(searchCache) => void update({ searchCache })} />
              </Field>
              <Field layout="row" label={t('search.hub')} hint={t('search.hubHint')}>
                <TextInput
                  key={settings.modelHub}
                  className={styles.code}
                  type="url"
                  spellCheck={false}
                  defaultValue={settings.modelHub}
                  onBlur={(event) => {
                    const modelHub = event.target.value.trim();
                    if (URL.canParse(modelHub) && modelHub !== settings.modelHub) void update({ modelHub });
                    else event.target.value = settings.modelHub;
                  }}
                />
              </Field>
            </Rows>
          </Card>
        </>
      )}
    </Sheet>
  );
};

interface ModelChoiceProps {
  model: EmbeddingModel;
  job: Job | null;
  selected: boolean;
  onSelect: () => void;
}

const ModelChoice = ({ model, job, selected, onSelect }: ModelChoiceProps) => {
  const { t } = useTranslation('settings');
  const format = useFormat();
  const client = useClient();
  const attempt = useAttempt();
  const usable = model.state === 'ready';
  const embedding = selected && usable && model.kind !== 'none' && model.embedded < model.total;
  const facts = [
    t(`search.kinds.${model.kind}`),
    model.dimensions !== null && t('search.dimensions', { count: model.dimensions }),
    model.downloadBytes > 0 &&
      (model.state === 'available' || model.state === 'failed') &&
      t('search.toDownload', { size: format.bytes(model.downloadBytes) }),
  ].filter((fact): fact is string => typeof fact === 'string');
  return (
    <div className={styles.choice} data-selected={selected || undefined}>
      <label className={styles.choiceTop}>
        <input type="radio" name="embedding-model" checked={selected} disabled={!usable} onChange={onSelect} />
        <span className={styles.choiceText}>
          <b>{model.kind === 'none' ? t('search.none') : model.name}</b>
          <span className="muted">{facts.join(' · ')}</span>
        </span>
      </label>
      <span className={styles.choiceEnd}>
        {model.state === 'downloading' && (
          <>
            <span className={styles.download}>
              <span className="num muted">{job ? format.percent(job.progress) : ''}</span>
              <Progress value={job?.progress ?? null} label={t('search.downloading', { name: model.name })} />
            </span>
            <Button size="s" variant="quiet" onClick={() => void attempt(() => client.settings.cancelEmbeddingDownload({ id: model.id }))}>
              {t('search.cancelDownload')}
            </Button>
          </>
        )}
        {(model.state === 'available' || model.state === 'failed') && (
          <>
            {model.state === 'failed' && <Status tone="danger">{t('search.failed')}</Status>}
            <Button size="s" icon={Download} onClick={() => void attempt(() => client.settings.downloadEmbeddingModel({ id: model.id }))}>
              {t(model.state === 'failed' ? 'search.resume' : 'search.download')}
            </Button>
          </>
        )}
        {embedding && (
          <span className={styles.download}>
            <span className="num muted">
              {t('search.embedded', { done: format.integer(model.embedded), total: format.integer(model.total) })}
            </span>
            <Progress value={model.total === 0 ? 0 : model.embedded / model.total} label={t('search.embedding')} />
          </span>
        )}
        {selected && usable && !embedding && model.kind !== 'none' && <Status tone="ok">{t('search.inUse')}</Status>}
      </span>
    </div>
  );
};

/** An embeddings service at one of the accounts: any that speaks the OpenAI way. */
const Endpoint = () => {
  const { t } = useTranslation('settings');
  const api = useApi();
  const accounts = useQuery(api.providers.list.queryOptions());
  const { settings, update } = useSettings();
  const current = settings?.embeddingEndpoint ?? null;
  const [accountId, setAccountId] = useState<string | null>(null);
  const fitting = accounts.data?.filter((account) => account.protocol === 'openai' || account.protocol === 'openai-compatible') ?? [];
  const account = accountId ?? current?.accountId ?? null;
  const save = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const model = String(new FormData(event.currentTarget).get('model') ?? '').trim();
    if (account && model !== '') void update({ embeddingEndpoint: { accountId: account, model }, embeddingModel: `endpoint:${model}` });
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
        <Field layout="row" label={t('search.endpointModel')}>
          <div className={styles.keyRow}>
            <TextInput
              key={current?.model}
              name="model"
              className={`${styles.code} ${styles.keyInput}`}
              spellCheck={false}
              defaultValue={current?.model ?? ''}
              placeholder="text-embedding-3-small"
              aria-label={t('search.endpointModel')}
            />
            <Button type="submit" disabled={account === null}>
              {t('search.endpointUse')}
            </Button>
            {current && (
              <Button
                variant="quiet"
                onClick={() => {
                  setAccountId(null);
                  void update({ embeddingEndpoint: null, embeddingModel: 'bundled' });
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
