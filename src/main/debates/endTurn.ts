import type { Cited } from '@main/store/citations';
import type { TurnSources } from '@main/store/turns';
import type { AnswerWriter } from '@main/turns/answerWriter';
import { type AnswerEnd, finishAnswer, UnsavedAnswer } from '@main/turns/finishAnswer';
import type { DebateTurn, EmergenceError, Message } from '@shared/model';
import { costsOf } from './debateState';
import type { Contribution, DebateDeps, Floor } from './floor';

/** The end of a contribution. */
export interface ContributionEnd extends Pick<DebateTurn, 'replaced' | 'condensed'> {
  writer: AnswerWriter;
  /** `cancelled` when the debate was stopped; null when the contribution is complete. */
  error: EmergenceError | null;
  found: TurnSources | null;
  cited: readonly Cited[];
  answered: AnswerEnd['answered'];
}

/** True when the disk failed, not a model: another model would not help, and nothing more can be saved. */
export const isStorageError = ({ code }: EmergenceError): boolean => code.startsWith('storage.');

/**
 * Saves a contribution, notifies the readers, and returns the saved one. Where it cannot be written it is kept, shown whole to the
 * reader with the reason, and saved as soon as there is room; the reason is thrown, since a debate must not continue without one of
 * its contributions.
 */
export const endTurn = (deps: DebateDeps, floor: Floor, turn: Contribution, end: ContributionEnd): DebateTurn => {
  const { replaced, condensed, ...answer } = end;
  const { seat, round, messageId } = turn;
  const contribution = (message: Message): DebateTurn => ({ seat, round, message, replaced, condensed });
  const tell = (ended: DebateTurn): void =>
    floor.emit({ type: 'turn_ended', turn: ended, costs: costsOf(deps.db, floor.id, floor.config) });
  let ended: DebateTurn;
  try {
    const message = finishAnswer(deps, turn, {
      ...answer,
      signal: floor.signal,
      params: { replaced, condensed: condensed && { summarised: condensed.summarised, leftOut: condensed.leftOut } },
      // The synthesis cites these sources.
      keepSources: true,
      onSaved: () => floor.unsaved.delete(messageId),
    });
    ended = contribution(message);
  } catch (thrown) {
    if (!(thrown instanceof UnsavedAnswer)) throw thrown;
    const kept = contribution(thrown.shown);
    floor.unsaved.set(messageId, kept);
    tell(kept);
    throw thrown.reason;
  } finally {
    floor.live.delete(messageId);
  }
  tell(ended);
  if (end.error && isStorageError(end.error)) throw end.error;
  return ended;
};
