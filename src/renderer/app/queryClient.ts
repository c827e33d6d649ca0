import { toErrorRecord } from '@renderer/lib/errors';
import { QueryClient } from '@tanstack/react-query';

/** Nothing goes stale by itself: the engine reports changes. Only temporary failures are retried. */
export const createQueryClient = (): QueryClient =>
  new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: Number.POSITIVE_INFINITY,
        gcTime: 10 * 60_000,
        refetchOnWindowFocus: false,
        networkMode: 'always',
        retry: (count, error) => count < 2 && ['search.unavailable', 'internal'].includes(toErrorRecord(error).code),
      },
      mutations: { networkMode: 'always' },
    },
  });
