import { useApi, useClient } from '@renderer/app/client';
import { toErrorRecord } from '@renderer/lib/errors';
import { useErrorText } from '@renderer/lib/useErrorText';
import { toast } from '@renderer/ui/toast';
import type { Settings } from '@shared/model';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';

/** Runs what may fail and says a failure in words; undefined when it failed. */
export const useAttempt = () => {
  const errorText = useErrorText();
  return useCallback(
    async <Result>(run: () => Promise<Result>): Promise<Result | undefined> => {
      try {
        return await run();
      } catch (error) {
        toast({ message: errorText(toErrorRecord(error)), tone: 'danger' });
        return undefined;
      }
    },
    [errorText],
  );
};

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
