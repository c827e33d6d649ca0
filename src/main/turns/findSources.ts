import type { RetrieveRequest } from '@main/knowledge/retriever';
import type { ReadableDb } from '@main/store/database';
import { saveTurnSources, sourcesOfMessage, type TurnSources } from '@main/store/turns';
import type { Passage, QuestionIntent, Source, TurnEvent } from '@shared/model';
import { type SearchedWords, searchWords } from './searchWords';
import type { OpenTurn, TurnDeps } from './turn';

/** A search for the words of one turn. Earlier messages are mixed into it only by a rewriting that the person sees. */
export interface SourceSearch extends SearchedWords {
  intent?: QuestionIntent;
  /** Empty: the whole library. */
  collectionIds: string[];
  /** The most passages to find. */
  limit: number;
  /** When pages of the guide take part. */
  guide?: RetrieveRequest['guide'];
  /** Makes numbered sources of the passages found. */
  numbered: (passages: Passage[]) => Source[];
  signal: AbortSignal;
  /** Called at each step of the search. */
  emit?: (event: Extract<TurnEvent, { type: 'status' | 'retrieved' }>) => void;
}

/** The sources of the latest turn of an answer; forgotten ones have no words left and are dropped. */
export const keptSources = (db: ReadableDb, messageId: string): TurnSources | null => {
  const kept = sourcesOfMessage(db, messageId);
  return kept && { ...kept, sources: kept.sources.filter(({ text }) => text !== '') };
};

/**
 * The numbered sources of a turn: those of the answer that it continues, else of a search, stored with the turn. With `search` null
 * nothing is searched. Null: the library was not searched.
 */
export const findSources = async (
  deps: Pick<TurnDeps, 'db' | 'retriever' | 'now'>,
  turn: OpenTurn,
  search: SourceSearch | null,
): Promise<TurnSources | null> => {
  const kept = turn.partial === '' ? null : keptSources(deps.db, turn.messageId);
  if (kept) return kept;
  if (!search) return null;
  const { query, also, parts, intent, collectionIds, limit, guide, numbered, signal, emit = () => {} } = search;
  const asker = { conversationId: turn.conversationId };
  const documents = deps.retriever.documentCount(collectionIds, asker);
  if (documents === 0) {
    // Documents are on but there are none: the answer states that, as it does when nothing is found.
    const nothing: TurnSources = { sources: [], support: 'none' };
    saveTurnSources(deps.db, turn.id, nothing);
    return nothing;
  }
  emit({ type: 'status', step: 'searching', documents });
  const startedAt = deps.now();
  const { passages, support } = await searchWords(
    deps.retriever,
    { query, also, parts },
    { collectionIds, documentIds: [], asker, mode: 'hybrid', limit, signal, ...(guide && { guide }), ...(intent && { intent }) },
  );
  const found: TurnSources = { sources: support === 'none' ? [] : numbered(passages), support };
  saveTurnSources(deps.db, turn.id, found);
  emit({ type: 'retrieved', sources: found.sources, support, ms: deps.now() - startedAt });
  return found;
};
