import { mergePassages } from '@main/knowledge/context';
import { saveTurnSources, type TurnSources } from '@main/store/turns';
import { findSources } from '@main/turns/findSources';
import type { Passage, Source } from '@shared/model';
import { mediatorSeat, seatOf } from './debateState';
import type { Contribution, DebateDeps, RunningDebate } from './runningDebate';

const passagesPerTurn = 6;

/**
 * Finds the numbered sources of a contribution and emits them; null when documents are off. A debater gets passages for its claim:
 * its side and the topic, nothing of the discussion. The mediator gets the sources that the debaters `cited`.
 */
export const research = async (
  deps: DebateDeps,
  running: RunningDebate,
  turn: Contribution,
  cited: Source[],
): Promise<TurnSources | null> => {
  if (!running.config.documents) return null;
  const found = turn.seat === mediatorSeat ? give(deps, turn, cited) : await search(deps, running, turn);
  if (found) running.emit({ type: 'retrieved', messageId: turn.messageId, sources: found.sources });
  return found;
};

const give = ({ db }: DebateDeps, turn: Contribution, sources: Source[]): TurnSources => {
  const found = { sources, support: null };
  saveTurnSources(db, turn.id, found);
  return found;
};

const search = (deps: DebateDeps, running: RunningDebate, turn: Contribution): Promise<TurnSources | null> => {
  const { collectionIds, topic } = running.config;
  const { side } = seatOf(running.config, turn.seat);
  return findSources(deps, turn, {
    query: `${topic} ${side}`.trim(),
    collectionIds,
    limit: passagesPerTurn,
    guide: 'sure',
    numbered: (passages: Passage[]) =>
      mergePassages(passages).map(({ matches: _, ...passage }): Source => ({ ...passage, marker: running.markerOf(passage) })),
    signal: running.signal,
  });
};
