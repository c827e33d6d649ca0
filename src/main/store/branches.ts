import type { Message } from '@shared/model';
import type { ReadableDb } from './database';
import { branchEndingAt } from './messages';

/** A message of a branch: its row number and its id. */
export type BranchStep = readonly [n: number, id: string];

// UNION, not UNION ALL, so that the recursion ends where a damaged file has parents in a circle.
export const branchStepsSql = `WITH RECURSIVE branch(n, id, parent_id) AS (
    SELECT n, id, parent_id FROM messages WHERE id = ?
    UNION
    SELECT p.n, p.id, p.parent_id FROM branch JOIN messages p ON p.id = branch.parent_id
  ) SELECT n, id FROM branch`;

/** The branch that ends in `leafId`, oldest first, without its texts: 10,000 messages take about 10 ms. */
export const branchSteps = (db: ReadableDb, leafId: string): BranchStep[] =>
  db.prepare<[string], BranchStep>(branchStepsSql).raw().all(leafId).reverse();

/** The part of a branch to return; without any of the four, its end. */
export interface BranchPlace {
  before?: string | undefined;
  /** Null means the beginning of the branch. */
  after?: string | null | undefined;
  around?: string | undefined;
  /** The position in the branch of the first message, from 0. */
  from?: number | undefined;
}

export interface BranchPage {
  /** Oldest first. */
  items: Message[];
  /** True when there are earlier messages. */
  hasMore: boolean;
  /** True when there are later messages. */
  hasNewer: boolean;
  /** The position in the branch of the first message, from 0. */
  start: number;
  /** The number of messages in the branch. */
  total: number;
}

export const emptyPage: BranchPage = { items: [], hasMore: false, hasNewer: false, start: 0, total: 0 };

/** Up to `limit` messages of a branch at a place; null where the branch lacks the message that the place names. */
export const branchPage = (db: ReadableDb, steps: readonly BranchStep[], place: BranchPlace, limit: number): BranchPage | null => {
  const total = steps.length;
  const named = place.before ?? place.after ?? place.around;
  const at = named === undefined ? -1 : steps.findIndex(([, id]) => id === named);
  if (named !== undefined && at < 0) return null;
  const start = firstOf(place, at, total, limit);
  const end = place.before === undefined ? Math.min(total, start + limit) : at;
  const last = steps[end - 1];
  const items = last && end > start ? branchEndingAt(db, last[1], end - start).items : [];
  return { items, hasMore: start > 0, hasNewer: end < total, start, total };
};

/** The position of the first message of a page, where `at` is the position of the message that the place names. */
const firstOf = ({ before, after, around, from }: BranchPlace, at: number, total: number, limit: number): number => {
  if (from !== undefined) return Math.min(from, total);
  if (before !== undefined) return Math.max(0, at - limit);
  if (after !== undefined) return at + 1;
  const newest = Math.max(0, total - limit);
  return around === undefined ? newest : Math.min(newest, Math.max(0, at - Math.floor(limit / 2)));
};
