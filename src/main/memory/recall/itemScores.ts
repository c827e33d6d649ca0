import type { MemoryItem, RecallScores } from '@shared/model';
import type { InstantWindow } from '../time/zone';

/** An item of any age keeps this much of its rank: decay orders, and hides nothing. */
const leastRecency = 0.5;
const halfLifeMs = 90 * 86_400_000;
const leastUse = 0.7;
/** Uses that bring an unused item half the way to the highest rank. */
const usesHalfway = 3;

/** The score of a fit, which has no upper bound, as a similarity. */
export const similarityOf = (score: number): number => 1 - Math.exp(-Math.max(0, score));

/** Similarity x recency x use, each 0..1; an item without a last use counts from its creation. */
export const scoresOfItem = (item: MemoryItem, score: number, now: number): RecallScores => {
  const similarity = similarityOf(score);
  const age = Math.max(0, now - (item.lastUsedAt ?? item.createdAt));
  const recency = item.protected ? 1 : leastRecency + (1 - leastRecency) * 0.5 ** (age / halfLifeMs);
  const use = leastUse + (1 - leastUse) * (item.uses / (item.uses + usesHalfway));
  return { similarity, recency, use, total: similarity * recency * use };
};

/** Below this vitality an item is not recalled unasked. */
const leastVitality = 0.3;

const wasTrueIn = ({ validFrom, validTo }: MemoryItem, { from, to }: InstantWindow): boolean =>
  (to === null || validFrom === null || validFrom < to) && (from === null || validTo === null || validTo > from);

/** True for a window that lies in the past: what was true then is asked for. */
export const isPast = (window: InstantWindow | null, now: number): window is InstantWindow => window !== null && (window.to ?? now) <= now;

/**
 * True for an item that may be recalled: it is alive, not muted, and true now; or, where a window of the past is asked for, true then.
 * `isAsked` is false for recall that nobody asked for, which leaves out what has faded.
 */
export const mayBeRecalled = (
  item: MemoryItem,
  { now, window, agentId, isAsked }: { now: number; window: InstantWindow | null; agentId: string | null; isAsked: boolean },
): boolean => {
  if (item.muted || item.deletedAt !== null || item.archivedAt !== null) return false;
  if (agentId !== null && item.agentId !== null && item.agentId !== agentId) return false;
  if (!isAsked && item.vitality < leastVitality && !item.protected) return false;
  if (isPast(window, now)) return wasTrueIn(item, window);
  return item.supersededBy === null && wasTrueIn(item, { from: now, to: now + 1 });
};
