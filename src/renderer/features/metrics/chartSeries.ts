import type { MetricSeries } from '@shared/model';
import type { ChartColor, ChartSeries } from './chartData';
import { withOthers } from './chartData';

/** p95 in the accent over p50 in grey. */
export const quantileSeries = (series: readonly MetricSeries[]): ChartSeries[] =>
  (['p50', 'p95'] as const).flatMap((name) => {
    const points = series.find(({ label }) => label === name)?.points;
    return points ? [{ label: name, points, color: name === 'p95' ? ('--s1' as const) : ('--s2' as const) }] : [];
  });

const shades: readonly ChartColor[] = ['--s1', '--s2', '--s3'];

/** Cost by provider: the dearest in the accent, the many small ones as one. */
export const costSeries = (series: readonly MetricSeries[], others: string): ChartSeries[] =>
  withOthers(series, shades.length, others).map((one, index) => ({ ...one, color: shades[index] ?? '--s3' }));
