import { type AnswerWriter, createAnswerWriter } from '@main/chat/answerWriter';
import { mergePassages } from '@main/knowledge/context';
import { narrowCitations } from '@main/knowledge/narrowCitations';
import type { Retriever } from '@main/knowledge/retriever';
import type { Prompts } from '@main/prompts/prompts';
import { type Candidate, candidateLabel, lengthLimit, type ModelGateway } from '@main/providers/gateway';
import type { ChangeBus } from '@main/store/changes';
import { replaceCitations } from '@main/store/citations';
import { setActiveLeaf, touchConversation } from '@main/store/conversations';
import type { WritableDb } from '@main/store/database';
import { findMessage, finishMessage, insertMessage, reopenMessage, savePartialText } from '@main/store/messages';
import { finishTurn, insertTurn, ledgerUsage, saveTurnSources, sourcesOfMessage, type TurnState } from '@main/store/turns';
import type { Telemetry } from '@main/telemetry/telemetry';
import {
  type Agent,
  type AnswerInfo,
  type DebateConfig,
  type DebateEvent,
  type DebateTurn,
  EmergenceError,
  newId,
  type Source,
  toEmergenceError,
} from '@shared/model';
import { buildDebatePrompt } from './debatePrompt';
import { mediatorSeat, seatOf } from './debateState';

export interface DebateDeps {
  db: WritableDb;
  gateway: ModelGateway;
  retriever: Retriever;
  prompts: Prompts;
  agentOf: (agentId: string) => Pick<Agent, 'temperature' | 'maxOutputTokens'>;
  changes: ChangeBus;
  telemetry: Telemetry;
  now: () => number;
}

/** A debate while it runs. */
export interface Floor {
  id: string;
  config: DebateConfig;
  language: 'en' | 'fr';
  signal: AbortSignal;
  emit: (event: DebateEvent) => void;
  /** Text shown of the messages that are being written. */
  liveText: Map<string, string>;
  /** Numbers passages over the whole debate, so that a number means one source in the transcript and the synthesis too. */
  markerOf: (passage: { versionId: string; start: number; end: number }) => number;
}

/** A contribution whose message is saved, empty or with what was said before the debate was stopped. */
export interface OpenTurn {
  turnId: string;
  messageId: string;
  seat: number;
  round: number;
  partial: string;
  createdAt: number;
}

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
 * `cited` are the sources that the synthesis may be given.
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

  const at = deps.now();
  const state = stateOf(error, floor.signal);
  const record = state === 'failed' && error ? error.toRecord() : null;
  db.transaction(() => {
    const usage = ledgerUsage(db, turn.turnId) ?? info.usage;
    const fallback = replaced?.to ? { from: replaced.from, reason: replaced.reason } : info.fallback;
    finishMessage(db, turn.messageId, {
      state: state === 'done' ? 'complete' : state,
      text: writer.text,
      error: record,
      info: { ...info, usage, fallback, ms: at - turn.createdAt },
    });
    replaceCitations(db, turn.messageId, narrowCitations(writer.text, sources ?? []));
    finishTurn(db, turn.turnId, { state, error: record, params: { replaced }, at });
    touchConversation(db, floor.id, at);
  })();
  floor.liveText.delete(turn.messageId);
  if (record) deps.telemetry.increment('query_errors_total', { code: record.code });
  deps.changes.publish('message', turn.messageId);

  const message = findMessage(db, turn.messageId);
  if (!message) throw new EmergenceError('not_found');
  const ended: DebateTurn = { seat: turn.seat, round: turn.round, message, replaced };
  floor.emit({ type: 'turn_ended', turn: ended });
  return ended;
};

const stateOf = (error: EmergenceError | null, signal: AbortSignal): Exclude<TurnState, 'running'> => {
  if (!error) return 'done';
  if (!signal.aborted) return 'failed';
  return signal.reason === 'shutdown' ? 'interrupted' : 'stopped';
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
