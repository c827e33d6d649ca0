import { citedPlaces } from '@main/knowledge/citations';
import { type MemoryLine, memoryLines } from '@main/memory/recall/recallText';
import { timelineLinks } from '@main/memory/timeline/timelineText';
import type { Candidate } from '@main/providers/gateway';
import { textMessage } from '@main/providers/promptMessage';
import { isSmallModel } from '@main/providers/smallModels';
import { recordMemoryUses } from '@main/store/memoryUses';
import { type AnswerWriter, createAnswerWriter } from '@main/turns/answerWriter';
import { checkSources, unchecked } from '@main/turns/checkSources';
import { citeSources } from '@main/turns/citeSources';
import { type EndState, finishAnswer } from '@main/turns/finishAnswer';
import { streamModel } from '@main/turns/streamModel';
import { turnError } from '@main/turns/turnError';
import { type Asked, type EmergenceError, isMatched, type Message, type RecalledItem, type TurnEvent } from '@shared/model';
import { buildAnswerPrompt } from './answerPrompt';
import { askIntent } from './askIntent';
import type { Answered, ChatTurn, ChatTurnDeps } from './chatTurn';
import { type Prepared, prepareTurn, unprepared } from './prepareTurn';
import { answerByProgram, type ProgramAnswer } from './programAnswers';
import { quotePassages } from './quotePassages';
import { askedOf, understand } from './understand';
import { readWhole, wantedWhole } from './whole/answerWhole';

const unanswered: Answered = {
  provider: '',
  model: '',
  usage: null,
  firstWordMs: null,
  fallback: null,
  quoted: null,
  memories: [],
  error: null,
};

/**
 * Runs one turn, from the stored question to the saved answer: look up what it may rest on, write with a model or quote, cite, save. Emits every
 * event of the turn and ends with exactly one of done, stopped, failed. Shown text is never taken back. Returns the saved answer;
 * rejects with `UnsavedAnswer` where it could not be saved.
 */
export const runTurn = async (
  deps: ChatTurnDeps,
  turn: ChatTurn,
  emit: (event: TurnEvent) => void,
  signal: AbortSignal,
): Promise<Message> => {
  const { id: turnId, conversationId, messageId, question } = turn;
  emit({ type: 'started', turnId, conversationId, messageId, speaker: turn.agentId, at: turn.createdAt });

  const writer = createAnswerWriter(deps, turn, emit);
  let prepared = unprepared;
  let answered = unanswered;
  let asked: Asked | undefined;
  /** True where the person is asked before anything is read. */
  let waits = false;
  /** The program's own words on its reading. */
  let said: readonly string[] = [];
  let error: EmergenceError | null;
  try {
    const candidates = deps.gateway.candidatesFor({ model: turn.settings.model, agentId: turn.agentId });
    const understood = await askIntent(deps, turn, understand(deps, turn), { candidates, signal });
    const byModel = candidates.length > 0;
    const whole = await wantedWhole(deps, turn, understood, { candidates, signal });
    const written = whole ? null : await answerByProgram(deps, turn, understood, { emit, signal });
    asked = whole?.asked;
    if (whole) {
      waits = whole.reading === null;
      const read =
        whole.reading &&
        (await readWhole(deps, turn, { asked: whole.asked, reading: whole.reading }, { candidates, writer, emit, signal }));
      if (read) {
        prepared = { ...unprepared, found: read.found };
        answered = { ...unanswered, ...read.answered, fallback: read.answered.handOver };
        asked = read.asked;
        said = [read.said];
      }
    } else if (written) {
      prepared = { ...unprepared, found: written.found };
      answered = writeAnswer(deps, turn, { written, writer, emit });
    } else {
      prepared = await prepareTurn(deps, turn, { understood, byModel, emit, signal });
      answered = byModel
        ? await answerWithModel(deps, turn, { candidates, prepared, writer, emit, signal })
        : quotePassages(deps, turn, { prepared, writer, emit });
    }
    asked ??= written?.asked ?? askedOf(understood, prepared.found);
    signal.throwIfAborted();
    error = answered.error;
  } catch (thrown) {
    error = turnError(deps, turn, thrown, signal);
  }
  writer.end();

  const { found } = prepared;
  const cited = answered.quoted
    ? citedPlaces(writer.text, answered.quoted)
    : await citeSources(deps, turn, { writer, found: found?.sources ?? [], question: question.text, signal });
  const checked = answered.quoted
    ? unchecked
    : await checkSources(deps, turn, {
        writer,
        found: found?.sources ?? [],
        cited,
        question: question.text,
        said: [
          ...said,
          ...prepared.history.map(({ text }) => text),
          ...answered.memories.map(({ text }) => text),
          prepared.summary?.text ?? '',
        ],
        signal,
      });
  const given = answered.memories.filter(({ item, message }) => item ?? message);
  const message = finishAnswer(deps, turn, {
    writer,
    signal,
    error,
    waits,
    found,
    cited,
    checked,
    answered,
    memories: { count: given.length, messageIds: given.flatMap(({ message }) => message?.messageId ?? []) },
    within: (at) => recordMemoryUses(deps.db, turn.messageId, itemsOf(given), at),
    ...(asked && { asked }),
    given: answered.quoted ? 0 : (writer.given?.length ?? 0),
    onSaved: (saved, state) => recordEnd(deps, turn, saved, state),
  });
  if (message.info?.usage) emit({ type: 'usage', usage: message.info.usage });
  if (message.error) emit({ type: 'failed', message, error: message.error });
  else emit({ type: message.state === 'complete' ? 'done' : 'stopped', message });
  return message;
};

/** Writes an answer of the program; its sources are its quotations. */
const writeAnswer = (
  deps: ChatTurnDeps,
  turn: ChatTurn,
  { written, writer, emit }: { written: ProgramAnswer; writer: AnswerWriter; emit: (event: TurnEvent) => void },
): Answered => {
  const model = { provider: 'passages', model: 'passages' };
  writer.allow(written.found.sources);
  emit({ type: 'status', step: 'writing', ...model });
  writer.write(written.text);
  return { ...unanswered, ...model, firstWordMs: deps.now() - turn.createdAt, quoted: written.found.sources };
};

const answerWithModel = async (
  deps: ChatTurnDeps,
  turn: ChatTurn,
  call: {
    candidates: Candidate[];
    prepared: Prepared;
    writer: AnswerWriter;
    emit: (event: TurnEvent) => void;
    signal: AbortSignal;
  },
): Promise<Answered> => {
  const { candidates, prepared, writer, emit, signal } = call;
  const outputTokens = deps.agents.get(turn.agentId).maxOutputTokens;
  const persona = deps.agents.persona(turn.agentId, turn.language);
  const { recalled } = prepared;
  const history = prepared.history.map(({ role, text }) => textMessage(role, text));
  // Words such as "nothing found" are for a question that asks for the past; the timeline of one says it too.
  const isSaid = recalled !== null && (recalled.items.length + recalled.messages.length > 0 || prepared.time !== null);
  const memories = isSaid ? memoryLines(recalled, { language: turn.language, zone: deps.memory.zone(), now: deps.now() }) : [];
  const answer = await streamModel(deps, turn, {
    purpose: 'answer',
    candidates,
    build: ({ model, contextTokens }) =>
      buildAnswerPrompt(deps.prompts, {
        language: turn.language,
        persona,
        question: turn.question.text,
        history,
        sources: prepared.found?.sources ?? null,
        time: prepared.time,
        memories,
        summary: prepared.summary?.text ?? null,
        partial: turn.partial,
        contextTokens,
        isSmall: isSmallModel({ model, contextTokens }),
        outputTokens,
      }),
    writer,
    emit,
    signal,
  });
  const { provider, model, usage, firstWordMs, error } = answer;
  const links = prepared.time && timelineLinks(prepared.time, turn.language);
  if (links && !error) writer.write(`\n\n${links}`);
  const handOver = answer.handOvers.at(-1);
  const fallback = handOver ? { from: handOver.from, reason: handOver.reason } : (candidates[0]?.insteadOf ?? null);
  return { provider, model, usage, firstWordMs, fallback, quoted: null, memories: answer.prompt?.memories ?? [], error };
};

/** The items among lines of memory. */
const itemsOf = (lines: readonly MemoryLine[]): RecalledItem[] => lines.flatMap(({ item }) => (item ? [item] : []));

/** Counts a turn whose end is saved, and notifies the lists of conversations. */
const recordEnd = ({ changes, telemetry, now }: ChatTurnDeps, turn: ChatTurn, { info, citations }: Message, state: EndState): void => {
  changes.publish('conversation', turn.conversationId);
  telemetry.increment('chat_turns_total', { outcome: state });
  telemetry.observe('chat_turn_duration_seconds', {}, (now() - turn.createdAt) / 1_000);
  if (info?.support && state === 'done')
    telemetry.increment('chat_answers_total', {
      support: info.support,
      cited: citations.some((citation) => !isMatched(citation)) ? 'yes' : 'no',
    });
};
