import { useApi } from '@renderer/base/client';
import type { MetricRange, MetricsFigures, MetricsOf, MetricsSection } from '@shared/model';
import { useQuery } from '@tanstack/react-query';
import { create } from 'zustand';

/** The range chosen, for as long as the window is open. */
export const useRange = create<{ range: MetricRange }>(() => ({ range: '24h' }));

/** No event reports that time passes: while a page of figures is open, it is read again at this interval. */
const refreshMs = 10_000;

/** True when the figures are those of the section. */
const isOf = <Section extends MetricsSection>(figures: MetricsFigures, section: Section): figures is MetricsOf<Section> =>
  figures.section === section;

/** The figures of one section. While another range is being read those of the last one stay. */
export const useMetrics = <Section extends MetricsSection>(section: Section) => {
  const api = useApi();
  const range = useRange((state) => state.range);
  const { data, error, isError, refetch } = useQuery({
    ...api.metrics.section.queryOptions({ input: { section, range } }),
    placeholderData: (before) => (before?.section === section ? before : undefined),
    refetchInterval: refreshMs,
    refetchOnMount: 'always',
  });
  return { data: data && isOf(data, section) ? data : undefined, error, isError, refetch };
};

export const useHealth = () => {
  const api = useApi();
  return useQuery({ ...api.system.health.queryOptions(), refetchInterval: refreshMs, refetchOnMount: 'always' });
};
