import type { Job } from '@shared/model';

/** The status line's record of the work since it began: the jobs seen, and their progress when it was first measured. */
export interface WorkProgress {
  seen: ReadonlySet<string>;
  startedAt: number;
  startShare: number;
}

const shareOf = (seen: number, active: readonly Job[]): number =>
  seen === 0 ? 0 : (seen - active.length + active.reduce((sum, { progress }) => sum + progress, 0)) / seen;

/** The next state for the jobs that are active now, or null when there are none. Jobs that disappeared are done. */
export const nextProgress = (
  before: WorkProgress | null,
  active: readonly Job[],
  now: number,
): (WorkProgress & { share: number; leftMs: number | null }) | null => {
  if (active.length === 0) return null;
  const seen = new Set([...(before?.seen ?? []), ...active.map(({ id }) => id)]);
  const share = shareOf(seen.size, active);
  // More work than before makes the old pace meaningless.
  const fresh = before === null || seen.size !== before.seen.size;
  const startedAt = fresh ? now : before.startedAt;
  const startShare = fresh ? share : before.startShare;
  const done = share - startShare;
  const elapsed = now - startedAt;
  const leftMs = done > 0.03 && elapsed > 3_000 ? ((1 - share) * elapsed) / done : null;
  return { seen, startedAt, startShare, share, leftMs };
};
