import type { MessageState } from '@shared/model';
import type { TurnHead } from './turnStore';

/** The ends of answers that are announced together: of all turns since the last moment at which no turn ran. */
export interface AnnouncedEnds {
  running: boolean;
  /** By turn id. A turn stays here after the window has dropped it. */
  ends: Readonly<Record<string, MessageState>>;
}

export const noEnds: AnnouncedEnds = { running: false, ends: {} };

/** The ends to announce now that the turns of the conversation are these; the same object where there is no news. Pure. */
export const withTurns = (before: AnnouncedEnds, turns: readonly Pick<TurnHead, 'turnId' | 'ended'>[]): AnnouncedEnds => {
  const running = turns.some(({ ended }) => ended === null);
  const kept = running && !before.running ? {} : before.ends;
  const news = turns.flatMap(({ turnId, ended }) => (ended === null || kept[turnId] === ended ? [] : [[turnId, ended] as const]));
  if (running === before.running && kept === before.ends && news.length === 0) return before;
  return { running, ends: news.length === 0 ? kept : { ...kept, ...Object.fromEntries(news) } };
};
