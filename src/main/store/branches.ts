import type { Message } from '@shared/model';
import type { ReadableDb } from './database';
import { branchEndingAt } from './messages';

/** A message of a branch: its row number and its id. */
export type BranchStep = readonly [n: number, id: string];

// UNION, not UNION ALL: parents that a damaged file has in a circle come to an end.
export const branchStepsSql = `WITH RECURSIVE branch(n, id, parent_id) AS (
    SELECT n, id, parent_id FROM messages WHERE id = ?
    UNION
    SELECT p.n, p.id, p.parent_id FROM branch JOIN messages p ON p.id = branch.parent_id
  ) SELECT n, id FROM branch`;

/** The branch that ends in `leafId`, oldest first, without its texts: 10,000 messages take about 10 ms. */
export const branchSteps = (db: ReadableDb, leafId: string): BranchStep[] =>
  db.prepare<[string], BranchStep>(branchStepsSql).raw().all(leafId).reverse();

/** The part of a branch that is asked for; none of the three is its end. */
export interface BranchPlace {
  before?: string | undefined;
  /** Null is the beginning of the branch. */
  after?: string | null | undefined;
  around?: string | undefined;
}

export interface BranchPage {
  /** Oldest first. */
  items: Message[];
  /** There are earlier ones. */
  hasMore: boolean;
  /** There are later ones. */
  hasNewer: boolean;
  /** Which message of the branch the first one is, from 0. */
  start: number;
  /** Messages of the branch. */
  total: number;
}

export const emptyPage: BranchPage = { items: [], hasMore: false, hasNewer: false, start: 0, total: 0 };

/** Up to `limit` messages of a branch at a place; null where the message of the place is not on it. */
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

/** Which message of the branch comes first, where `at` is the one that is named. */
const firstOf = ({ before, after, around }: BranchPlace, at: number, total: number, limit: number): number => {
  if (before !== undefined) return Math.max(0, at - limit);
  if (after !== undefined) return at + 1;
  const newest = Math.max(0, total - limit);
  return around === undefined ? newest : Math.min(newest, Math.max(0, at - Math.floor(limit / 2)));
};
