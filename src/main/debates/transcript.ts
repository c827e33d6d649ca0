import { estimateTokens } from '@main/providers/tokens';
import type { DebateConfig, DebateTurn } from '@shared/model';
import { seatOf } from './debateState';

const agentNames: Record<string, string> = { anima: 'AnimA', neo: 'Neo', nexus: 'Nexus' };

/**
 * What was said, by speaker and round, oldest first. Past `tokens` the oldest contributions are left out and `[…]` says so.
 * A speaker who was missing or replaced is marked; why is never told (an error is no argument). Pure.
 */
export const renderTranscript = (config: DebateConfig, turns: readonly DebateTurn[], tokens: number): string => {
  const entries = turns.map(({ seat, round, message, replaced }) => {
    const { agentId, part, side } = seatOf(config, seat);
    const marks = replaced ? ` [${message.text === '' ? 'absent' : replaced.to === null ? 'cut off' : 'replaced'}]` : '';
    return `${agentNames[agentId] ?? agentId} (${part}${side ? `: ${side}` : ''}) · ${round}/${config.rounds}${marks}\n${message.text || '—'}`;
  });
  let left = tokens;
  let first = entries.length;
  while (first > 0) {
    left -= estimateTokens(entries[first - 1] as string) + 2;
    // The last contribution is always there: without it there is nothing to answer.
    if (left < 0 && first < entries.length) break;
    first -= 1;
  }
  return [...(first > 0 ? ['[…]'] : []), ...entries.slice(first)].join('\n\n');
};
