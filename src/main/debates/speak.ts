import { narrowMs, stoppedNarrowMs } from '@main/chat/runTurn';
import { narrowCitations } from '@main/knowledge/narrowCitations';
import { savePartial } from '@main/store/messages';
import { createAnswerWriter } from '@main/turns/answerWriter';
import { createThinkingLog } from '@main/turns/thinkingLog';
import { type AnswerInfo, type DebateTurn, EmergenceError, type ErrorCode, errorCodes, type Source, toEmergenceError } from '@shared/model';
import { seatOf } from './debateState';
import { endTurn } from './endTurn';
import type { Contribution, DebateDeps, Floor } from './floor';
import { research } from './research';
import { type Speech, writeSpeech } from './writeSpeech';

/** Why the planned model did not speak, where those that were to speak for it failed too. */
const reasonOf = ({ code, details }: EmergenceError): ErrorCode => errorCodes.find((known) => known === details.firstCode) ?? code;

/**
 * One contribution: look into the documents, write, save. A model that fails before its first word is replaced by another
 * configured one, else the speaker is skipped: its error is stored with the turn and told to the reader, never to another agent.
 * `cited` are the sources that the synthesis may be given. Throws where what was said could not be saved.
 */
export const speak = async (
  deps: DebateDeps,
  floor: Floor,
  turn: Contribution,
  heard: readonly DebateTurn[],
  cited: Source[],
): Promise<DebateTurn> => {
  const { db } = deps;
  floor.emit({ type: 'turn_started', seat: turn.seat, round: turn.round, messageId: turn.messageId });
  const info: AnswerInfo = {
    provider: '',
    model: '',
    usage: null,
    firstWordMs: null,
    ms: null,
    fallback: null,
    support: null,
    passages: 0,
  };
  const thinking = createThinkingLog({ messageId: turn.messageId, before: turn.thinking });
  const writer = createAnswerWriter({
    messageId: turn.messageId,
    partial: turn.partial,
    save: (text) => savePartial(db, turn.messageId, text, thinking.kept),
    log: deps.telemetry.log,
  });
  floor.liveText.set(turn.messageId, writer);
  const { agentId } = seatOf(floor.config, turn.seat);
  const speech: Speech = { heard, sources: null, info, writer, thinking, planned: agentId, condensed: null, unsummarised: false };
  let replaced: DebateTurn['replaced'] = null;
  let error: EmergenceError | null = null;
  try {
    const found = await research(deps, floor, turn, cited);
    speech.sources = found?.sources ?? null;
    info.support = found?.support ?? null;
    info.passages = found?.sources.length ?? 0;
    replaced = await writeSpeech(deps, floor, turn, speech);
  } catch (thrown) {
    error = floor.signal.aborted ? new EmergenceError('cancelled') : toEmergenceError(thrown, turn.id);
    if (error.code === 'internal') deps.telemetry.log.error({ err: thrown, turnId: turn.id }, 'unexpected error in a debate');
    const said = writer.text !== turn.partial;
    if (!floor.signal.aborted)
      replaced = { from: said ? info.model : speech.planned, to: null, reason: said ? error.code : reasonOf(error) };
  }
  for (const delta of writer.end()) floor.emit(delta);

  // Who said nothing has heard nothing that mattered.
  const condensed = writer.text === turn.partial ? null : speech.condensed;
  const sources = (turn.partial === '' ? writer.given : null) ?? speech.sources ?? [];
  const limitMs = floor.signal.aborted ? stoppedNarrowMs : narrowMs;
  const places = await narrowCitations(writer.text, sources, {
    nearness: (words, texts) => deps.retriever.nearness(words, texts, limitMs),
    question: floor.config.topic,
    hurry: () => floor.signal.aborted,
  });
  return endTurn(deps, floor, turn, { text: writer.text, error, replaced, condensed, cited: places, info, thinking: thinking.kept });
};
