import { type CitedSource, citedPlaces } from '@main/knowledge/citations';
import { mergePassages, numberSources } from '@main/knowledge/context';
import { narrowCitations } from '@main/knowledge/narrowCitations';
import { quotedPassages, quoteOf, quotesOf } from '@main/knowledge/quotes';
import { replyTo, smallTalkOf } from '@main/knowledge/smallTalk';
import { type Candidate, candidateLabel, lengthLimit, type PassagesAnswerer, type PromptMessage } from '@main/providers/gateway';
import { branchEndingAt, savePartial } from '@main/store/messages';
import { saveTurnSources, sourcesOfMessage, type TurnSources } from '@main/store/turns';
import { type AnswerWriter, createAnswerWriter } from '@main/turns/answerWriter';
import { UnsavedAnswer } from '@main/turns/lateSaves';
import { createThinkingLog } from '@main/turns/thinkingLog';
import type { OpenTurn, TurnDeps } from '@main/turns/turn';
import type { StopReason } from '@main/turns/turnRegistry';
import {
  type AnswerInfo,
  type ConversationSettings,
  EmergenceError,
  type Message,
  type Passage,
  type Source,
  type Thinking,
  type TurnEvent,
  toEmergenceError,
} from '@shared/model';
import { buildAnswerPrompt } from './answerPrompt';
import { saveAnswer } from './saveAnswer';

export interface ChatTurnDeps extends TurnDeps {
  passages: PassagesAnswerer;
}

/** A turn that answers a question. */
export interface ChatTurn extends OpenTurn {
  question: Message;
  settings: ConversationSettings;
  language: 'en' | 'fr';
}

/** What is known of how an answer came about, filled while it does. */
export type TurnFacts = Pick<AnswerInfo, 'provider' | 'model' | 'usage' | 'firstWordMs' | 'fallback'> & {
  found: TurnSources | null;
  /** Written without a model. */
  quoted: boolean;
  thinking: Thinking | null;
};

/** Passages asked of the search for one question. */
const passagesPerQuestion = 12;
/** How long the end of an answer waits to learn what its words mean; who stopped it waits less. */
export const narrowMs = 2_000;
export const stoppedNarrowMs = 100;
/** Messages of the branch that are looked at; the model's window cuts them further. */
const historyMessages = 100;

/**
 * One user message, from the saved question to the recorded answer: retrieve, build the context, stream, save, record.
 * Yields every event of the turn and ends with exactly one of done, stopped, failed. The text shown is never taken back.
 * Throws `UnsavedAnswer` where the end could not be written.
 */
export async function* runTurn(deps: ChatTurnDeps, turn: ChatTurn, signal: AbortSignal): AsyncGenerator<TurnEvent, void, void> {
  const { id: turnId, conversationId, messageId, settings } = turn;
  yield { type: 'started', turnId, conversationId, messageId, speaker: turn.agentId, at: turn.createdAt };

  const facts: TurnFacts = {
    provider: '',
    model: '',
    usage: null,
    firstWordMs: null,
    fallback: null,
    found: null,
    quoted: false,
    thinking: turn.thinking,
  };
  const writer = createAnswerWriter({
    messageId,
    partial: turn.partial,
    save: (text) => savePartial(deps.db, messageId, text, facts.thinking),
    log: deps.telemetry.log,
  });
  let error: EmergenceError | null = null;
  try {
    const candidates = deps.gateway.candidatesFor({ model: settings.model, agentId: settings.agentId });
    // A model is given whole passages; the reader of an answer without one is shown the sentences themselves.
    const sourcesFrom = (passages: Passage[]): Source[] =>
      candidates.length > 0 ? numberSources(mergePassages(passages)) : quotesOf(turn.question.text, passages, turn.language);
    facts.found = yield* retrieve(deps, turn, sourcesFrom, signal);
    const answer =
      candidates.length > 0 ? writeWithModel(deps, turn, facts, writer, candidates, signal) : quotePassages(deps, turn, facts, writer);
    for await (const event of answer) yield event;
    signal.throwIfAborted();
  } catch (thrown) {
    error = signal.aborted ? new EmergenceError('cancelled') : toEmergenceError(thrown, turnId);
    if (error.code === 'internal') deps.telemetry.log.error({ err: thrown, turnId }, 'unexpected error in a turn');
  }
  for (const delta of writer.end()) yield delta;

  const end = endOf(error, signal);
  const cited = await citedIn(deps, turn, writer, facts, signal);
  const message = savedOrKept(writer.text, () => saveAnswer(deps, turn, { ...end, text: writer.text, cited, facts }));
  if (message.info?.usage) yield { type: 'usage', usage: message.info.usage };
  if (end.error) yield { type: 'failed', message, error: end.error };
  else yield { type: end.state === 'complete' ? 'done' : 'stopped', message };
}

const savedOrKept = (text: string, save: () => Message): Message => {
  try {
    return save();
  } catch (error) {
    throw new UnsavedAnswer(text, save, error);
  }
};

/** Quoted excerpts are exact already; of a model's sources what its sentences rest on is kept. */
const citedIn = async (
  { retriever }: ChatTurnDeps,
  { partial, question }: ChatTurn,
  { text, given }: AnswerWriter,
  { found, quoted }: TurnFacts,
  signal: AbortSignal,
): Promise<CitedSource[]> => {
  // A continued answer may cite sources that were not given again.
  const sources = (partial === '' ? given : null) ?? found?.sources ?? [];
  if (quoted) return citedPlaces(text, sources);
  const limitMs = signal.aborted ? stoppedNarrowMs : narrowMs;
  return narrowCitations(text, sources, {
    nearness: (words, texts) => retriever.nearness(words, texts, limitMs),
    question: question.text,
    hurry: () => signal.aborted,
  });
};

const endOf = (error: EmergenceError | null, signal: AbortSignal) => {
  if (!error) return { state: 'complete', turnState: 'done', error: null } as const;
  if (!signal.aborted) return { state: 'failed', turnState: 'failed', error: error.toRecord() } as const;
  const state = (signal.reason as StopReason) === 'shutdown' ? 'interrupted' : 'stopped';
  return { state, turnState: state, error: null } as const;
};

/** The numbered sources of the question: those of the answer's earlier turn when it is continued, else a fresh search. */
async function* retrieve(
  deps: ChatTurnDeps,
  turn: ChatTurn,
  sourcesFrom: (passages: Passage[]) => Source[],
  signal: AbortSignal,
): AsyncGenerator<TurnEvent, TurnSources | null, void> {
  const kept = turn.partial === '' ? null : sourcesOfMessage(deps.db, turn.messageId);
  // What was forgotten since then has no words left.
  if (kept) return { ...kept, sources: kept.sources.filter(({ text }) => text !== '') };
  const { documents, collectionIds } = turn.settings;
  if (!documents || smallTalkOf(turn.question.text)) return null;
  const searched = deps.retriever.documentCount(collectionIds);
  if (searched === 0) {
    // Documents are on but there are none to read: the answer says so, as it does when nothing is found.
    const nothing: TurnSources = { sources: [], support: 'none' };
    saveTurnSources(deps.db, turn.id, nothing);
    return nothing;
  }
  yield { type: 'status', step: 'searching', documents: searched };
  const startedAt = deps.now();
  // The question as it was asked: the history is never mixed into the search query.
  const query = turn.question.text;
  const result = await deps.retriever.search({ query, collectionIds, documentIds: [], mode: 'hybrid', limit: passagesPerQuestion, signal });
  const sources = result.support === 'none' ? [] : sourcesFrom(result.passages);
  const found: TurnSources = { sources, support: result.support };
  saveTurnSources(deps.db, turn.id, found);
  yield { type: 'retrieved', sources, support: result.support, ms: deps.now() - startedAt };
  return found;
}

async function* writeWithModel(
  deps: ChatTurnDeps,
  turn: ChatTurn,
  facts: TurnFacts,
  writer: AnswerWriter,
  candidates: Candidate[],
  signal: AbortSignal,
): AsyncGenerator<TurnEvent, void, void> {
  const agent = deps.agents.get(turn.agentId);
  const persona = deps.agents.persona(turn.agentId, turn.language);
  const history = historyOf(deps, turn.question);
  const build = (candidate: Candidate) => {
    const sources = facts.found?.sources ?? null;
    const prompt = buildAnswerPrompt(deps.prompts, {
      language: turn.language,
      persona,
      question: turn.question.text,
      history,
      sources,
      partial: turn.partial,
      contextTokens: candidate.contextTokens,
      outputTokens: agent.maxOutputTokens,
    });
    writer.allow(prompt.given);
    return prompt;
  };
  const [first] = candidates as [Candidate];
  facts.fallback = first.insteadOf ?? null;

  const stream = deps.gateway.stream({
    purpose: 'answer',
    turnId: turn.id,
    conversationId: turn.conversationId,
    agentId: turn.agentId,
    candidates,
    build,
    temperature: agent.temperature,
    maxOutputTokens: agent.maxOutputTokens,
    signal,
  });
  const thinking = createThinkingLog({ messageId: turn.messageId, before: turn.thinking });
  for await (const event of stream) {
    switch (event.type) {
      case 'attempt': {
        yield* thinking.restart();
        facts.thinking = thinking.kept;
        const { provider, model } = event.candidate;
        Object.assign(facts, { provider, model });
        yield { type: 'status', step: 'connecting', provider, model };
        break;
      }
      case 'retry':
        yield { type: 'status', step: 'waiting', provider: facts.provider, model: facts.model, retryInMs: event.waitMs };
        break;
      case 'fallback': {
        const from = candidateLabel(event.from, event.to);
        facts.fallback = { from, reason: event.error.code };
        yield { type: 'fallback', from, to: candidateLabel(event.to, event.from), reason: event.error.code };
        break;
      }
      case 'thinking':
        yield* thinking.add(event.text, event.ms);
        facts.thinking = thinking.kept;
        writer.grown();
        break;
      case 'rethink': {
        thinking.add(writer.takeBack(), event.ms);
        facts.thinking = thinking.kept;
        facts.firstWordMs = null;
        if (thinking.kept) yield { type: 'rethink', messageId: turn.messageId, length: writer.length, thinking: thinking.kept };
        break;
      }
      case 'delta':
        yield* writePiece(deps, turn, facts, writer, event.text);
        break;
      case 'finish':
        facts.usage = event.usage;
        if (event.truncated) throw lengthLimit();
        break;
    }
  }
}

/** Without a model: the best passages' sentences, quoted. An answer that a model began is continued with excerpts of its sources. */
async function* quotePassages(
  deps: ChatTurnDeps,
  turn: ChatTurn,
  facts: TurnFacts,
  writer: AnswerWriter,
): AsyncGenerator<TurnEvent, void, void> {
  if (!turn.settings.documents) throw new EmergenceError('provider.none');
  Object.assign(facts, { provider: 'passages', model: 'passages', quoted: true });
  if (facts.found && turn.partial !== '') {
    const [shown, rest] = [facts.found.sources.slice(0, quotedPassages), facts.found.sources.slice(quotedPassages)];
    facts.found = { ...facts.found, sources: [...shown.map((source) => quoteOf(source, turn.question.text)), ...rest] };
  }
  const excerpts = facts.found?.sources.slice(0, quotedPassages) ?? [];
  writer.allow(excerpts);
  const courtesy = facts.found === null ? smallTalkOf(turn.question.text) : null;
  const whole = courtesy
    ? replyTo(courtesy, turn.language)
    : deps.passages({ excerpts, language: turn.language, support: facts.found?.support ?? 'none' });
  yield* writePiece(deps, turn, facts, writer, whole.startsWith(turn.partial) ? whole.slice(turn.partial.length) : `\n\n${whole}`);
}

function* writePiece(
  deps: ChatTurnDeps,
  turn: ChatTurn,
  facts: TurnFacts,
  writer: AnswerWriter,
  piece: string,
): Generator<TurnEvent, void, void> {
  if (facts.firstWordMs === null) {
    facts.firstWordMs = deps.now() - turn.createdAt;
    yield { type: 'status', step: 'writing', provider: facts.provider, model: facts.model };
  }
  yield* writer.write(piece);
}

/** What was said on this branch before the question, oldest first; answers without a word are left out. */
const historyOf = (deps: ChatTurnDeps, question: Message): PromptMessage[] =>
  question.parentId === null
    ? []
    : branchEndingAt(deps.db, question.parentId, historyMessages)
        .items.filter((message) => message.text !== '')
        .map((message) => ({ role: message.role, content: message.text }));
