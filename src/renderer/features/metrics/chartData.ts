import type { MetricPoint, MetricRange, MetricSeries } from '@shared/model';

/** A CSS variable of the theme; series differ by lightness and by their label. */
export type ChartColor = '--s1' | '--s2' | '--s3' | '--danger';

export interface ChartSeries extends MetricSeries {
  color: ChartColor;
}

export interface ChartProps {
  /** The content of the chart and its period, for screen readers. */
  label: string;
  kind: 'bars' | 'lines';
  series: readonly ChartSeries[];
  /** Width of one time bucket in milliseconds. */
  bucketMs: number;
  formatValue: (value: number) => string;
  formatTime: (at: number) => string;
  /** A dashed line and its words. */
  limit?: { value: number; label: string };
  /** Top of the scale where it is known (1 for shares). */
  maximum?: number;
  /** Shown in place of the chart when there is no data. */
  empty: { title: string; text: string };
}

/** Columns for uPlot: seconds, then one column a series. Bars are stacked from the first series up; nulls stay gaps. */
export const columnsOf = (series: readonly MetricSeries[], stacked: boolean): (number | null)[][] => {
  const times = series[0]?.points.map(({ t }) => t / 1000) ?? [];
  const columns = series.map(({ points }) => points.map(({ value }) => value));
  if (!stacked) return [times, ...columns];
  const sums = new Array<number>(times.length).fill(0);
  return [
    times,
    ...columns.map((column) =>
      column.map((value, index) => {
        if (value === null) return null;
        sums[index] = (sums[index] ?? 0) + value;
        return sums[index] ?? null;
      }),
    ),
  ];
};

export const hasData = (series: readonly MetricSeries[]): boolean =>
  series.some(({ points }) => points.some(({ value }) => value !== null));

/** A round number at or above the value: 1, 2 or 5 times a power of ten, so that two ticks divide it. */
export const niceMaximum = (value: number): number => {
  if (value <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  const step = [1, 2, 4, 6, 8, 10].find((factor) => factor * power >= value * 0.999) ?? 10;
  return step * power;
};

/** Single points between gaps: a line through one point is invisible, so it needs a dot. */
export const lonePoints = (column: readonly (number | null | undefined)[]): number[] =>
  column.flatMap((value, index) => (value != null && column[index - 1] == null && column[index + 1] == null ? [index] : []));

/** Labels of the time axis: at the start, at each quarter, and at the end. */
export const timeTicks = (points: readonly MetricPoint[], bucketMs: number): number[] => {
  const from = points[0]?.t;
  const last = points.at(-1)?.t;
  if (from === undefined || last === undefined) return [];
  return [0, 1, 2, 3, 4].map((quarter) => from + (quarter / 4) * (last + bucketMs - from));
};

/** The axis shows hours within a day, and days beyond. */
export const showsClock = (range: MetricRange): boolean => range === '15m' || range === '24h';

/** The last `most` - 1 series, and all the others as one, so that the colours stay distinguishable. */
export const withOthers = (series: readonly MetricSeries[], most: number, label: string): MetricSeries[] => {
  if (series.length <= most) return [...series];
  const rest = series.slice(most - 1);
  const points = (rest[0]?.points ?? []).map(({ t }, index) => {
    const values = rest.flatMap((one) => one.points[index]?.value ?? []);
    return { t, value: values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) };
  });
  return [...series.slice(0, most - 1), { label, points }];
};
