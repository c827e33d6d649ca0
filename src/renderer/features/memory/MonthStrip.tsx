import { useApi } from '@renderer/base/client';
import { useFormat } from '@renderer/lib/useFormat';
import { ErrorState } from '@renderer/ui/ErrorState';
import { Segmented } from '@renderer/ui/Segmented';
import { memoryClocks } from '@shared/model';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { ToggleGroup } from 'radix-ui';
import { useLayoutEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './MonthStrip.module.css';
import { type MemoryState, useMemoryView } from './memoryView';

/** The memories by month, of when they were learnt or when they were true; a month filters the list. */
export const MonthStrip = ({ state }: { state: MemoryState }) => {
  const { t } = useTranslation('memory');
  const format = useFormat();
  const { filter, clock } = useMemoryView();
  const { kind, origin, tag, agentId, month: chosen } = filter;
  const counted = useQuery(
    useApi().memory.months.queryOptions({ input: { state, clock, kind, origin, tag, agentId }, placeholderData: keepPreviousData }),
  );
  const months = counted.data?.months;
  const most = Math.max(1, ...(months ?? []).map(({ count }) => count));
  const scroller = useRef<HTMLDivElement>(null);
  const length = months?.length;
  // The latest months matter most.
  useLayoutEffect(() => {
    if (length && scroller.current) scroller.current.scrollLeft = scroller.current.scrollWidth;
  }, [length]);
  const choose = (value: string): void => {
    const month = months?.find(({ from }) => String(from) === value);
    useMemoryView.setState({ filter: { ...filter, month: month && { clock, from: month.from, to: month.to } } });
  };
  return (
    <section className={styles.strip} aria-label={t('months.title')}>
      <Segmented
        label={t('months.clock')}
        value={clock}
        options={memoryClocks.map((value) => ({ value, label: t(`months.clocks.${value}`) }))}
        onChange={(next) => useMemoryView.setState({ clock: next, filter: { ...filter, month: undefined } })}
      />
      {counted.error && <ErrorState error={counted.error} onRetry={() => void counted.refetch()} />}
      {length === 0 && <p className="muted">{t(`months.none.${clock}`)}</p>}
      <div ref={scroller} className={styles.months}>
        <ToggleGroup.Root type="single" className={styles.row} value={chosen ? String(chosen.from) : ''} onValueChange={choose}>
          {months?.map(({ from, count }) => (
            <ToggleGroup.Item
              key={from}
              value={String(from)}
              className={styles.month}
              disabled={count === 0}
              aria-label={t('months.of', { month: format.month(from), count })}
              title={t('months.of', { month: format.month(from), count })}
            >
              <span className={styles.plot} aria-hidden>
                {count > 0 && <span className={styles.bar} style={{ transform: `scaleY(${Math.max(0.08, count / most)})` }} />}
              </span>
              <span className={styles.name} aria-hidden>
                {format.monthName(from)}
              </span>
              <span className={styles.year} aria-hidden>
                {isFirst(from, months) && new Date(from).getFullYear()}
              </span>
            </ToggleGroup.Item>
          ))}
        </ToggleGroup.Root>
      </div>
    </section>
  );
};

/** True for a month beside which its year is written: the first one, and each January. */
const isFirst = (from: number, months: readonly { from: number }[]): boolean => from === months[0]?.from || new Date(from).getMonth() === 0;
