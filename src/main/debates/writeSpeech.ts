import { type Candidate, candidateLabel, lengthLimit, withEarlier } from '@main/providers/gateway';
import type { AnswerWriter } from '@main/turns/answerWriter';
import type { ThinkingLog } from '@main/turns/thinkingLog';
import { type AnswerInfo, type DebateTurn, EmergenceError, type Source, toEmergenceError } from '@shared/model';
import { type DebatePromptFrame, frameDebatePrompt } from './debatePrompt';
import { seatOf } from './debateState';
import { isStorageError } from './endTurn';
import type { Contribution, DebateDeps, Floor } from './floor';
import { latestSummary, type Summary, summaryFor } from './summary';

export interface Speech {
  heard: readonly DebateTurn[];
  sources: Source[] | null;
  info: AnswerInfo;
  writer: AnswerWriter;
  thinking: ThinkingLog;
  /** The model that was to speak. */
  planned: string;
  /** How what was heard reached the model that speaks. */
  condensed: DebateTurn['condensed'];
  /** Whether a summary was tried in vain: it is not for each model anew. */
  unsummarised: boolean;
}

/** Asks the seat's model, then, while nothing is said, the models of the other seats. Says who took over, or throws the last error, with the first. */
export const writeSpeech = async (deps: DebateDeps, floor: Floor, turn: Contribution, speech: Speech): Promise<DebateTurn['replaced']> => {
  const seat = seatOf(floor.config, turn.seat);
  const planned = deps.gateway.candidatesFor({ model: seat.model, agentId: seat.agentId });
  const [first, ...others] = planned;
  if (!first) throw new EmergenceError('provider.none');
  speech.planned = first.model;
  speech.info.fallback = first.insteadOf ?? null;
  const missing = missingOf(first);
  const failed: { candidate: Candidate; error: EmergenceError }[] = [];
  try {
    return (await write(deps, floor, turn, speech, [first, ...others])) ?? missing;
  } catch (error) {
    const failure = toEmergenceError(error);
    if (isStorageError(failure)) throw error;
    failed.push({ candidate: first, error: failure });
  }
  for (const other of replacements(deps, floor, planned)) {
    if (floor.signal.aborted || speech.writer.text !== turn.partial) break;
    try {
      await write(deps, floor, turn, speech, [other]);
      return { from: candidateLabel(first, other), to: candidateLabel(other, first), reason: failed[0]?.error.code ?? 'internal' };
    } catch (error) {
      const failure = toEmergenceError(error);
      deps.telemetry.log.warn({ code: failure.code, model: other.model }, 'a replacement in a debate failed too');
      failed.push({ candidate: other, error: failure });
    }
  }
  const last = failed.pop() as { candidate: Candidate; error: EmergenceError };
  throw withEarlier(last.error, failed);
};

/** The model chosen for the seat is gone, and this one was given for it. */
const missingOf = (given: Candidate): DebateTurn['replaced'] => {
  if (!given.insteadOf) return null;
  const { from, reason } = given.insteadOf;
  return { from, to: candidateLabel(given, { ...given, model: from }), reason };
};

/** Models of the other seats that the gateway would not have tried for this one; behind a local one, those that stay here too. */
const replacements = (deps: DebateDeps, floor: Floor, planned: Candidate[]): Candidate[] => {
  const key = ({ ref }: Candidate): string => `${ref.accountId} ${ref.model}`;
  const known = new Set(planned.map(key));
  const mayLeave = planned[0]?.local !== true || deps.settings().localFallback === true;
  return [...floor.config.debaters, floor.config.mediator]
    .flatMap((seat) => deps.gateway.candidatesFor({ model: seat.model, agentId: seat.agentId }))
    .filter((candidate) => (candidate.local || mayLeave) && !known.has(key(candidate)) && known.add(key(candidate)));
};

/** The summary for the model that is asked first; one that takes over has it too, and leaves out what does not fit its own window. */
const recall = async (deps: DebateDeps, floor: Floor, turn: Contribution, speech: Speech, room: number): Promise<Summary | null> => {
  if (speech.unsummarised) return latestSummary(deps.db, floor.id);
  const { summary, failed } = await summaryFor(deps, floor, turn, { heard: speech.heard, room });
  speech.unsummarised = failed;
  return summary;
};

const write = async (
  deps: DebateDeps,
  floor: Floor,
  turn: Contribution,
  speech: Speech,
  candidates: [Candidate, ...Candidate[]],
): Promise<DebateTurn['replaced']> => {
  const { agentId } = seatOf(floor.config, turn.seat);
  const agent = deps.agents.get(agentId);
  const persona = deps.agents.persona(agentId, floor.language);
  const { heard, sources, info, writer, thinking } = speech;
  const frameFor = ({ contextTokens }: Candidate): DebatePromptFrame =>
    frameDebatePrompt(deps.prompts, {
      language: floor.language,
      persona,
      nameOf: deps.agents.nameOf,
      config: floor.config,
      seat: turn.seat,
      round: turn.round,
      heard,
      sources,
      partial: turn.partial,
      contextTokens,
    });
  const [first] = candidates;
  const frame = frameFor(first);
  const summary = await recall(deps, floor, turn, speech, frame.room);
  const build = (candidate: Candidate) => {
    const prompt = (candidate === first ? frame : frameFor(candidate)).fill(summary);
    writer.allow(prompt.given);
    speech.condensed = prompt.condensed;
    return prompt;
  };
  let replaced = null as DebateTurn['replaced'];
  const keepThinking = (): void => {
    if (thinking.kept) floor.liveThinking.set(turn.messageId, thinking.kept);
    else floor.liveThinking.delete(turn.messageId);
  };
  const stream = deps.gateway.stream({
    purpose: 'debate',
    turnId: turn.id,
    conversationId: floor.id,
    agentId,
    candidates,
    build,
    temperature: agent.temperature,
    maxOutputTokens: agent.maxOutputTokens,
    signal: floor.signal,
  });
  for await (const event of stream) {
    switch (event.type) {
      case 'attempt':
        info.provider = event.candidate.provider;
        info.model = event.candidate.model;
        for (const piece of thinking.restart()) floor.emit(piece);
        keepThinking();
        break;
      case 'thinking':
        for (const piece of thinking.add(event.text, event.ms)) floor.emit(piece);
        keepThinking();
        writer.grown();
        break;
      case 'rethink':
        thinking.add(writer.takeBack(), event.ms);
        info.firstWordMs = null;
        keepThinking();
        if (thinking.kept) floor.emit({ type: 'rethink', messageId: turn.messageId, length: writer.length, thinking: thinking.kept });
        break;
      case 'retry':
        break;
      case 'fallback':
        replaced = {
          from: replaced?.from ?? candidateLabel(event.from, event.to),
          to: candidateLabel(event.to, event.from),
          reason: event.error.code,
        };
        break;
      case 'delta':
        info.firstWordMs ??= deps.now() - turn.createdAt;
        for (const delta of writer.write(event.text)) floor.emit(delta);
        break;
      case 'finish':
        info.usage = event.usage;
        if (event.truncated) throw lengthLimit();
        break;
    }
  }
  // Nothing is no contribution: another may have something to say.
  if (writer.text.trim() === '') throw new EmergenceError('provider.no_answer', { reason: 'empty' });
  return replaced;
};
