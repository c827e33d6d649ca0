import type { Helper } from '@main/processes/helper';
import type { SearchApi } from '@main/processes/search/api';
import type { ReadableDb } from '@main/store/database';
import { memoriesAmong } from '@main/store/memoryList';
import type { Telemetry } from '@main/telemetry/telemetry';
import type { MemoryFilter, MemoryItem } from '@shared/model';

/** The first search after a start reads the whole past, some seconds for 50,000 items; the next ones take a moment. */
const waitMs = 15_000;
/** Items that are compared with the filter: those that it lets pass may be few among the nearest. */
const mostNear = 500;
/** Items that are returned: what follows is near nothing. */
const mostShown = 20;

/** Finds items by words in any form and by meaning. Throws only where the signal is aborted. */
export type NearItems = (
  query: Omit<MemoryFilter, 'words'> & { text: string },
  signal?: AbortSignal,
) => Promise<{ searched: boolean; items: MemoryItem[] }>;

export const createNearItems =
  ({
    db,
    search,
    log,
    now,
  }: {
    db: ReadableDb;
    search: Pick<Helper<SearchApi>, 'call'>;
    log: Telemetry['log'];
    now: () => number;
  }): NearItems =>
  async ({ text, ...filter }, signal) => {
    try {
      const near = await search.call(
        'nearItems',
        { text, limit: mostNear },
        { timeLimitMs: waitMs, timeoutCode: 'search.unavailable', ...(signal ? { signal } : {}) },
      );
      const ids = near.map(({ itemId }) => itemId);
      return { searched: true, items: memoriesAmong(db, { ...filter, ids, limit: mostShown }, now()) };
    } catch (error) {
      signal?.throwIfAborted();
      log.warn({ err: error }, 'memory items could not be searched by meaning');
      return { searched: false, items: [] };
    }
  };
