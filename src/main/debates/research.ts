import { mergePassages } from '@main/knowledge/context';
import { saveTurnSources, sourcesOfMessage } from '@main/store/turns';
import type { AnswerInfo, Source } from '@shared/model';
import { seatOf } from './debateState';
import type { DebateDeps, Floor, OpenTurn } from './floor';

const passagesPerTurn = 6;

/** Passages for this speaker's claim: its side and the topic, nothing of what was said. */
export const research = async (deps: DebateDeps, floor: Floor, turn: OpenTurn, info: AnswerInfo): Promise<Source[] | null> => {
  const { documents, collectionIds, topic } = floor.config;
  if (!documents) return null;
  // None to read: the speaker is told that nothing was found, not that documents are off.
  if (deps.retriever.documentCount(collectionIds) === 0) return [];
  const kept = turn.partial === '' ? null : sourcesOfMessage(deps.db, turn.messageId);
  if (kept) return kept.sources;
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
  const sources = passages.map(({ matches: _, ...passage }): Source => ({ ...passage, marker: floor.markerOf(passage) }));
  saveTurnSources(deps.db, turn.turnId, { sources, support: result.support });
  info.support = result.support;
  info.passages = sources.length;
  floor.emit({ type: 'retrieved', messageId: turn.messageId, sources });
  return sources;
};
