import { mergePassages } from '@main/knowledge/context';
import type { ReadableDb } from '@main/store/database';
import { saveTurnSources, sourcesOfMessage, type TurnSources } from '@main/store/turns';
import type { Source } from '@shared/model';
import { mediatorSeat, seatOf } from './debateState';
import type { Contribution, DebateDeps, Floor } from './floor';

const passagesPerTurn = 6;

/** What a contribution was given by its latest turn; what was forgotten since then has no words left. */
export const keptSources = (db: ReadableDb, messageId: string): TurnSources | null => {
  const kept = sourcesOfMessage(db, messageId);
  return kept && { ...kept, sources: kept.sources.filter(({ text }) => text !== '') };
};

/**
 * The numbered sources of a contribution, stored with its turn and told to the reader; null when documents are off. One that
 * goes on cites what it had; the mediator is given what the debaters `cited`.
 */
export const research = async (deps: DebateDeps, floor: Floor, turn: Contribution, cited: Source[]): Promise<TurnSources | null> => {
  if (!floor.config.documents) return null;
  const found =
    turn.seat === mediatorSeat
      ? { sources: cited, support: null }
      : ((turn.partial === '' ? null : keptSources(deps.db, turn.messageId)) ?? (await search(deps, floor, turn)));
  saveTurnSources(deps.db, turn.id, found);
  floor.emit({ type: 'retrieved', messageId: turn.messageId, sources: found.sources });
  return found;
};

/** Passages for this speaker's claim: its side and the topic, nothing of what was said. */
const search = async (deps: DebateDeps, floor: Floor, turn: Contribution): Promise<TurnSources> => {
  const { collectionIds, topic } = floor.config;
  // None to read: the speaker is told that nothing was found, not that documents are off.
  if (deps.retriever.documentCount(collectionIds) === 0) return { sources: [], support: 'none' };
  const { side } = seatOf(floor.config, turn.seat);
  const result = await deps.retriever.search({
    query: `${topic} ${side}`.trim(),
    collectionIds,
    documentIds: [],
    mode: 'hybrid',
    limit: passagesPerTurn,
    signal: floor.signal,
  });
  const passages = result.support === 'none' ? [] : mergePassages(result.passages);
  return {
    sources: passages.map(({ matches: _, ...passage }): Source => ({ ...passage, marker: floor.markerOf(passage) })),
    support: result.support,
  };
};
