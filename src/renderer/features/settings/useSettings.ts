import { useApi, useClient } from '@renderer/app/client';
import { useAttempt } from '@renderer/ui/useAttempt';
import type { Settings } from '@shared/model';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';

/** The settings, and how to change them: shown as changed at once, put back when the engine refuses. */
export const useSettings = () => {
  const api = useApi();
  const client = useClient();
  const queries = useQueryClient();
  const attempt = useAttempt();
  const query = useQuery(api.settings.get.queryOptions());
  const key = api.settings.get.queryKey();
  const update = useCallback(
    async (patch: Partial<Settings>): Promise<void> => {
      const before = queries.getQueryData(key);
      if (before) queries.setQueryData(key, { ...before, ...patch });
      const after = await attempt(() => client.settings.update(patch));
      queries.setQueryData(key, after ?? before);
    },
    [queries, key, attempt, client],
  );
  return { query, settings: query.data, update };
};
