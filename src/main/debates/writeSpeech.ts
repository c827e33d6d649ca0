import { type Candidate, candidateLabel, withEarlier } from '@main/providers/gateway';
import type { TurnSources } from '@main/store/turns';
import type { AnswerWriter } from '@main/turns/answerWriter';
import type { AnswerEnd } from '@main/turns/finishAnswer';
import { type HandOver, type ModelAnswer, notAsked, streamModel } from '@main/turns/streamModel';
import { turnError } from '@main/turns/turnError';
import { type DebateTurn, EmergenceError } from '@shared/model';
import { type DebatePrompt, type DebatePromptFrame, frameDebatePrompt } from './debatePrompt';
import { seatOf } from './debateState';
import { isStorageError } from './endTurn';
import type { Contribution, DebateDeps, RunningDebate } from './runningDebate';
import { latestSummary, type Summary, summaryFor } from './summary';

/** The outcome of writing a contribution, also where it failed. */
export interface Spoken extends Pick<DebateTurn, 'replaced' | 'condensed'> {
  /** The planned model; the agent where none was found for it. */
  planned: string;
  answered: AnswerEnd['answered'];
  error: EmergenceError | null;
}

export const unspoken = (planned: string): Spoken => ({
  planned,
  answered: answeredBy(notAsked, null),
  replaced: null,
  condensed: null,
  error: null,
});

/**
 * Calls the seat's model, then, as long as nothing was written, the models of the other seats, and returns which one replaced it.
 * Where all failed the error is the last one, with the earlier ones. Throws `provider.none` where the seat has no model.
 */
export const writeSpeech = async (
  deps: DebateDeps,
  running: RunningDebate,
  turn: Contribution,
  { heard, found, writer }: { heard: readonly DebateTurn[]; found: TurnSources | null; writer: AnswerWriter },
): Promise<Spoken> => {
  const { signal } = running;
  const seat = seatOf(running.config, turn.seat);
  const planned = deps.gateway.candidatesFor({ model: seat.model, agentId: seat.agentId });
  const [first, ...others] = planned;
  if (!first) throw new EmergenceError('provider.none');

  const persona = deps.agents.persona(turn.agentId, running.language);
  const frameFor = ({ contextTokens }: Candidate): DebatePromptFrame =>
    frameDebatePrompt(deps.prompts, {
      language: running.language,
      persona,
      nameOf: deps.agents.nameOf,
      config: running.config,
      seat: turn.seat,
      round: turn.round,
      heard,
      sources: found?.sources ?? null,
      partial: turn.partial,
      contextTokens,
    });
  /** True after a summary failed: it is not tried again for each model. */
  let unsummarised = false;
  /**
   * The summary for the model that is called first. A replacement gets it too, and leaves out whatever does not fit its own window.
   */
  const recall = async (room: number): Promise<Summary | null> => {
    if (unsummarised) return latestSummary(deps.db, running.id);
    const { summary, failed } = await summaryFor(deps, running, turn, { heard, room });
    unsummarised = failed;
    return summary;
  };
  const ask = async (candidates: [Candidate, ...Candidate[]]): Promise<ModelAnswer<DebatePrompt>> => {
    try {
      const frame = frameFor(candidates[0]);
      const summary = await recall(frame.room);
      const build = (candidate: Candidate): DebatePrompt => (candidate === candidates[0] ? frame : frameFor(candidate)).fill(summary);
      const answer = await streamModel(deps, turn, { purpose: 'debate', candidates, build, writer, signal });
      // An empty answer is no contribution: another model may write one.
      const isEmpty = !answer.error && writer.text.trim() === '';
      return isEmpty ? { ...answer, error: new EmergenceError('provider.no_answer', { reason: 'empty' }) } : answer;
    } catch (thrown) {
      return { ...notAsked, error: turnError(deps, turn, thrown, signal) };
    }
  };

  const insteadOf = first.insteadOf ?? null;
  const spoken = (answer: ModelAnswer<DebatePrompt>, replaced: DebateTurn['replaced']): Spoken => ({
    planned: first.model,
    answered: answeredBy(answer, replaced?.to ? { from: replaced.from, reason: replaced.reason } : insteadOf),
    replaced,
    condensed: answer.prompt?.condensed ?? null,
    error: answer.error,
  });
  let answer = await ask([first, ...others]);
  if (!answer.error) return spoken(answer, tookOver(answer.handOvers) ?? missingOf(first));
  if (isStorageError(answer.error)) return spoken(answer, null);
  const failed = [{ candidate: first, error: answer.error }];
  for (const other of replacements(deps, running, planned)) {
    if (signal.aborted || !writer.unchanged) break;
    answer = await ask([other]);
    if (!answer.error)
      return spoken(answer, {
        from: candidateLabel(first, other),
        to: candidateLabel(other, first),
        reason: failed[0]?.error.code ?? 'internal',
      });
    deps.telemetry.log.warn({ code: answer.error.code, model: other.model }, 'a replacement in a debate failed too');
    failed.push({ candidate: other, error: answer.error });
  }
  const error = withEarlier(answer.error, failed.slice(0, -1));
  return spoken({ ...answer, error }, null);
};

const answeredBy = (
  { provider, model, usage, firstWordMs }: ModelAnswer,
  fallback: AnswerEnd['answered']['fallback'],
): AnswerEnd['answered'] => ({ provider, model, usage, firstWordMs, fallback });

/** The model of the seat, and the last one that replaced it. */
const tookOver = (handOvers: readonly HandOver[]): DebateTurn['replaced'] => {
  const [first, last] = [handOvers[0], handOvers.at(-1)];
  return first && last ? { from: first.from, to: last.to, reason: last.reason } : null;
};

/** The model chosen for the seat no longer exists, and this one is used instead. */
const missingOf = (given: Candidate): DebateTurn['replaced'] => {
  if (!given.insteadOf) return null;
  const { from, reason } = given.insteadOf;
  return { from, to: candidateLabel(given, { ...given, model: from }), reason };
};

/** Models of the other seats that the gateway would not try for this one; after a local model, only local ones. */
const replacements = (deps: DebateDeps, running: RunningDebate, planned: Candidate[]): Candidate[] => {
  const key = ({ ref }: Candidate): string => `${ref.accountId} ${ref.model}`;
  const known = new Set(planned.map(key));
  const mayLeave = planned[0]?.local !== true || deps.settings().providers.localFallback;
  return [...running.config.debaters, running.config.mediator]
    .flatMap((seat) => deps.gateway.candidatesFor({ model: seat.model, agentId: seat.agentId }))
    .filter((candidate) => (candidate.local || mayLeave) && !known.has(key(candidate)) && known.add(key(candidate)));
};
