import { type AnswerWriter, createAnswerWriter } from '@main/chat/answerWriter';
import { mergePassages } from '@main/knowledge/context';
import { type Candidate, candidateLabel, lengthLimit } from '@main/providers/gateway';
import { setActiveLeaf } from '@main/store/conversations';
import { insertMessage, reopenMessage, savePartialText } from '@main/store/messages';
import { insertTurn, saveTurnSources, sourcesOfMessage } from '@main/store/turns';
import { type AnswerInfo, type DebateTurn, EmergenceError, newId, type Source, toEmergenceError } from '@shared/model';
import { buildDebatePrompt } from './debatePrompt';
import { mediatorSeat, seatOf } from './debateState';
import { endTurn, isStorageError } from './endTurn';
import type { DebateDeps, Floor, OpenTurn } from './floor';

const passagesPerTurn = 6;

/** Saves the empty contribution below the active leaf, or opens the one that was stopped; inside the caller's transaction. */
export const openTurn = (
  deps: DebateDeps,
  floor: Floor,
  place: { seat: number; round: number; parentId: string; stopped: DebateTurn | null },
): OpenTurn => {
  const { db } = deps;
  const { seat, round, stopped } = place;
  const { agentId, part } = seatOf(floor.config, seat);
  const at = deps.now();
  const turnId = newId();
  const messageId = stopped?.message.id ?? newId();
  if (stopped) reopenMessage(db, messageId, turnId);
  else {
    insertMessage(db, {
      id: messageId,
      conversationId: floor.id,
      parentId: place.parentId,
      turnId,
      role: 'assistant',
      speaker: agentId,
      part,
      round,
      state: 'streaming',
      text: '',
      at,
    });
    setActiveLeaf(db, floor.id, messageId);
    deps.telemetry.increment('chat_messages_total', {});
  }
  insertTurn(db, {
    id: turnId,
    conversationId: floor.id,
    questionId: null,
    messageId,
    kind: 'debate',
    agentId,
    seat,
    round,
    createdAt: at,
  });
  return { turnId, messageId, seat, round, partial: stopped?.message.text ?? '', createdAt: at };
};

/**
 * One contribution: look into the documents, write, save. A model that fails before its first word is replaced by another
 * configured one, else the speaker is skipped: its error is stored with the turn and told to the reader, never to another agent.
 * `cited` are the sources that the synthesis may be given. Throws where what was said could not be saved.
 */
export const speak = async (
  deps: DebateDeps,
  floor: Floor,
  turn: OpenTurn,
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
  const writer = createAnswerWriter({
    messageId: turn.messageId,
    partial: turn.partial,
    save: (text) => savePartialText(db, turn.messageId, text),
    log: deps.telemetry.log,
  });
  floor.liveText.set(turn.messageId, writer.text);
  let replaced: DebateTurn['replaced'] = null;
  let error: EmergenceError | null = null;
  let sources: Source[] | null = null;
  try {
    sources = turn.seat === mediatorSeat ? (floor.config.documents ? cited : null) : await research(deps, floor, turn, info);
    replaced = await writeWithReplacement(deps, floor, turn, { heard, sources, info, writer });
    floor.signal.throwIfAborted();
  } catch (thrown) {
    error = floor.signal.aborted ? new EmergenceError('cancelled') : toEmergenceError(thrown, turn.turnId);
    if (error.code === 'internal') deps.telemetry.log.error({ err: thrown, turnId: turn.turnId }, 'unexpected error in a debate');
    if (!floor.signal.aborted) replaced = { from: info.model || seatOf(floor.config, turn.seat).agentId, to: null, reason: error.code };
  }
  for (const delta of writer.end(error !== null)) floor.emit(delta);

  return endTurn(deps, floor, turn, { text: writer.text, error, replaced, sources, info });
};

/** Passages for this speaker's claim: its side and the topic, nothing of what was said. */
const research = async (deps: DebateDeps, floor: Floor, turn: OpenTurn, info: AnswerInfo): Promise<Source[] | null> => {
  const { documents, collectionIds, topic } = floor.config;
  if (!documents) return null;
  // None to read: the speaker is told that nothing was found, not that documents are off.
  if (deps.retriever.documentCount(collectionIds) === 0) return [];
  const kept = turn.partial === '' ? null : sourcesOfMessage(deps.db, turn.messageId);
  if (kept) return kept.sources;
  const { side } = seatOf(floor.config, turn.seat);
  const result = await deps.retriever.search({
    query: `${topic} ${side}`.trim(),
    collectionIds,
    documentIds: [],
    mode: 'hybrid',
    limit: passagesPerTurn,
    signal: floor.signal,
  });
  const passages = result.support === 'none' ? [] : mergePassages(result.passages);
  const sources = passages.map(({ matches: _, ...passage }): Source => ({ ...passage, marker: floor.markerOf(passage) }));
  saveTurnSources(deps.db, turn.turnId, { sources, support: result.support });
  info.support = result.support;
  info.passages = sources.length;
  floor.emit({ type: 'retrieved', messageId: turn.messageId, sources });
  return sources;
};

interface Speech {
  heard: readonly DebateTurn[];
  sources: Source[] | null;
  info: AnswerInfo;
  writer: AnswerWriter;
}

/** Asks the seat's model, then, while nothing is said, the models of the other seats. Says who took over, or throws the first error. */
const writeWithReplacement = async (deps: DebateDeps, floor: Floor, turn: OpenTurn, speech: Speech): Promise<DebateTurn['replaced']> => {
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
