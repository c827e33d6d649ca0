import { useAttempt } from '@renderer/ui/useAttempt';
import type { Settings } from '@shared/model';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useApi, useClient } from './client';

/**
 * The settings, and how to change them: shown as changed at once, read again when the engine refuses. A reading that was
 * under way is dropped, since it may not hold the change; the change itself makes them be read again.
 */
export const useSettings = () => {
  const api = useApi();
  const client = useClient();
  const queries = useQueryClient();
  const attempt = useAttempt();
  const query = useQuery(api.settings.get.queryOptions());
  const queryKey = api.settings.get.queryKey();
  const update = async (patch: Partial<Settings>): Promise<void> => {
    await queries.cancelQueries({ queryKey });
    queries.setQueryData(queryKey, (before) => before && { ...before, ...patch });
    if (!(await attempt(() => client.settings.update(patch)))) await queries.invalidateQueries({ queryKey });
  };
  return { query, settings: query.data, update };
};
