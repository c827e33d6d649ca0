import { hrefTo } from '@renderer/base/routes';
import { useTranslation } from 'react-i18next';
import { Chart } from './Chart';
import { costSeries } from './chartSeries';
import { costByProvider } from './costByProvider';
import styles from './metrics.module.css';
import { Fact, Key, Trend } from './parts';
import { Quad, type QuadProps } from './Quad';

/** Answers "What does it cost?": by provider, over time. */
export const Cost = ({ overview, figures, period, bucketMs }: QuadProps) => {
  const { t } = useTranslation('metrics');
  const { cost, previous, usage } = overview;
  const calls = usage.reduce((sum, row) => sum + row.calls, 0);
  const series = costSeries(cost.series, t('cost.others'));
  return (
    <Quad
      question={t('cost.question')}
      href={hrefTo('metrics', { page: 'usage' })}
      keys={<Key items={series} />}
      answer={
        <>
          {calls === 0 ? <span className={styles.absent}>–</span> : figures.money(cost.totalNano)}
          <small>
            {calls === 0 ? t('empty.calls', { period }) : t('cost.calls', { count: calls, period })}
            {cost.unpricedCalls > 0 && cost.totalNano !== null && `, ${t('cost.unpriced', { count: cost.unpricedCalls })}`}
          </small>
          <Trend now={cost.totalNano} before={previous.costNano} format={figures.money} least={1_000} />
        </>
      }
    >
      <Chart
        label={t('cost.chart', { period })}
        kind="bars"
        series={series}
        bucketMs={bucketMs}
        formatValue={figures.money}
        formatTime={figures.time}
        empty={
          calls === 0
            ? { title: t('empty.calls', { period }), text: t('empty.callsText') }
            : { title: t('empty.cost', { period }), text: t('empty.costText') }
        }
      />
      <dl className={styles.facts}>
        {costByProvider(usage)
          .slice(0, 4)
          .map(({ provider, calls: count, costNano }) => (
            <Fact key={provider} name={t('cost.providerCalls', { provider, count })} absent={costNano === null && figures.money(null)}>
              {figures.money(costNano)}
            </Fact>
          ))}
      </dl>
    </Quad>
  );
};
