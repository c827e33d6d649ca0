import type { CheckedAnswer } from '@main/knowledge/answerCheck/checkAnswer';
import { type Cited, replaceCitations } from '@main/store/citations';
import { touchConversation } from '@main/store/conversations';
import type { ReadableDb } from '@main/store/database';
import { findMessage, finishMessage } from '@main/store/messages';
import { dropSourcesOfMessage, finishTurn, ledgerUsage, type TurnParams, type TurnSources, type TurnState } from '@main/store/turns';
import { type AnswerInfo, type Asked, EmergenceError, type Message, toEmergenceError, type Usage } from '@shared/model';
import type { AnswerWriter } from './answerWriter';
import type { OpenTurn, StopReason, TurnDeps } from './turn';

/** The end of a turn. */
export interface AnswerEnd {
  writer: Pick<AnswerWriter, 'text' | 'thinking'>;
  signal: AbortSignal;
  /** Null when the answer is complete. */
  error: EmergenceError | null;
  found: TurnSources | null;
  cited: readonly Cited[];
  checked: CheckedAnswer | null;
  answered: Pick<AnswerInfo, 'provider' | 'model' | 'usage' | 'firstWordMs' | 'fallback'>;
  /** How the question was understood. */
  asked?: Asked;
  /** How many passages the model was given. */
  given: number;
  params?: TurnParams;
  /** True for an answer that waits for the person to say yes: it is stopped, and can be continued. */
  waits?: boolean;
  /** Keep the sources of a complete answer, which are otherwise dropped, because a later turn still cites them. */
  keepSources?: boolean;
  /** How many things of memory the answer was given, and the past messages among them. */
  memories?: { count: number; messageIds: string[] };
  /** More writes of the transaction in which the answer is saved. */
  within?: (at: number) => void;
  /** Called when the answer is saved, at once or later. */
  onSaved: (message: Message, state: EndState) => void;
}

export type EndState = Exclude<TurnState, 'running'>;

/** Thrown for an answer that is written but could not be saved yet, for example on a full disk. It is saved once there is room. */
export class UnsavedAnswer extends Error {
  /** The answer as the reader may see it meanwhile, with the reason as its error. */
  readonly shown: Message;
  readonly reason: EmergenceError;

  constructor(shown: Message, reason: EmergenceError) {
    super('An answer could not be saved.', { cause: reason });
    this.shown = shown;
    this.reason = reason;
  }
}

/**
 * Saves the answer, its citations, its usage and the turn's end in one transaction, and returns the saved message. Throws
 * `not_found` when the message no longer exists, `UnsavedAnswer` where nothing could be written.
 */
export const finishAnswer = (deps: TurnDeps, turn: OpenTurn, end: AnswerEnd): Message => {
  const { db, changes, telemetry, diskRoom } = deps;
  const { text, thinking } = end.writer;
  const { cited, checked, params } = end;
  const at = deps.now();
  const state = endState(end);
  // Of an answer that cites no passage the person can still read those that the model was given.
  const keepsSources = end.keepSources || (end.given > 0 && cited.length === 0);
  const messageState = state === 'done' ? 'complete' : state;
  const error = state === 'failed' && end.error ? end.error.toRecord() : null;
  if (error) telemetry.increment('query_errors_total', { code: error.code });
  const save = (): Message => {
    db.transaction(() => {
      // Nothing of a forgotten conversation may come back, above all not its quotes.
      if (!finishMessage(db, turn.messageId, { state: messageState, text, error, info: infoOf(db, turn, end, at), thinking }))
        throw new EmergenceError('not_found');
      replaceCitations(db, turn.messageId, [...cited, ...(checked?.matched ?? [])]);
      finishTurn(db, turn.id, { state, error, at, ...(params && { params }) });
      if (state === 'done' && !keepsSources) dropSourcesOfMessage(db, turn.messageId);
      end.within?.(at);
      touchConversation(db, turn.conversationId, at);
    })();
    changes.publish('message', turn.messageId);
    const message = findMessage(db, turn.messageId);
    if (!message) throw new EmergenceError('not_found');
    end.onSaved(message, state);
    return message;
  };
  try {
    return save();
  } catch (cause) {
    // Kept before anything else that may fail.
    diskRoom.retryLater('save an answer', save, { cause, again: untilForgotten });
    const stored = findMessage(db, turn.messageId);
    // The conversation was forgotten meanwhile, so it has no reader.
    if (!stored) throw new EmergenceError('not_found');
    const reason = toEmergenceError(cause, turn.id);
    telemetry.increment('query_errors_total', { code: reason.code });
    const info = infoOf(db, turn, end, at);
    throw new UnsavedAnswer({ ...stored, text, state: messageState, error: reason.toRecord(), info, thinking }, reason);
  }
};

/** An answer is saved again whatever the error was, as long as its message exists. */
export const untilForgotten = (code: string): boolean => code !== 'not_found';

const endState = ({ error, signal, waits }: AnswerEnd): EndState => {
  if (!error) return waits ? 'stopped' : 'done';
  if (!signal.aborted) return 'failed';
  return (signal.reason as StopReason) === 'shutdown' ? 'interrupted' : 'stopped';
};

/** The muted line under the answer. Usage comes from the ledger, which also has failed and stopped calls. */
const infoOf = (
  db: ReadableDb,
  turn: OpenTurn,
  { answered, given, found, memories, checked, asked }: AnswerEnd,
  at: number,
): AnswerInfo => {
  const { before } = turn;
  return {
    provider: answered.provider || (before?.provider ?? ''),
    model: answered.model || (before?.model ?? ''),
    usage: addUsage(before?.usage ?? null, ledgerUsage(db, turn.id) ?? answered.usage),
    firstWordMs: before?.firstWordMs ?? answered.firstWordMs,
    ms: (before?.ms ?? 0) + at - turn.createdAt,
    fallback: answered.fallback,
    support: found?.support ?? null,
    passages: found?.sources.length ?? 0,
    given: Math.max(before?.given ?? 0, given),
    ...(memories && memories.count > 0 && { memories: memories.count }),
    ...(memories && memories.messageIds.length > 0 && { recalled: memories.messageIds }),
    ...(asked && { asked }),
    ...(checked && { check: checked.check }),
  };
};

/** Sum of two usages; an unknown price makes the sum unknown. */
const addUsage = (a: Usage | null, b: Usage | null): Usage | null =>
  a && b
    ? {
        inputTokens: a.inputTokens + b.inputTokens,
        outputTokens: a.outputTokens + b.outputTokens,
        cachedTokens: a.cachedTokens + b.cachedTokens,
        estimated: a.estimated || b.estimated,
        costNano: a.costNano === null || b.costNano === null ? null : a.costNano + b.costNano,
      }
    : (a ?? b);
