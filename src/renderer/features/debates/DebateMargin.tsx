import { useApi } from '@renderer/base/client';
import { useFormat } from '@renderer/lib/useFormat';
import type { Debate } from '@shared/model';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { clock } from './clock';
import styles from './DebateView.module.css';
import { citedSources, costsOf, roundMs } from './liveDebate';
import { seatName } from './seatNames';

/** Cost and time, in the margin: the sum, by agent and by round. */
export const DebateMargin = ({ debate, nameOf }: { debate: Debate; nameOf: (agentId: string) => string }) => {
  const { t } = useTranslation('debates');
  const format = useFormat();
  const api = useApi();
  const { collectionIds, documents, rounds } = debate.config;
  const collections = useQuery(api.library.collections.queryOptions({ enabled: documents && collectionIds.length > 0 }));
  const costs = costsOf(debate);
  const counted = costs.filter(({ called }) => called);
  const known = counted.flatMap(({ costNano }) => costNano ?? []);
  const total = known.length === 0 ? null : known.reduce((sum, cost) => sum + cost, 0);
  const tokens = costs.reduce((sum, cost) => sum + cost.tokens, 0);
  const times = [...Array.from({ length: rounds }, (_, index) => index + 1), 0].flatMap((round) => {
    const ms = roundMs(debate, round);
    return ms === null ? [] : [{ round, ms }];
  });
  const names = collectionIds.flatMap((id) => collections.data?.find((collection) => collection.id === id)?.name ?? []);
  return (
    <aside className={styles.margin} aria-label={t('margin.label')}>
      <section>
        <h2>{t(debate.state === 'running' ? 'margin.costSoFar' : 'margin.cost')}</h2>
        <div className={styles.big} data-absent={total === null || undefined}>
          {counted.length === 0 ? '–' : total === null ? t('margin.noPrice') : format.money(total)}
        </div>
        {tokens > 0 && <div className={styles.small}>{t('margin.tokens', { count: tokens })}</div>}
      </section>
      <section>
        <h2>{t('margin.byAgent')}</h2>
        <dl className={styles.pairs}>
          {costs.map(({ seat, called, costNano }) => (
            <div key={seat}>
              <dt>{seatName(debate.config, seat, nameOf, (part) => t(`parts.${part}`)).name}</dt>
              <dd className={called && costNano !== null ? undefined : 'muted'}>
                {!called ? '–' : costNano === null ? t('margin.noPrice') : format.money(costNano)}
              </dd>
            </div>
          ))}
        </dl>
      </section>
      <section>
        <h2>{t('margin.time')}</h2>
        <div className={styles.big} data-absent={times.length === 0 || undefined}>
          {times.length === 0 ? '–' : clock(times.reduce((sum, { ms }) => sum + ms, 0))}
        </div>
        <dl className={styles.pairs}>
          {times.map(({ round, ms }) => (
            <div key={round}>
              <dt>{round === 0 ? t('margin.synthesis') : t('round.title', { round })}</dt>
              <dd>{clock(ms)}</dd>
            </div>
          ))}
        </dl>
      </section>
      <section>
        <h2>{t('margin.documents')}</h2>
        <div className={styles.documents}>
          {!documents ? t('margin.documentsOff') : names.length > 0 ? names.join(', ') : t('setup.allCollections')}
        </div>
        {documents && <div className={styles.small}>{t('margin.cited', { count: citedSources(debate) })}</div>}
      </section>
    </aside>
  );
};
