import { beginOf, type Period } from '@renderer/lib/periods';
import type { MemoryFilter as ListFilter, MemoryClock } from '@shared/model';
import { create } from 'zustand';

export type MemoryState = NonNullable<ListFilter['state']>;
export type MemoryFilter = Pick<ListFilter, 'kind' | 'origin' | 'tag' | 'agentId' | 'about'> & {
  period?: Period | undefined;
  /** A month of one of the clocks. */
  month?: { clock: MemoryClock; from: number; to: number } | undefined;
};

interface MemoryView {
  filter: MemoryFilter;
  /** True while the months are shown above the list. */
  timeline: boolean;
  /** The clock of the months. */
  clock: MemoryClock;
}
/** The look of the list of memories, the same for all its states. */
export const useMemoryView = create<MemoryView>(() => ({ filter: {}, timeline: false, clock: 'learnt' }));

/** The filter of the list for a filter of the window at this time. */
export const listFilterOf = ({ period, month, ...filter }: MemoryFilter, now: number): ListFilter => ({
  ...filter,
  from: period && beginOf(period, now),
  ...(month?.clock === 'learnt' && { learntFrom: month.from, learntTo: month.to }),
  ...(month?.clock === 'true' && { trueFrom: month.from, trueTo: month.to }),
});

export const vitalityWords = ['fresh', 'fading', 'faint'] as const;
/** Memories below this vitality are not recalled unasked. */
const recalledFrom = 0.3;
const freshFrom = 0.6;
export const vitalityWord = (vitality: number): (typeof vitalityWords)[number] =>
  vitality >= freshFrom ? 'fresh' : vitality >= recalledFrom ? 'fading' : 'faint';

/** A local day as a field of type `date` writes it; empty for none. */
export const dayOf = (at: number | null): string => {
  if (at === null) return '';
  const day = new Date(at);
  const two = (part: number): string => String(part).padStart(2, '0');
  return `${String(day.getFullYear()).padStart(4, '0')}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
};
/** The first moment of a day of such a field in local time; null for none. */
export const momentOf = (day: string): number | null => {
  const at = new Date(`${day}T00:00`).getTime();
  return day === '' || Number.isNaN(at) ? null : at;
};
