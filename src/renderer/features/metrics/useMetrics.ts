import { useApi } from '@renderer/app/client';
import type { MetricRange } from '@shared/model';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { create } from 'zustand';

/** The range chosen, for as long as the window is open. */
export const useRange = create<{ range: MetricRange }>(() => ({ range: '24h' }));

/** No event reports that time passes: while a page of figures is open, it is read again at this interval. */
const refreshMs = 10_000;

export const useOverview = () => {
  const api = useApi();
  const range = useRange((state) => state.range);
  return useQuery({
    ...api.metrics.overview.queryOptions({ input: { range } }),
    placeholderData: keepPreviousData,
    refetchInterval: refreshMs,
    refetchOnMount: 'always',
  });
};

export const useHealth = () => {
  const api = useApi();
  return useQuery({ ...api.system.health.queryOptions(), refetchInterval: refreshMs, refetchOnMount: 'always' });
};
