import type { TurnSources } from '@main/store/turns';
import { createAnswerWriter } from '@main/turns/answerWriter';
import { checkSources } from '@main/turns/checkSources';
import { citeSources } from '@main/turns/citeSources';
import { turnError } from '@main/turns/turnError';
import { type DebateTurn, type EmergenceError, type ErrorCode, errorCodes, type Source } from '@shared/model';
import { seatOf } from './debateState';
import { endTurn } from './endTurn';
import { research } from './research';
import type { Contribution, DebateDeps, RunningDebate } from './runningDebate';
import { type Spoken, unspoken, writeSpeech } from './writeSpeech';

/** The reason why the planned model did not speak, where its replacements failed too. */
const reasonOf = ({ code, details }: EmergenceError): ErrorCode => errorCodes.find((known) => known === details.firstCode) ?? code;

/**
 * Writes one contribution: search the documents, write, cite, save. A model that fails before its first word is replaced by another
 * configured one, else the speaker is skipped: its error is stored with the turn and shown to the reader, never given to another
 * agent. `cited` are the sources for the synthesis. Throws where the contribution could not be saved.
 */
export const speak = async (
  deps: DebateDeps,
  running: RunningDebate,
  turn: Contribution,
  heard: readonly DebateTurn[],
  cited: Source[],
): Promise<DebateTurn> => {
  const { signal } = running;
  running.emit({ type: 'turn_started', seat: turn.seat, round: turn.round, messageId: turn.messageId });
  const writer = createAnswerWriter(deps, turn, running.emit);
  running.live.set(turn.messageId, writer);
  let found: TurnSources | null = null;
  let spoken: Spoken = unspoken(seatOf(running.config, turn.seat).agentId);
  let error: EmergenceError | null;
  try {
    found = await research(deps, running, turn, cited);
    spoken = await writeSpeech(deps, running, turn, { heard, found, writer });
    error = spoken.error;
  } catch (thrown) {
    error = turnError(deps, turn, thrown, signal);
  }
  writer.end();

  const { answered, planned } = spoken;
  const missing = (failure: EmergenceError): DebateTurn['replaced'] =>
    writer.unchanged ? { from: planned, to: null, reason: reasonOf(failure) } : { from: answered.model, to: null, reason: failure.code };
  const replaced = error ? (signal.aborted ? null : missing(error)) : spoken.replaced;
  // For a speaker that wrote nothing it does not matter what was condensed.
  const condensed = writer.unchanged ? null : spoken.condensed;
  const places = await citeSources(deps, turn, { writer, found: found?.sources ?? [], question: running.config.topic, signal });
  const checked = await checkSources(deps, turn, {
    writer,
    found: found?.sources ?? [],
    cited: places,
    question: running.config.topic,
    said: heard.map(({ message }) => message.text),
    signal,
  });
  return endTurn(deps, running, turn, { writer, error, replaced, condensed, found, cited: places, checked, answered });
};
