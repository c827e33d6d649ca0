import { useApi } from '@renderer/app/client';
import type { MetricRange } from '@shared/model';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { create } from 'zustand';

/** The range chosen, for as long as the window is open. */
export const useRange = create<{ range: MetricRange }>(() => ({ range: '24h' }));

/** Time passes without an event to tell of it: what is shown moves with the clock while a page of figures is open. */
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
