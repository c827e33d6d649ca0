import type { AnswerWriter } from '@main/chat/answerWriter';
import { type Candidate, candidateLabel, lengthLimit } from '@main/providers/gateway';
import { type AnswerInfo, type DebateTurn, EmergenceError, type Source, toEmergenceError } from '@shared/model';
import { buildDebatePrompt } from './debatePrompt';
import { seatOf } from './debateState';
import { isStorageError } from './endTurn';
import type { DebateDeps, Floor, OpenTurn } from './floor';

export interface Speech {
  heard: readonly DebateTurn[];
  sources: Source[] | null;
  info: AnswerInfo;
  writer: AnswerWriter;
}

/** Asks the seat's model, then, while nothing is said, the models of the other seats. Says who took over, or throws the first error. */
export const writeSpeech = async (deps: DebateDeps, floor: Floor, turn: OpenTurn, speech: Speech): Promise<DebateTurn['replaced']> => {
  const seat = seatOf(floor.config, turn.seat);
  const planned = deps.gateway.candidatesFor({ model: seat.model, agentId: seat.agentId });
  const [first] = planned;
  if (!first) throw new EmergenceError('provider.none');
  speech.info.fallback = first.insteadOf ?? null;
  const missing =
    first.insteadOf?.reason === 'model.missing' ? { from: first.insteadOf.from, to: first.model, reason: first.insteadOf.reason } : null;
  let failure: unknown;
  try {
    return (await write(deps, floor, turn, speech, planned)) ?? missing;
  } catch (error) {
    if (isStorageError(toEmergenceError(error))) throw error;
    failure = error;
  }
  for (const other of replacements(deps, floor, planned)) {
    if (floor.signal.aborted || speech.writer.text !== turn.partial) break;
    try {
      await write(deps, floor, turn, speech, [other]);
      return { from: candidateLabel(first, other), to: candidateLabel(other, first), reason: toEmergenceError(failure).code };
    } catch (error) {
      deps.telemetry.log.warn({ code: toEmergenceError(error).code, model: other.model }, 'a replacement in a debate failed too');
    }
  }
  throw failure;
};

/** Models of the other seats that the gateway would not have tried for this one. */
const replacements = (deps: DebateDeps, floor: Floor, planned: Candidate[]): Candidate[] => {
  const key = ({ ref }: Candidate): string => `${ref.accountId} ${ref.model}`;
  const known = new Set(planned.map(key));
  return [...floor.config.debaters, floor.config.mediator]
    .flatMap((seat) => deps.gateway.candidatesFor({ model: seat.model, agentId: seat.agentId }))
    .filter((candidate) => !known.has(key(candidate)) && known.add(key(candidate)));
};

const write = async (
  deps: DebateDeps,
  floor: Floor,
  turn: OpenTurn,
  { heard, sources, info, writer }: Speech,
  candidates: Candidate[],
): Promise<DebateTurn['replaced']> => {
  const { agentId } = seatOf(floor.config, turn.seat);
  const agent = deps.agentOf(agentId);
  const build = (candidate: Candidate) => {
    const prompt = buildDebatePrompt(deps.prompts, {
      language: floor.language,
      config: floor.config,
      seat: turn.seat,
      round: turn.round,
      heard,
      sources,
      partial: turn.partial,
      contextTokens: candidate.contextTokens,
    });
    writer.allow(sources && prompt.given);
    return prompt;
  };
  let replaced = null as DebateTurn['replaced'];
  const stream = deps.gateway.stream({
    purpose: 'debate',
    turnId: turn.turnId,
    conversationId: floor.id,
    agentId,
    candidates,
    build,
    promptVersionId: build(candidates[0] as Candidate).versionId,
    temperature: agent.temperature,
    maxOutputTokens: agent.maxOutputTokens,
    signal: floor.signal,
  });
  for await (const event of stream) {
    switch (event.type) {
      case 'attempt':
        info.provider = event.candidate.provider;
        info.model = event.candidate.model;
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
        floor.liveText.set(turn.messageId, writer.text);
        break;
      case 'finish':
        info.usage = event.usage;
        if (event.truncated) throw lengthLimit();
        break;
    }
  }
  return replaced;
};
