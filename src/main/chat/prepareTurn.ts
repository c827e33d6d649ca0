import { mergePassages, numberSources } from '@main/knowledge/context';
import { quotesOf } from '@main/knowledge/quotes';
import { smallTalkOf } from '@main/knowledge/smallTalk';
import { timelineLines } from '@main/memory/timeline/timelineText';
import type { TurnSources } from '@main/store/turns';
import { findSources } from '@main/turns/findSources';
import type { ConversationSummary, Passage, Source, Timeline, TurnEvent } from '@shared/model';
import type { ChatTurn, ChatTurnDeps } from './chatTurn';

/** How many passages the search returns for one question. */
const passagesPerQuestion = 12;

/** Everything that was looked up for a question before its answer is written. */
export interface Prepared {
  /** Null: the library was not searched. */
  found: TurnSources | null;
  /** Null: the question asks nothing about time. */
  time: Timeline | null;
  /** The summary of the oldest messages of the branch, for a model. */
  summary: ConversationSummary | null;
}

/** Nothing was looked up, because the turn ended before. */
export const unprepared: Prepared = { found: null, time: null, summary: null };

/** Looks up what the answer to a question may rest on: passages of the library, and the dated messages that a question about time asks for. */
export const prepareTurn = async (
  deps: ChatTurnDeps,
  turn: ChatTurn,
  call: { byModel: boolean; emit: (event: TurnEvent) => void; signal: AbortSignal },
): Promise<Prepared> => {
  const { text, at } = turn.question;
  const searched = searchFor(deps, turn, call);
  const time = deps.memory.timelines.of({ text, conversationId: turn.conversationId, before: at, language: turn.language });
  if (call.byModel && time.temporal) {
    const bytes = Buffer.byteLength(timelineLines(time, turn.language).join('\n'));
    deps.telemetry.observe('memory_temporal_context_size_bytes', {}, bytes);
  }
  const summary = call.byModel ? deps.memory.summaries.of(turn.conversationId, turn.question.parentId) : null;
  return { found: await searched, time: time.temporal ? time : null, summary };
};

/** The search for the question. Small talk is not searched. */
const searchFor = (
  deps: ChatTurnDeps,
  turn: ChatTurn,
  { byModel, emit, signal }: { byModel: boolean; emit: (event: TurnEvent) => void; signal: AbortSignal },
): Promise<TurnSources | null> => {
  const { documents, collectionIds } = turn.settings;
  const query = turn.question.text;
  // A model gets whole passages; an answer without a model shows the sentences themselves.
  const numbered = (passages: Passage[]): Source[] =>
    byModel ? numberSources(mergePassages(passages)) : quotesOf(query, passages, turn.language);
  const isSearched = documents && !smallTalkOf(query);
  return findSources(deps, turn, isSearched ? { query, collectionIds, limit: passagesPerQuestion, numbered, signal, emit } : null);
};
