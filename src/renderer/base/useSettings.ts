import { useAttempt } from '@renderer/ui/useAttempt';
import { patchedSettings, type SettingsPatch } from '@shared/model';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useApi, useClient } from './client';

/**
 * The settings and a function that changes them: a change is shown at once, and the settings are read again when the engine refuses
 * it. A read in progress is cancelled, since it may not include the change; the change itself causes another read.
 */
export const useSettings = () => {
  const api = useApi();
  const client = useClient();
  const queries = useQueryClient();
  const attempt = useAttempt();
  const query = useQuery(api.settings.get.queryOptions());
  const queryKey = api.settings.get.queryKey();
  const update = async (patch: SettingsPatch): Promise<void> => {
    await queries.cancelQueries({ queryKey });
    queries.setQueryData(queryKey, (before) => before && patchedSettings(before, patch));
    if (!(await attempt(() => client.settings.update(patch)))) await queries.invalidateQueries({ queryKey });
  };
  return { query, settings: query.data, update };
};
