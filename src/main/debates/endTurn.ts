import type { Cited } from '@main/store/citations';
import type { TurnSources } from '@main/store/turns';
import type { AnswerWriter } from '@main/turns/answerWriter';
import { type AnswerEnd, finishAnswer, UnsavedAnswer } from '@main/turns/finishAnswer';
import type { DebateTurn, EmergenceError, Message } from '@shared/model';
import { costsOf } from './debateState';
import type { Contribution, DebateDeps, RunningDebate } from './runningDebate';

/** The end of a contribution. */
export interface ContributionEnd extends Pick<DebateTurn, 'replaced' | 'condensed'> {
  writer: AnswerWriter;
  /** `cancelled` when the debate was stopped; null when the contribution is complete. */
  error: EmergenceError | null;
  found: TurnSources | null;
  cited: readonly Cited[];
  checked: AnswerEnd['checked'];
  answered: AnswerEnd['answered'];
}

/** True when the disk failed, not a model: another model would not help, and nothing more can be saved. */
export const isStorageError = ({ code }: EmergenceError): boolean => code.startsWith('storage.');

/**
 * Saves a contribution, notifies the readers, and returns the saved one. Where it cannot be written it is kept, shown whole to the
 * reader with the reason, and saved as soon as there is room; the reason is thrown, since a debate must not continue without one of
 * its contributions.
 */
export const endTurn = (deps: DebateDeps, running: RunningDebate, turn: Contribution, end: ContributionEnd): DebateTurn => {
  const { replaced, condensed, ...answer } = end;
  const { seat, round, messageId } = turn;
  const contribution = (message: Message): DebateTurn => ({ seat, round, message, replaced, condensed });
  const tell = (ended: DebateTurn): void =>
    running.emit({ type: 'turn_ended', turn: ended, costs: costsOf(deps.db, running.id, running.config) });
  let ended: DebateTurn;
  try {
    const message = finishAnswer(deps, turn, {
      ...answer,
      signal: running.signal,
      given: end.writer.given?.length ?? 0,
      params: { replaced, condensed: condensed && { summarised: condensed.summarised, leftOut: condensed.leftOut } },
      // The synthesis cites these sources.
      keepSources: true,
      onSaved: () => running.unsaved.delete(messageId),
    });
    ended = contribution(message);
  } catch (thrown) {
    if (!(thrown instanceof UnsavedAnswer)) throw thrown;
    const kept = contribution(thrown.shown);
    running.unsaved.set(messageId, kept);
    tell(kept);
    throw thrown.reason;
  } finally {
    running.live.delete(messageId);
  }
  tell(ended);
  if (end.error && isStorageError(end.error)) throw end.error;
  return ended;
};
