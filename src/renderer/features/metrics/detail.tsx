import type { MetricsFigures, MetricsOf, MetricsSection } from '@shared/model';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChartSeries } from './chartData';
import styles from './metrics.module.css';
import { Key, type TableColumn } from './parts';
import { type Figures, useFigures } from './useFigures';

/** The data of every page of details. */
export interface PageProps<Section extends MetricsSection> {
  data: MetricsOf<Section>;
  bucketMs: number;
}

/** A row of a table of durations, in milliseconds. */
export interface Times {
  name: string;
  count: number;
  p50: number | null;
  p95: number | null;
}

export const usePage = ({ data }: { data: Pick<MetricsFigures, 'range'> }) => {
  const { t } = useTranslation('metrics');
  return { t, figures: useFigures(data.range), period: t(`in.${data.range}`) };
};

export const useTimeColumns = (first: string, figures: Figures): TableColumn<Times>[] => {
  const { t } = useTranslation('metrics');
  return [
    { name: first, cell: ({ name }) => name },
    { name: t('performance.count'), cell: ({ count }) => figures.integer(count) },
    { name: 'p50', cell: ({ p50 }) => figures.ms(p50) },
    { name: 'p95', cell: ({ p95 }) => figures.ms(p95) },
  ];
};

/** A titled chart with the names of its series. */
export const Figure = ({ title, keys, children }: { title: string; keys: readonly ChartSeries[]; children: ReactNode }) => (
  <section className={styles.block} aria-label={title}>
    <h2>
      {title}
      <Key items={keys} />
    </h2>
    <div className={styles.tall}>{children}</div>
  </section>
);
