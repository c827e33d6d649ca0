import { useApi } from '@renderer/base/client';
import { useSettings } from '@renderer/base/useSettings';
import type { Job } from '@shared/model';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Endpoint } from './Endpoint';
import { RerankerChoice } from './RerankerChoice';
import { Card, Loaded } from './Sheet';
import choices from './search.module.css';
import styles from './settings.module.css';

/** Chooses the reranker: none, a model on this computer, or a service of a provider. */
export const RerankerSection = ({ downloadOf }: { downloadOf: (id: string) => Job | null }) => {
  const { t } = useTranslation('settings');
  const api = useApi();
  const models = useQuery(api.settings.rerankers.queryOptions());
  const { settings, update } = useSettings();
  const chosen = settings?.search.reranker;
  return (
    <>
      <h2 className={styles.sub}>{t('search.rerank.title')}</h2>
      <p className={styles.lead}>{t('search.rerank.lead')}</p>
      <Loaded query={models}>
        {(list) => (
          <fieldset className={choices.choices}>
            <legend className="sr">{t('search.rerank.title')}</legend>
            {list.map((model) => (
              <RerankerChoice
                key={model.id}
                model={model}
                job={downloadOf(model.id)}
                selected={chosen === undefined ? model.selected : chosen === model.id}
                onSelect={() => void update({ search: { reranker: model.id } })}
              />
            ))}
          </fieldset>
        )}
      </Loaded>
      <h2 className={styles.sub}>{t('search.rerank.service')}</h2>
      <Card>
        <Endpoint
          title={t('search.rerank.service')}
          current={settings?.search.rerankEndpoint ?? null}
          hint={t('search.rerank.serviceHint')}
          none={t('search.rerank.serviceNone')}
          example="rerank-v3.5"
          onUse={(rerankEndpoint) => void update({ search: { rerankEndpoint, reranker: `endpoint:${rerankEndpoint.model}` } })}
          onStop={() => void update({ search: { rerankEndpoint: null, reranker: 'none' } })}
        />
      </Card>
    </>
  );
};
