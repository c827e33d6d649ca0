import { clipText, sizeOf } from '@main/memory/summary/fitText';
import type { DebateConfig, DebateTurn } from '@shared/model';
import { seatOf } from './debateState';

/**
 * The contributions as entries by speaker and round. A speaker that was missing or replaced is marked, but without the reason (an
 * error is no argument). Pure.
 */
export const entriesOf = (config: DebateConfig, turns: readonly DebateTurn[], nameOf: (agentId: string) => string): string[] =>
  turns.map(({ seat, round, message, replaced }) => {
    const { agentId, part, side } = seatOf(config, seat);
    const marks = replaced ? ` [${message.text === '' ? 'absent' : replaced.to === null ? 'cut off' : 'replaced'}]` : '';
    return `${nameOf(agentId)} (${part}${side ? `: ${side}` : ''}) · ${round}/${config.rounds}${marks}\n${message.text || '—'}`;
  });

/** Marks a place where something was left out. */
const gap = '[…]';

/** The text that replaces the first `turns` contributions. */
export interface Earlier {
  text: string;
  turns: number;
}

export interface Transcript {
  text: string;
  /** How many of the oldest contributions are only summarised, and how many others are left out or cut. */
  summarised: number;
  leftOut: number;
}

/** At least this much of the last contribution is kept, however little room there is: without it there is nothing to answer. */
const leastOfLast = 200;

/**
 * The transcript within `tokens`: every entry where all fit, else the summary of the oldest, if there is one, and the newest that
 * fit; `[…]` marks gaps. The last one is always included, cut where it alone is too long. Pure.
 */
export const renderTranscript = ({
  entries,
  tokens,
  earlier,
}: {
  entries: readonly string[];
  tokens: number;
  earlier: Earlier | null;
}): Transcript => {
  const whole = entries.reduce((sum, entry) => sum + sizeOf(entry), 0);
  if (whole <= tokens) return { text: entries.join('\n\n'), summarised: 0, leftOut: 0 };
  const last = entries.at(-1) ?? '';
  const head = earlier && sizeOf(earlier.text) + Math.min(sizeOf(last), leastOfLast) <= tokens ? earlier : null;
  const summarised = head?.turns ?? 0;
  const room = tokens - (head ? sizeOf(head.text) : 0);
  const end = sizeOf(last) <= Math.max(room, leastOfLast) ? last : `${clipText(last, Math.max(room, leastOfLast) - 4)} ${gap}`;
  let left = room - sizeOf(end);
  let first = entries.length - 1;
  while (first > summarised) {
    left -= sizeOf(entries[first - 1] as string);
    if (left < 0) break;
    first -= 1;
  }
  const missing = first - summarised;
  const text = [...(head ? [head.text] : []), ...(missing > 0 ? [gap] : []), ...entries.slice(first, -1), end].join('\n\n');
  return { text, summarised, leftOut: missing + (end === last ? 0 : 1) };
};

/** After a summary the newest contributions take this share of the room, so that the next speakers need no other summary. */
const verbatimShare = 0.5;

/**
 * How many of the oldest contributions the next summary must replace, so that the others fit word for word: at least one more than
 * the present one has `covered`, but never the last, nor one that is not `settled` (it may still grow), so that none may be left to
 * add. Pure.
 */
export const foldPoint = ({
  entries,
  covered,
  settled,
  tokens,
}: {
  entries: readonly string[];
  covered: number;
  settled: number;
  tokens: number;
}): number => {
  const end = Math.min(settled, entries.length - 1);
  let rest = entries.slice(covered).reduce((sum, entry) => sum + sizeOf(entry), 0);
  let point = covered;
  while (point < end && (point === covered || rest > tokens * verbatimShare)) {
    rest -= sizeOf(entries[point] as string);
    point += 1;
  }
  return point;
};
