import { mergePassages, numberSources } from '@main/knowledge/context';
import { programCueOf } from '@main/knowledge/guideScope';
import { quotesOf } from '@main/knowledge/quotes';
import { isOfPerson } from '@main/memory/recall/isOfPerson';
import { timelineLines } from '@main/memory/timeline/timelineText';
import { hasOwnDocuments } from '@main/store/documentScope';
import { branchEndingAt } from '@main/store/messages';
import type { TurnSources } from '@main/store/turns';
import { smallTalkOf } from '@main/text/smallTalk';
import { findSources, type SourceSearch } from '@main/turns/findSources';
import type { ConversationSummary, Message, Passage, Recalled, Source, Timeline, TurnEvent } from '@shared/model';
import type { ChatTurn, ChatTurnDeps } from './chatTurn';
import type { Understood } from './understand';

/** How many passages the search returns for one question. */
const passagesPerQuestion = 12;

/** How many messages of the branch are read; the model's window limits them further. */
const historyMessages = 100;

/** Everything that was looked up for a question before its answer is written. */
export interface Prepared {
  /** Null: the library was not searched. */
  found: TurnSources | null;
  /** Null: the question asks nothing about time. */
  time: Timeline | null;
  /** The items and messages that were recalled; null where it was not done, or not in time. */
  recalled: Recalled | null;
  /** The messages of the branch that a model gets, oldest first. */
  history: Message[];
  /** The summary of the oldest messages of the branch, for a model. */
  summary: ConversationSummary | null;
}

/** Nothing was looked up, because the turn ended before. */
export const unprepared: Prepared = { found: null, time: null, recalled: null, history: [], summary: null };

/**
 * Looks up what the answer to a question may rest on, side by side: passages of the library, what memory recalls in time, the dated
 * messages that a question about time asks for, and the messages before the question.
 */
export const prepareTurn = async (
  deps: ChatTurnDeps,
  turn: ChatTurn,
  call: { understood: Understood; byModel: boolean; emit: (event: TurnEvent) => void; signal: AbortSignal },
): Promise<Prepared> => {
  const { memory, telemetry } = deps;
  const { conversationId, agentId, language } = turn;
  const { text, at, parentId } = turn.question;
  const summary = call.byModel ? memory.summaries.of(conversationId, parentId) : null;
  const history = call.byModel ? historyOf(deps, turn, summary) : [];
  const datedAndRecalled = async (): Promise<Pick<Prepared, 'time' | 'recalled'>> => {
    const timeline = await memory.timelines.of({ text, conversationId, agentId, before: at, language, signal: call.signal });
    const time = timeline.temporal ? timeline : null;
    const recalled = smallTalkOf(text)
      ? null
      : await memory.recall.of({
          text,
          conversationId,
          agentId,
          isAsked: time !== null,
          window: time && { from: time.from, to: time.to },
          // The model gets these anyway.
          exceptMessageIds: [turn.question.id, ...history.map(({ id }) => id)],
          signal: call.signal,
        });
    return { time, recalled };
  };
  const [found, { time, recalled }] = await Promise.all([searchFor(deps, turn, call), datedAndRecalled()]);
  if (call.byModel && time) {
    const bytes = Buffer.byteLength(timelineLines(time, language).join('\n'));
    telemetry.observe('memory_temporal_context_size_bytes', {}, bytes);
  }
  return { found, time, recalled, history, summary };
};

/** The messages on this branch before the question and after its summary, oldest first; empty answers are left out. */
const historyOf = ({ db }: ChatTurnDeps, { question }: ChatTurn, summary: ConversationSummary | null): Message[] => {
  if (question.parentId === null) return [];
  const { items } = branchEndingAt(db, question.parentId, historyMessages);
  return items.slice(items.findIndex(({ id }) => id === summary?.upToMessage) + 1).filter((message) => message.text !== '');
};

/** The search for the question. Small talk is not searched. */
const searchFor = (
  deps: ChatTurnDeps,
  turn: ChatTurn,
  {
    understood,
    byModel,
    emit,
    signal,
  }: { understood: Understood; byModel: boolean; emit: (event: TurnEvent) => void; signal: AbortSignal },
): Promise<TurnSources | null> => {
  const { documents, collectionIds } = turn.settings;
  const { query, isRewritten, parts, intent } = understood;
  // A model gets whole passages; an answer without a model shows the sentences themselves.
  const numbered = (passages: Passage[]): Source[] =>
    byModel ? numberSources(mergePassages(passages)) : quotesOf(query, passages, turn.language);
  const also = isRewritten ? turn.question.text : undefined;
  // The examples in the guide ("I live in Paris") would be taken for words of the person.
  const isOwn = programCueOf(query) === 'none' && isOfPerson(query, { now: deps.now(), zone: deps.memory.zone() });
  // A model that is told that nothing was found speaks of documents, which this person does not have.
  const hasNothing = byModel && isOwn && !hasOwnDocuments(deps.db, { conversationId: turn.conversationId });
  const isSearched = documents && intent !== 'talk' && !hasNothing;
  // A model reads every passage that it is given, which takes a small one a minute; quotations cost nothing.
  const guide = isOwn ? 'never' : byModel ? 'sure' : undefined;
  const search: SourceSearch = {
    query,
    also,
    parts,
    intent,
    collectionIds,
    limit: passagesPerQuestion,
    numbered,
    signal,
    emit,
    ...(guide && { guide }),
  };
  return findSources(deps, turn, isSearched ? search : null);
};
