import type { Cited } from '@main/store/citations';
import type { TurnSources } from '@main/store/turns';
import type { AnswerWriter } from '@main/turns/answerWriter';
import { type AnswerEnd, finishAnswer, UnsavedAnswer } from '@main/turns/finishAnswer';
import type { DebateTurn, EmergenceError, Message } from '@shared/model';
import { costsOf } from './debateState';
import type { Contribution, DebateDeps, Floor } from './floor';

/** How a contribution came to its end. */
export interface ContributionEnd extends Pick<DebateTurn, 'replaced' | 'condensed'> {
  writer: AnswerWriter;
  /** `cancelled` when the debate was stopped; null when all was said. */
  error: EmergenceError | null;
  found: TurnSources | null;
  cited: readonly Cited[];
  answered: AnswerEnd['answered'];
}

/** The disk is at fault, not a model: nobody else could do better, and nothing more can be kept. */
export const isStorageError = ({ code }: EmergenceError): boolean => code.startsWith('storage.');

/**
 * Saves a contribution, tells who listens, and returns what was saved. Where it cannot be written it is kept, shown whole to
 * the reader with the reason, saved as soon as there is room, and the reason is thrown: a debate does not go on without what
 * was said in it.
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
      // The synthesis cites them.
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
