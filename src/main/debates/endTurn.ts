import { addUsage } from '@main/chat/saveAnswer';
import { type Cited, replaceCitations } from '@main/store/citations';
import { touchConversation } from '@main/store/conversations';
import { findMessage, finishMessage } from '@main/store/messages';
import { finishTurn, ledgerUsage, type TurnState } from '@main/store/turns';
import { type AnswerInfo, type DebateTurn, EmergenceError, type Message, type Thinking, toEmergenceError } from '@shared/model';
import { costsOf } from './debateState';
import type { Contribution, DebateDeps, Floor } from './floor';

/** How a contribution came to its end. */
export interface TurnEnd {
  text: string;
  /** `cancelled` when the debate was stopped; null when all was said. */
  error: EmergenceError | null;
  replaced: DebateTurn['replaced'];
  condensed: DebateTurn['condensed'];
  cited: readonly Cited[];
  info: AnswerInfo;
  thinking: Thinking | null;
}

/** The disk is at fault, not a model: nobody else could do better, and nothing more can be kept. */
export const isStorageError = ({ code }: EmergenceError): boolean => code.startsWith('storage.');

/**
 * Saves a contribution, its citations and the turn's end in one transaction, tells who listens, and returns what was saved.
 * Where it cannot be written it is kept, shown whole to the reader with the reason, saved as soon as there is room, and the
 * reason is thrown: a debate does not go on without what was said in it.
 */
export const endTurn = (deps: DebateDeps, floor: Floor, turn: Contribution, end: TurnEnd): DebateTurn => {
  const at = deps.now();
  const state = stateOf(end.error, floor.signal);
  const save = (): DebateTurn => {
    const ended = saveEnd(deps, floor, turn, end, state, at);
    floor.liveText.delete(turn.messageId);
    floor.liveThinking.delete(turn.messageId);
    floor.unsaved.delete(turn.messageId);
    if (!ended) throw new EmergenceError('not_found');
    deps.changes.publish('message', turn.messageId);
    return ended;
  };
  if (state === 'failed' && end.error) deps.telemetry.increment('query_errors_total', { code: end.error.code });
  const tell = (turn: DebateTurn): void => floor.emit({ type: 'turn_ended', turn, costs: costsOf(deps.db, floor.id, floor.config) });
  let ended: DebateTurn;
  try {
    ended = save();
  } catch (cause) {
    // Kept before anything else that may fail.
    deps.lateSaves.add({ save, cause });
    const stored = findMessage(deps.db, turn.messageId);
    // Forgotten meanwhile: nobody is there to be told.
    if (!stored) throw new EmergenceError('not_found');
    const error = toEmergenceError(cause, turn.id);
    const shown: Message = {
      ...stored,
      text: end.text,
      state: messageStateOf(state),
      error: error.toRecord(),
      info: end.info,
      thinking: end.thinking,
    };
    const kept: DebateTurn = { seat: turn.seat, round: turn.round, message: shown, replaced: end.replaced, condensed: end.condensed };
    floor.unsaved.set(turn.messageId, kept);
    deps.telemetry.increment('query_errors_total', { code: error.code });
    tell(kept);
    throw error;
  }
  tell(ended);
  if (end.error && isStorageError(end.error)) throw end.error;
  return ended;
};

/** Null when the message is gone: of a forgotten debate nothing may come back, its quotes least of all. */
const saveEnd = (
  { db }: DebateDeps,
  floor: Floor,
  turn: Contribution,
  { text, error, replaced, condensed, cited, info, thinking }: TurnEnd,
  state: Exclude<TurnState, 'running'>,
  at: number,
): DebateTurn | null => {
  const record = state === 'failed' && error ? error.toRecord() : null;
  db.transaction(() => {
    const { before } = turn;
    const told: AnswerInfo = {
      ...info,
      provider: info.provider || (before?.provider ?? ''),
      model: info.model || (before?.model ?? ''),
      usage: addUsage(before?.usage ?? null, ledgerUsage(db, turn.id) ?? info.usage),
      fallback: replaced?.to ? { from: replaced.from, reason: replaced.reason } : info.fallback,
      firstWordMs: before?.firstWordMs ?? info.firstWordMs,
      ms: (before?.ms ?? 0) + at - turn.createdAt,
    };
    if (!finishMessage(db, turn.messageId, { state: messageStateOf(state), text, error: record, info: told, thinking })) return;
    replaceCitations(db, turn.messageId, cited);
    finishTurn(db, turn.id, {
      state,
      error: record,
      params: { replaced, condensed: condensed && { summarised: condensed.summarised, leftOut: condensed.leftOut } },
      at,
    });
    touchConversation(db, floor.id, at);
  })();
  const message = findMessage(db, turn.messageId);
  return message && { seat: turn.seat, round: turn.round, message, replaced, condensed };
};

const stateOf = (error: EmergenceError | null, signal: AbortSignal): Exclude<TurnState, 'running'> => {
  if (!error) return 'done';
  if (!signal.aborted) return 'failed';
  return signal.reason === 'shutdown' ? 'interrupted' : 'stopped';
};

const messageStateOf = (state: Exclude<TurnState, 'running'>): Exclude<Message['state'], 'streaming'> =>
  state === 'done' ? 'complete' : state;
