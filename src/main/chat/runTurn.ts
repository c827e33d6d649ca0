import { citedPlaces } from '@main/knowledge/citations';
import { mergePassages, numberSources } from '@main/knowledge/context';
import { quotesOf } from '@main/knowledge/quotes';
import { smallTalkOf } from '@main/knowledge/smallTalk';
import type { Candidate } from '@main/providers/gateway';
import { type PromptMessage, textMessage } from '@main/providers/promptMessage';
import { branchEndingAt } from '@main/store/messages';
import type { TurnSources } from '@main/store/turns';
import { type AnswerWriter, createAnswerWriter } from '@main/turns/answerWriter';
import { citeSources } from '@main/turns/citeSources';
import { findSources } from '@main/turns/findSources';
import { type EndState, finishAnswer } from '@main/turns/finishAnswer';
import { streamModel } from '@main/turns/streamModel';
import { turnError } from '@main/turns/turnError';
import type { EmergenceError, Message, Passage, Source, TurnEvent } from '@shared/model';
import { buildAnswerPrompt } from './answerPrompt';
import type { Answered, ChatTurn, ChatTurnDeps } from './chatTurn';
import { quotePassages } from './quotePassages';

/** How many passages the search returns for one question. */
const passagesPerQuestion = 12;
/** How many messages of the branch are read; the model's window limits them further. */
const historyMessages = 100;

const unanswered: Answered = { provider: '', model: '', usage: null, firstWordMs: null, fallback: null, quoted: null, error: null };

/**
 * Runs one turn, from the stored question to the saved answer: find sources, write with a model or quote, cite, save. Emits every
 * event of the turn and ends with exactly one of done, stopped, failed. Shown text is never taken back. Returns the saved answer;
 * rejects with `UnsavedAnswer` where it could not be saved.
 */
export const runTurn = async (
  deps: ChatTurnDeps,
  turn: ChatTurn,
  emit: (event: TurnEvent) => void,
  signal: AbortSignal,
): Promise<Message> => {
  const { id: turnId, conversationId, messageId, question } = turn;
  emit({ type: 'started', turnId, conversationId, messageId, speaker: turn.agentId, at: turn.createdAt });

  const writer = createAnswerWriter(deps, turn, emit);
  let found: TurnSources | null = null;
  let answered = unanswered;
  let error: EmergenceError | null;
  try {
    const candidates = deps.gateway.candidatesFor({ model: turn.settings.model, agentId: turn.agentId });
    const byModel = candidates.length > 0;
    found = await searchFor(deps, turn, { byModel, emit, signal });
    answered = byModel
      ? await answerWithModel(deps, turn, { candidates, found, writer, emit, signal })
      : quotePassages(deps, turn, { found, writer, emit });
    signal.throwIfAborted();
    error = answered.error;
  } catch (thrown) {
    error = turnError(deps, turn, thrown, signal);
  }
  writer.end();

  const cited = answered.quoted
    ? citedPlaces(writer.text, answered.quoted)
    : await citeSources(deps, turn, { writer, found: found?.sources ?? [], question: question.text, signal });
  const message = finishAnswer(deps, turn, {
    writer,
    signal,
    error,
    found,
    cited,
    answered,
    given: answered.quoted ? 0 : (writer.given?.length ?? 0),
    onSaved: (saved, state) => recordEnd(deps, turn, saved, state),
  });
  if (message.info?.usage) emit({ type: 'usage', usage: message.info.usage });
  if (message.error) emit({ type: 'failed', message, error: message.error });
  else emit({ type: message.state === 'complete' ? 'done' : 'stopped', message });
  return message;
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

const answerWithModel = async (
  deps: ChatTurnDeps,
  turn: ChatTurn,
  call: {
    candidates: Candidate[];
    found: TurnSources | null;
    writer: AnswerWriter;
    emit: (event: TurnEvent) => void;
    signal: AbortSignal;
  },
): Promise<Answered> => {
  const { candidates, found, writer, emit, signal } = call;
  const outputTokens = deps.agents.get(turn.agentId).maxOutputTokens;
  const persona = deps.agents.persona(turn.agentId, turn.language);
  const history = historyOf(deps, turn.question);
  const answer = await streamModel(deps, turn, {
    purpose: 'answer',
    candidates,
    build: ({ contextTokens }) =>
      buildAnswerPrompt(deps.prompts, {
        language: turn.language,
        persona,
        question: turn.question.text,
        history,
        sources: found?.sources ?? null,
        partial: turn.partial,
        contextTokens,
        outputTokens,
      }),
    writer,
    emit,
    signal,
  });
  const { provider, model, usage, firstWordMs, error } = answer;
  const handOver = answer.handOvers.at(-1);
  const fallback = handOver ? { from: handOver.from, reason: handOver.reason } : (candidates[0]?.insteadOf ?? null);
  return { provider, model, usage, firstWordMs, fallback, quoted: null, error };
};

/** The messages on this branch before the question, oldest first; empty answers are left out. */
const historyOf = (deps: ChatTurnDeps, question: Message): PromptMessage[] =>
  question.parentId === null
    ? []
    : branchEndingAt(deps.db, question.parentId, historyMessages)
        .items.filter((message) => message.text !== '')
        .map((message) => textMessage(message.role, message.text));

/** Counts a turn whose end is saved, and notifies the lists of conversations. */
const recordEnd = ({ changes, telemetry, now }: ChatTurnDeps, turn: ChatTurn, { info, citations }: Message, state: EndState): void => {
  changes.publish('conversation', turn.conversationId);
  telemetry.increment('chat_turns_total', { outcome: state });
  telemetry.observe('chat_turn_duration_seconds', {}, (now() - turn.createdAt) / 1_000);
  if (info?.support && state === 'done')
    telemetry.increment('chat_answers_total', { support: info.support, cited: citations.length > 0 ? 'yes' : 'no' });
};
