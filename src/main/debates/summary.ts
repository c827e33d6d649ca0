import { withoutUnknownCitations } from '@main/knowledge/citations';
import { foldText, longestWords, shortestWords, tokensPerWord } from '@main/memory/summary/foldText';
import type { Prompts } from '@main/prompts/prompts';
import type { ReadableDb } from '@main/store/database';
import { addTurnParams, type TurnParams, turnsOfConversation } from '@main/store/turns';
import { type DebateTurn, EmergenceError, toEmergenceError } from '@shared/model';
import { isStorageError } from './endTurn';
import type { Contribution, DebateDeps, RunningDebate } from './runningDebate';
import { type Earlier, entriesOf, foldPoint, renderTranscript } from './transcript';

/** The summary that replaces the contributions up to the message `upTo`. */
export type Summary = NonNullable<TurnParams['summary']>;

/** Share of the room for the transcript that its summary may take. */
const summaryShare = 1 / 3;
/** The newest summary of a debate, of any run. */
export const latestSummary = (db: ReadableDb, debateId: string): Summary | null =>
  turnsOfConversation(db, debateId).findLast(({ params }) => params.summary)?.params.summary ?? null;

/** A summary as the first entry of a transcript; null when it does not match the known contributions. */
export const earlierOf = (
  prompts: Prompts,
  language: RunningDebate['language'],
  heard: readonly DebateTurn[],
  summary: Summary | null,
): Earlier | null => {
  const turns = heard.findIndex(({ message }) => message.id === summary?.upTo) + 1;
  return summary && turns > 0 ? { text: prompts.render('debate-earlier', language, { summary: summary.text }).text, turns } : null;
};

/** How many of the oldest contributions will not change any more: complete ones, and all of the rounds that are over. */
const settledOf = (heard: readonly DebateTurn[], round: number): number => {
  const open = heard.findIndex((turn) => turn.message.state !== 'complete' && turn.round === round);
  return open === -1 ? heard.length : open;
};

/**
 * Returns the summary with which the `heard` contributions fit into `room` tokens. An existing one is used. Where contributions
 * would still be left out, the mediator's model folds the oldest of them into it, and the result is stored with the turn for all
 * later speakers. Where that fails the last one is used and `failed` is true: the oldest contributions are then left out, which is
 * no reason to end a debate. Throws when the debate was stopped or the disk is full.
 */
export const summaryFor = async (
  deps: DebateDeps,
  running: RunningDebate,
  turn: Contribution,
  { heard, room }: { heard: readonly DebateTurn[]; room: number },
): Promise<{ summary: Summary | null; failed: boolean }> => {
  const entries = entriesOf(running.config, heard, deps.agents.nameOf);
  const words = Math.min(longestWords, Math.floor((room * summaryShare) / tokensPerWord));
  let summary = latestSummary(deps.db, running.id);
  for (;;) {
    const earlier = earlierOf(deps.prompts, running.language, heard, summary);
    if (renderTranscript({ entries, tokens: room, earlier }).leftOut === 0) return { summary, failed: false };
    const covered = earlier?.turns ?? 0;
    const point = foldPoint({ entries, covered, settled: settledOf(heard, turn.round), tokens: room });
    if (point === covered || words < shortestWords) return { summary, failed: false };
    try {
      summary = await fold(deps, running, turn, { earlier, words, entries: entries.slice(covered, point), heard });
    } catch (error) {
      running.signal.throwIfAborted();
      const known = toEmergenceError(error);
      if (isStorageError(known)) throw known;
      const { code } = known;
      deps.telemetry.log.warn({ code, debate: running.id }, 'what was said could not be summed up: the oldest contributions are left out');
      return { summary, failed: true };
    }
    addTurnParams(deps.db, turn.id, { summary });
  }
};

interface Fold {
  /** The summary so far. */
  earlier: Earlier | null;
  /** The contributions after it that are to be folded in. */
  entries: readonly string[];
  words: number;
  heard: readonly DebateTurn[];
}

/** One call to the mediator's model: makes the next summary of the one so far and of as many entries as its window holds. */
const fold = async (
  deps: DebateDeps,
  running: RunningDebate,
  turn: Contribution,
  { earlier, entries, words, heard }: Fold,
): Promise<Summary> => {
  const { agentId, model } = running.config.mediator;
  const { text: written, read } = await foldText(deps.gateway, {
    purpose: 'debate_summary',
    turnId: turn.id,
    conversationId: running.id,
    agentId,
    candidates: deps.gateway.candidatesFor({ model, agentId }),
    signal: running.signal,
    earlier: earlier?.text ?? null,
    entries,
    words,
    render: (transcript) =>
      deps.prompts.render('debate-summary', running.language, {
        topic: deps.prompts.asData(running.config.topic),
        transcript: deps.prompts.asData(transcript.join('\n\n')),
        words: String(words),
      }),
  });
  const folded = heard.slice(0, (earlier?.turns ?? 0) + read);
  const text = withKnownMarkers(written, folded);
  if (text === '') throw new EmergenceError('provider.no_answer', { reason: 'empty' });
  return { text, upTo: (folded.at(-1) as DebateTurn).message.id };
};

/** A summary may only cite numbers that a folded contribution cites. */
const withKnownMarkers = (text: string, folded: readonly DebateTurn[]): string => {
  const known = new Set(folded.flatMap(({ message }) => message.citations.map(({ marker }) => marker)));
  return withoutUnknownCitations(text, known).trim();
};
