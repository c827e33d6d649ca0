import { useApi } from '@renderer/base/client';
import { useSettings } from '@renderer/base/useSettings';
import { Field, TextInput } from '@renderer/ui/Field';
import { Switch } from '@renderer/ui/Switch';
import { useSavedText } from '@renderer/ui/useSavedText';
import type { Job } from '@shared/model';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { isAddress } from './address';
import { Endpoint } from './Endpoint';
import { ModelChoice } from './ModelChoice';
import { Recognition } from './Recognition';
import { RerankerSection } from './RerankerSection';
import { SecondModel } from './SecondModel';
import { Card, Loaded, Rows, Sheet } from './Sheet';
import { Summaries } from './Summaries';
import choices from './search.module.css';
import styles from './settings.module.css';

/** Chooses the embedding model, and the settings of the search. */
export const SearchPage = () => {
  const { t } = useTranslation('settings');
  const api = useApi();
  const models = useQuery(api.settings.embeddingModels.queryOptions());
  const jobs = useQuery(api.library.jobs.queryOptions());
  const { settings, update } = useSettings();
  const downloadOf = (id: string): Job | null =>
    jobs.data?.find((job) => job.kind === 'download' && job.subjectId === id && job.state === 'running') ?? null;
  const chosen = settings?.search.embeddingModel;
  const hub = useSavedText(settings?.search.hub ?? '', (text) => {
    const hub = text.trim();
    return isAddress(hub) ? update({ search: { hub } }) : 'refused';
  });
  return (
    <Sheet title={t('pages.search')} lead={t('search.lead')}>
      <h2 className={styles.sub}>{t('search.models')}</h2>
      <Loaded query={models}>
        {(list) => (
          <fieldset className={choices.choices}>
            <legend className="sr">{t('search.models')}</legend>
            {list.map((model) => (
              <ModelChoice
                key={model.id}
                model={model}
                job={downloadOf(model.id)}
                selected={chosen === undefined ? model.selected : chosen === model.id}
                onSelect={() => void update({ search: { embeddingModel: model.id } })}
              />
            ))}
          </fieldset>
        )}
      </Loaded>
      {settings && chosen === 'bundled' && (
        <Card>
          <SecondModel isOn={settings.search.secondModel} onChange={(secondModel) => void update({ search: { secondModel } })} />
        </Card>
      )}
      <h2 className={styles.sub}>{t('search.endpoint')}</h2>
      <Card>
        <Endpoint
          title={t('search.endpoint')}
          current={settings?.search.endpoint ?? null}
          hint={t('search.endpointHint')}
          none={t('search.endpointNone')}
          example="text-embedding-3-small"
          embeds
          onUse={(endpoint) => void update({ search: { endpoint, embeddingModel: `endpoint:${endpoint.model}` } })}
          onStop={() => void update({ search: { endpoint: null, embeddingModel: 'bundled' } })}
        />
      </Card>
      <RerankerSection downloadOf={downloadOf} />
      {settings && (
        <>
          <h2 className={styles.sub}>{t('search.behaviour')}</h2>
          <Card>
            <Rows>
              <Field layout="row" label={t('search.cache')} hint={t('search.cacheHint')}>
                <Switch checked={settings.search.cache} onChange={(cache) => void update({ search: { cache } })} />
              </Field>
              <Field
                layout="row"
                label={t('search.hub')}
                hint={t('search.hubHint')}
                error={hub.refused ? t('providers.addressInvalid') : null}
              >
                <TextInput className={styles.code} type="url" spellCheck={false} {...hub.field} />
              </Field>
            </Rows>
          </Card>
        </>
      )}
      <Recognition />
      <Summaries />
    </Sheet>
  );
};
