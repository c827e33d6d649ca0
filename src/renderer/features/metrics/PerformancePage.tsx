import { Chart } from './Chart';
import { quantileSeries } from './chartSeries';
import { Figure, type PageProps, type Times, usePage, useTimeColumns } from './detail';
import styles from './metrics.module.css';
import { Table } from './parts';

/** How long answers, first words and rounds take. */
export const PerformancePage = (props: PageProps<'performance'>) => {
  const { data, bucketMs } = props;
  const { t, figures, period } = usePage(props);
  const columns = useTimeColumns(t('performance.what'), figures);
  const answers = quantileSeries(data.latency.series);
  const words = quantileSeries(data.firstWord.series);
  const shared = { kind: 'lines' as const, bucketMs, formatValue: figures.ms, formatTime: figures.time };
  const rows: Times[] = [
    { name: t('performance.answer'), ...data.latency },
    { name: t('performance.firstWord'), ...data.firstWord },
    { name: t('performance.round'), ...data.round },
  ];
  return (
    <div className={styles.sheet}>
      <div className={styles.pair}>
        <Figure title={t('performance.answer')} keys={[...answers].reverse()}>
          <Chart
            {...shared}
            label={t('fast.chart', { period })}
            series={answers}
            empty={{ title: t('empty.answers', { period }), text: t('empty.answersText') }}
          />
        </Figure>
        <Figure title={t('performance.firstWord')} keys={[...words].reverse()}>
          <Chart
            {...shared}
            label={t('performance.firstWordChart', { period })}
            series={words}
            empty={{ title: t('empty.calls', { period }), text: t('empty.callsText') }}
          />
        </Figure>
      </div>
      <Table title={t('performance.table', { period })} columns={columns} rows={rows} keyOf={({ name }) => name} empty="" />
    </div>
  );
};
