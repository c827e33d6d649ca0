import type { MemoryClock, MemoryFilter } from '@shared/model';
import type { ReadableDb } from './database';
import { valuesOf, whereOf } from './memoryList';

type Values = ReturnType<typeof valuesOf>;

/** The tags of the items that a filter lets pass, by name. */
export const memoryTags = (db: ReadableDb, filter: MemoryFilter, now: number): { tag: string; count: number }[] =>
  db
    .prepare<[Values], { tag: string; count: number }>(
      `SELECT t.tag, count(*) AS count FROM memory_tags t CROSS JOIN memory_items i ON i.id = t.item_id WHERE ${whereOf(filter)}
       GROUP BY t.tag ORDER BY t.tag`,
    )
    .all(valuesOf(filter, now));

/** The first and last moment of each item by a clock; one that is true without a known end is true until now. */
const spans: Record<MemoryClock, string> = {
  learnt: 'SELECT i.learned_at AS "from", i.learned_at AS "to" FROM memory_items i WHERE',
  true: 'SELECT i.valid_from AS "from", max(i.valid_from, coalesce(i.valid_to - 1, @now)) AS "to" FROM memory_items i WHERE i.valid_from IS NOT NULL AND',
};

export const memorySpans = (db: ReadableDb, clock: MemoryClock, filter: MemoryFilter, now: number): { from: number; to: number }[] =>
  db.prepare<[Values], { from: number; to: number }>(`${spans[clock]} ${whereOf(filter)}`).all(valuesOf(filter, now));
