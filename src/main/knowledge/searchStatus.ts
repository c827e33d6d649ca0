import type { Helper } from '@main/processes/helper';
import type { SearchApi, SearchStatus } from '@main/processes/search/api';
import { EmergenceError } from '@shared/model';

const statusLimitMs = 1_000;

/** The status of the search process; null while it cannot answer (it is restarting, or has no memory to start). */
export const searchStatusOf = async (search: Pick<Helper<SearchApi>, 'call'>): Promise<SearchStatus | null> => {
  try {
    return await search.call('status', undefined, { timeLimitMs: statusLimitMs, timeoutCode: 'search.unavailable' });
  } catch (error) {
    if (error instanceof EmergenceError && (error.code === 'search.unavailable' || error.code === 'process.died')) return null;
    throw error;
  }
};
