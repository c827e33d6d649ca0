import { hrefTo } from '@renderer/base/routes';
import type { Health } from '@shared/model';
import { useTranslation } from 'react-i18next';
import { Chart } from './Chart';
import { quantileSeries } from './chartSeries';
import styles from './metrics.module.css';
import { cacheShare, latencyLimitMs } from './notices';
import { Fact, Key, Trend } from './parts';
import { Quad, type QuadProps } from './Quad';

/** Answers "Is it fast?": how long answers take, and how much work is waiting. */
export const Fast = ({ overview, figures, period, bucketMs, health }: QuadProps & { health: Health | undefined }) => {
  const { t } = useTranslation('metrics');
  const { latency, firstWord, retrieval, previous } = overview;
  const series = quantileSeries(latency.series);
  const slowest = Math.max(0, ...series.flatMap(({ points }) => points.map(({ value }) => value ?? 0)));
  const whole = retrieval.stages.find(({ stage }) => stage === 'total');
  const cached = cacheShare(overview);
  const queue = health?.parts.find(({ id }) => id === 'ingest')?.data;
  const waiting = queue ? Number(queue.queued ?? 0) + Number(queue.running ?? 0) : null;
  return (
    <Quad
      question={t('fast.question')}
      href={hrefTo('metrics', { page: 'performance' })}
      keys={<Key items={[...series].reverse()} />}
      answer={
        <>
          {latency.p95 === null ? <span className={styles.absent}>–</span> : figures.ms(latency.p95)}
          <small>{t('fast.answer')}</small>
          <Trend
            now={latency.p95}
            before={previous.latencyP95}
            format={(value) => figures.difference(value, latency.p95 ?? 0)}
            least={50}
          />
        </>
      }
    >
      <Chart
        label={t('fast.chart', { period })}
        kind="lines"
        series={series}
        bucketMs={bucketMs}
        formatValue={figures.ms}
        formatTime={figures.time}
        // A limit far above the data would flatten the chart.
        limit={
          slowest > latencyLimitMs * 0.4
            ? { value: latencyLimitMs, label: t('fast.limit', { value: figures.ms(latencyLimitMs) }) }
            : undefined
        }
        empty={{ title: t('empty.answers', { period }), text: t('empty.answersText') }}
      />
      <dl className={styles.facts}>
        <Fact name={t('fast.firstWord')} absent={firstWord.p50 === null}>
          {figures.ms(firstWord.p50)}
        </Fact>
        <Fact name={t('fast.search')} absent={!whole}>
          {figures.pair(whole?.p50 ?? null, whole?.p95 ?? null)}
        </Fact>
        <Fact name={t('fast.cache')} absent={cached === null}>
          {figures.share(cached)}
        </Fact>
        <Fact name={t('fast.queue')} absent={waiting === null}>
          {waiting === null ? t('noData') : figures.integer(waiting)}
        </Fact>
      </dl>
    </Quad>
  );
};
