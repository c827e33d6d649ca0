import 'uplot/dist/uPlot.min.css';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type uPlot from 'uplot';
import styles from './Chart.module.css';
import { type ChartProps, hasData, timeTicks } from './chartData';
import { createPlot } from './plot';

/** Bars (stacked) or lines over time. Times without data are gaps. A table repeats it for screen readers. */
export const Chart = (props: ChartProps) => {
  const { label, series, formatValue, formatTime, empty } = props;
  const { t } = useTranslation('metrics');
  if (!hasData(series))
    return (
      <div className={styles.none}>
        <b>{empty.title}</b>
        {empty.text}
      </div>
    );
  const times = series[0]?.points ?? [];
  return (
    <figure className={styles.chart} aria-label={label}>
      <Canvas {...props} />
      <div className={styles.times} aria-hidden>
        {timeTicks(times, props.bucketMs).map((at) => (
          <span key={at}>{formatTime(at)}</span>
        ))}
      </div>
      <table className="sr">
        <caption>{label}</caption>
        <thead>
          <tr>
            <th scope="col">{t('chart.time')}</th>
            {series.map((one) => (
              <th key={one.label} scope="col">
                {one.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {times.map(({ t: at }, index) =>
            series.some(({ points }) => points[index]?.value != null) ? (
              <tr key={at}>
                <th scope="row">{formatTime(at)}</th>
                {series.map((one) => {
                  const value = one.points[index]?.value;
                  return <td key={one.label}>{value == null ? t('noData') : formatValue(value)}</td>;
                })}
              </tr>
            ) : null,
          )}
        </tbody>
      </table>
    </figure>
  );
};

/** The drawing, repeated when the data, the size or the theme changes. */
const Canvas = (props: ChartProps) => {
  const container = useRef<HTMLDivElement>(null);
  const tip = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = container.current;
    const tooltip = tip.current;
    if (!element || !tooltip) return;
    let plot: uPlot | null = null;
    const draw = (): void => {
      plot?.destroy();
      if (element.clientWidth > 0 && element.clientHeight > 0) plot = createPlot(element, tooltip, props);
    };
    const sized = new ResizeObserver(draw);
    sized.observe(element);
    const themed = new MutationObserver(draw);
    themed.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
    return () => {
      sized.disconnect();
      themed.disconnect();
      plot?.destroy();
    };
  }, [props]);
  return (
    <div className={styles.area} aria-hidden>
      <div ref={container} className={styles.plot} />
      <div ref={tip} className={styles.tip} hidden />
    </div>
  );
};
