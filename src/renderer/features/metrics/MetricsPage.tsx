import { useKeptScroll } from '@renderer/lib/useKeptScroll';
import { useTitle } from '@renderer/lib/useTitle';
import { ErrorState } from '@renderer/ui/ErrorState';
import { Header } from '@renderer/ui/Header';
import { Segmented } from '@renderer/ui/Segmented';
import { Skeleton } from '@renderer/ui/Skeleton';
import { assertNever, type Health, type MetricsFigures, metricRanges, rangeSeconds } from '@shared/model';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { HealthPage } from './HealthPage';
import { MemoryPage } from './MemoryPage';
import styles from './metrics.module.css';
import { Overview } from './Overview';
import { PerformancePage } from './PerformancePage';
import { RetrievalPage } from './RetrievalPage';
import { useSection } from './sections';
import { UsagePage } from './UsagePage';
import { useHealth, useMetrics, useRange } from './useMetrics';

/** Is it healthy, is it fast, what does it cost, is it good: an overview, with the details one click away. */
export const MetricsPage = () => {
  const { t } = useTranslation('metrics');
  const range = useRange((state) => state.range);
  const section = useSection();
  const { data, error, isError, refetch } = useMetrics(section);
  const health = useHealth();
  const body = useRef<HTMLElement>(null);
  useKeptScroll(body, data ? `metrics ${section}` : null);
  useTitle(section === 'overview' ? t('title') : t(`sections.${section}`));
  return (
    <>
      <Header
        title={t(`sections.${section}`)}
        note={section === 'overview' ? t(`compared.${range}`) : t(`in.${range}`)}
        actions={
          <Segmented
            label={t('range.label')}
            value={range}
            options={metricRanges.map((value) => ({ value, label: t(`range.${value}`) }))}
            onChange={(value) => useRange.setState({ range: value })}
          />
        }
      />
      {/* Each section scrolls by itself: a section that was never opened begins at its top. */}
      <section
        key={section}
        ref={body}
        className={styles.body}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling element must be reachable by keyboard
        tabIndex={0}
        aria-busy={!data && !isError}
        aria-label={t(`sections.${section}`)}
      >
        {isError && !data ? (
          <div className={styles.state}>
            <ErrorState error={error} onRetry={() => void refetch()} />
          </div>
        ) : data ? (
          <Section data={data} health={health.data} />
        ) : (
          <div className={styles.state}>
            <Skeleton lines={6} />
          </div>
        )}
      </section>
    </>
  );
};

const Section = ({ data, health }: { data: MetricsFigures; health: Health | undefined }) => {
  const bucketMs = rangeSeconds[data.range].bucket * 1000;
  switch (data.section) {
    case 'overview':
      return <Overview data={data} health={health} bucketMs={bucketMs} />;
    case 'performance':
      return <PerformancePage data={data} bucketMs={bucketMs} />;
    case 'usage':
      return <UsagePage data={data} bucketMs={bucketMs} />;
    case 'retrieval':
      return <RetrievalPage data={data} bucketMs={bucketMs} />;
    case 'memory':
      return <MemoryPage data={data} bucketMs={bucketMs} />;
    case 'health':
      return <HealthPage data={data} health={health} bucketMs={bucketMs} />;
    default:
      return assertNever(data);
  }
};
