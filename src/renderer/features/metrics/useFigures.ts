import { useFormat } from '@renderer/lib/useFormat';
import type { MetricRange } from '@shared/model';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { showsClock } from './chartData';

/** Figures of the panel as text; null is shown as absent. */
export const useFigures = (range: MetricRange) => {
  const format = useFormat();
  const { t } = useTranslation('metrics');
  return useMemo(() => {
    const none = t('noData');
    const short = new Intl.NumberFormat(format.locale, { maximumFractionDigits: 1 });
    const seconds = new Intl.NumberFormat(format.locale, { maximumFractionDigits: 1 });
    const smallShare = new Intl.NumberFormat(format.locale, { style: 'percent', maximumFractionDigits: 1 });
    const share = (value: number): string => (value < 0.1 ? smallShare.format(value) : format.percent(value));
    const weekday = new Intl.DateTimeFormat(format.locale, { weekday: 'short', day: 'numeric' });
    const day = new Intl.DateTimeFormat(format.locale, { day: 'numeric', month: 'short' });
    const ms = (value: number | null): string => {
      if (value === null) return none;
      if (value < 10) return t('units.ms', { value: short.format(value) });
      if (value < 950) return t('units.ms', { value: format.integer(value) });
      if (value < 90_000) return t('units.s', { value: seconds.format(value / 1000) });
      return t('units.min', { value: seconds.format(value / 60_000) });
    };
    return {
      ms,
      integer: format.integer,
      compact: format.compact,
      bytes: format.bytes,
      /** 1.3% */
      share: (value: number | null): string => (value === null ? none : share(value)),
      money: (nano: number | null): string => (nano === null ? t('noPrice') : format.money(nano)),
      /** Both figures, with the unit only once where both are in milliseconds. */
      pair: (p50: number | null, p95: number | null): string => {
        if (p50 === null || p95 === null) return none;
        return p95 < 950 ? `${short.format(p50 < 10 ? p50 : Math.round(p50))} / ${ms(p95)}` : `${ms(p50)} / ${ms(p95)}`;
      },
      /** A difference of times, in the unit of the time itself. */
      difference: (value: number, of: number): string => (of < 950 ? ms(value) : t('units.s', { value: seconds.format(value / 1000) })),
      time: (at: number): string => (showsClock(range) ? format.time(at) : range === '7d' ? weekday.format(at) : day.format(at)),
      when: format.when,
      duration: format.duration,
    };
  }, [format, range, t]);
};
export type Figures = ReturnType<typeof useFigures>;
