import { Dot } from '@renderer/ui/Status';
import type { Health, MetricsOverview } from '@shared/model';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Chart, type ChartColor, type ChartSeries } from './Chart';
import { withOthers } from './chartData';
import { healthWords, toneOf } from './healthWords';
import styles from './metrics.module.css';
import { cacheShare, errorShare, latencyLimitMs, noticesOf } from './notices';
import { Fact, Key, Trend } from './parts';
import { type Figures, useFigures } from './useFigures';

interface QuadProps {
  overview: MetricsOverview;
  figures: Figures;
  /** The period in words: "in 24 h". */
  period: string;
  bucketMs: number;
}

const Quad = ({
  question,
  href,
  keys,
  answer,
  children,
}: {
  question: string;
  href: string;
  keys?: ReactNode;
  answer: ReactNode;
  children: ReactNode;
}) => (
  <section className={styles.quad} aria-label={question}>
    <div className={styles.question}>
      <a href={href}>{question}</a>
      {keys}
    </div>
    <div className={styles.answer}>{answer}</div>
    {children}
  </section>
);

/** The four questions, each with its answer, a chart and the parts. */
export const Overview = ({ overview, health, bucketMs }: { overview: MetricsOverview; health: Health | undefined; bucketMs: number }) => {
  const { t } = useTranslation('metrics');
  const figures = useFigures(overview.range);
  const common = { overview, figures, period: t(`in.${overview.range}`), bucketMs };
  return (
    <div className={styles.quads}>
      <Healthy {...common} health={health} />
      <Fast {...common} health={health} />
      <Cost {...common} />
      <Good {...common} />
    </div>
  );
};

const Healthy = ({ overview, figures, period, bucketMs, health }: QuadProps & { health: Health | undefined }) => {
  const { t } = useTranslation('metrics');
  const { answers } = overview;
  const notices = noticesOf(overview, health).length;
  const verdict = !health
    ? t('healthy.unknown')
    : health.state === 'down'
      ? t('healthy.down')
      : notices > 0
        ? t('healthy.yesNotices', { count: notices })
        : t('healthy.yes');
  const count = t('healthy.answers', { count: answers.total });
  const share = errorShare(overview);
  const [done, failed] = answers.series;
  const series: ChartSeries[] = [
    { label: t('healthy.answersKey'), points: done?.points ?? [], color: '--s3' },
    { label: t('healthy.errorsKey'), points: failed?.points ?? [], color: '--danger' },
  ];
  return (
    <Quad
      question={t('healthy.question')}
      href="#/metrics/health"
      keys={<Key items={series} />}
      answer={
        <>
          {verdict}
          <small>
            {share === null
              ? t('empty.answers', { period })
              : answers.failed === 0
                ? t('healthy.noErrors', { answers: count })
                : t('healthy.failed', { count: answers.failed, answers: count, share: figures.share(share) })}
          </small>
        </>
      }
    >
      <Chart
        label={t('healthy.chart', { period })}
        kind="bars"
        series={series}
        bucketMs={bucketMs}
        formatValue={figures.compact}
        formatTime={figures.time}
        empty={{ title: t('empty.answers', { period }), text: t('empty.answersText') }}
      />
      <ul className={styles.parts}>
        {(health?.parts ?? []).map((part) => (
          <li key={part.id}>
            <Dot tone={toneOf(part)} />
            {t(`health.names.${part.id}`)}
            <span title={healthWords(part, t, figures)}>{healthWords(part, t, figures)}</span>
          </li>
        ))}
      </ul>
    </Quad>
  );
};

/** p95 in the accent over p50 in grey. */
export const quantileSeries = (series: MetricsOverview['latency']['series']): ChartSeries[] =>
  (['p50', 'p95'] as const).flatMap((name) => {
    const points = series.find(({ label }) => label === name)?.points;
    return points ? [{ label: name, points, color: name === 'p95' ? ('--s1' as const) : ('--s2' as const) }] : [];
  });

const Fast = ({ overview, figures, period, bucketMs, health }: QuadProps & { health: Health | undefined }) => {
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
      href="#/metrics/performance"
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
        // A limit far above the data would flatten it.
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

const shades: readonly ChartColor[] = ['--s1', '--s2', '--s3'];

/** Cost by provider, the dearest in the accent, the many small ones as one. */
export const costSeries = (overview: MetricsOverview, others: string): ChartSeries[] =>
  withOthers(overview.cost.series, shades.length, others).map((one, index) => ({ ...one, color: shades[index] ?? '--s3' }));

const byProvider = (usage: MetricsOverview['usage']): { provider: string; calls: number; costNano: number | null }[] => {
  const rows = new Map<string, { provider: string; calls: number; costNano: number | null }>();
  for (const { provider, calls, costNano } of usage) {
    const row = rows.get(provider) ?? { provider, calls: 0, costNano: null };
    row.calls += calls;
    if (costNano !== null) row.costNano = (row.costNano ?? 0) + costNano;
    rows.set(provider, row);
  }
  return [...rows.values()].sort((a, b) => (b.costNano ?? -1) - (a.costNano ?? -1) || b.calls - a.calls);
};

const Cost = ({ overview, figures, period, bucketMs }: QuadProps) => {
  const { t } = useTranslation('metrics');
  const { cost, previous, usage } = overview;
  const calls = usage.reduce((sum, row) => sum + row.calls, 0);
  const series = costSeries(overview, t('cost.others'));
  return (
    <Quad
      question={t('cost.question')}
      href="#/metrics/usage"
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
        {byProvider(usage)
          .slice(0, 4)
          .map(({ provider, calls: count, costNano }) => (
            <Fact key={provider} name={t('cost.providerCalls', { provider, count })} absent={costNano === null}>
              {figures.money(costNano)}
            </Fact>
          ))}
      </dl>
    </Quad>
  );
};

const Good = ({ overview, figures, period, bucketMs }: QuadProps) => {
  const { t } = useTranslation('metrics');
  const { quality, answers } = overview;
  const share = quality.searched === 0 ? null : quality.cited / quality.searched;
  const series: ChartSeries[] = [{ label: t('good.citedKey'), points: quality.series[0]?.points ?? [], color: '--s1' }];
  const counted = (count: number): ReactNode =>
    quality.searched === 0 ? (
      t('noData')
    ) : (
      <>
        {figures.integer(count)} <i>{t('of', { total: figures.integer(quality.searched) })}</i>
      </>
    );
  return (
    <Quad
      question={t('good.question')}
      href="#/metrics/retrieval"
      keys={<Key items={series} />}
      answer={
        <>
          {share === null ? <span className={styles.absent}>–</span> : figures.share(share)}
          <small>{t('good.cited')}</small>
        </>
      }
    >
      <Chart
        label={t('good.chart', { period })}
        kind="lines"
        series={series}
        bucketMs={bucketMs}
        maximum={1}
        formatValue={figures.share}
        formatTime={figures.time}
        empty={{ title: t('empty.quality', { period }), text: t('empty.qualityText') }}
      />
      <dl className={styles.facts}>
        <Fact name={t('good.strong')} absent={share === null}>
          {counted(quality.strong)}
        </Fact>
        <Fact name={t('good.weak')} absent={share === null}>
          {counted(quality.weak)}
        </Fact>
        <Fact name={t('good.none')} absent={share === null}>
          {counted(quality.none)}
        </Fact>
        <Fact name={t('good.stopped')} absent={answers.total === 0}>
          {answers.total === 0 ? t('noData') : figures.integer(answers.stopped)}
        </Fact>
      </dl>
    </Quad>
  );
};
