import { extractCitations } from '@main/knowledge/citations';
import { findConversation } from '@main/store/conversations';
import { findDebate, saveDebateState } from '@main/store/debates';
import { keptSources } from '@main/turns/findSources';
import { openTurn } from '@main/turns/openTurn';
import { type DebateTurn, EmergenceError, newId, type Source } from '@shared/model';
import { debateTurns, mediatorSeat, seatOf, synthesisRound } from './debateState';
import type { Contribution, DebateDeps, RunningDebate } from './runningDebate';

import { speak } from './speak';

/**
 * Runs a debate from its present state to the synthesis. Round 1: the debaters speak at the same time without knowing each other's
 * contributions, so it lasts as long as the slowest. Later rounds: one after the other, each knows all contributions so far. Then
 * the mediator. Contributions finished before a stop are kept. Throws when no debater could speak, when a contribution could not be
 * saved, or when the signal is aborted.
 */
export const runDebate = async (deps: DebateDeps, running: RunningDebate): Promise<void> => {
  const { db } = deps;
  const { rounds } = running.config;
  const summedUp = spokenIn(deps, running, synthesisRound).has(mediatorSeat);
  for (let round = findDebate(db, running.id)?.round ?? 1; round <= rounds && !summedUp; round += 1) {
    if (isWhole(deps, running, round)) continue;
    saveDebateState(db, running.id, { state: 'running', round, error: null, now: deps.now() });
    running.emit({ type: 'round', round });
    await measured(deps, running, round, () => (round === 1 ? openingRound(deps, running) : laterRound(deps, running, round)));
  }
  const { error, state } = (await contribute(deps, running, mediatorSeat, synthesisRound)).message;
  if (error) throw EmergenceError.fromRecord(error);
  if (state !== 'complete') running.signal.throwIfAborted();
};

/** All at the same time. Their messages are chained in the order of their seats, so that the debate stays one branch. */
const openingRound = async (deps: DebateDeps, running: RunningDebate): Promise<void> => {
  const said = spokenIn(deps, running, 1);
  const open = deps.db.transaction(() =>
    running.config.debaters
      .map((_, seat) => seat)
      .filter((seat) => said.get(seat)?.message.state !== 'complete')
      .map((seat) => openContribution(deps, running, { seat, round: 1, parentId: leafOf(deps, running), stopped: said.get(seat) ?? null })),
  )();
  // All are awaited, also when one fails: no speaker may write after the debate has ended.
  const spoken = await Promise.allSettled(open.map((turn) => speak(deps, running, turn, [], [])));
  for (const one of spoken) if (one.status === 'rejected') throw one.reason;
};

const laterRound = async (deps: DebateDeps, running: RunningDebate, round: number): Promise<void> => {
  for (const seat of running.config.debaters.keys()) await contribute(deps, running, seat, round);
};

/** Stores an empty contribution below `parentId`, or opens the one that was stopped; inside the caller's transaction. */
const openContribution = (
  deps: DebateDeps,
  running: RunningDebate,
  place: { seat: number; round: number; parentId: string; stopped: DebateTurn | null },
): Contribution => {
  const { seat, round, parentId, stopped } = place;
  const { agentId, part } = seatOf(running.config, seat);
  const turn = openTurn(deps, {
    id: newId(),
    kind: 'debate',
    conversationId: running.id,
    questionId: null,
    parentId,
    agentId,
    part,
    seat,
    round,
    continued: stopped?.message ?? null,
    createdAt: deps.now(),
  });
  return { ...turn, seat, round };
};

/** Runs one speaker with all contributions so far; a contribution finished before a stop stays as it is. */
const contribute = async (deps: DebateDeps, running: RunningDebate, seat: number, round: number): Promise<DebateTurn> => {
  running.signal.throwIfAborted();
  const stopped = spokenIn(deps, running, round).get(seat) ?? null;
  if (stopped?.message.state === 'complete') return stopped;
  const heard = debateTurns(deps.db, running.id).filter((turn) => turn.message.id !== stopped?.message.id && turn.seat !== mediatorSeat);
  const cited = seat === mediatorSeat ? citedSources(deps, heard) : [];
  const turn = deps.db.transaction(() => openContribution(deps, running, { seat, round, parentId: leafOf(deps, running), stopped }))();
  return speak(deps, running, turn, heard, cited);
};

const spokenIn = (deps: DebateDeps, running: RunningDebate, round: number): Map<number, DebateTurn> =>
  new Map(debateTurns(deps.db, running.id).flatMap((turn) => (turn.round === round ? [[turn.seat, turn] as const] : [])));

/** True when every debater has finished its contribution to this round. */
const isWhole = (deps: DebateDeps, running: RunningDebate, round: number): boolean => {
  const spoken = spokenIn(deps, running, round);
  return running.config.debaters.every((_, seat) => spoken.get(seat)?.message.state === 'complete');
};

const leafOf = (deps: DebateDeps, running: RunningDebate): string => {
  const leaf = findConversation(deps.db, running.id)?.activeLeaf;
  if (!leaf) throw new EmergenceError('not_found');
  return leaf;
};

/** Every source that a debater cited, once, by number. */
const citedSources = (deps: DebateDeps, turns: readonly DebateTurn[]): Source[] => {
  const sources = new Map<number, Source>();
  for (const { message } of turns)
    for (const source of extractCitations(message.text, keptSources(deps.db, message.id)?.sources ?? []))
      sources.set(source.marker, source);
  return [...sources.values()].sort((a, b) => a.marker - b.marker);
};

/** Runs and counts a round. If no speaker has written a word in it, in this run or before, the debate ends with the first error. */
const measured = async (deps: DebateDeps, running: RunningDebate, round: number, run: () => Promise<void>): Promise<void> => {
  const startedAt = deps.now();
  const count = (outcome: 'done' | 'stopped' | 'failed'): void => deps.telemetry.increment('debate_rounds_total', { outcome });
  try {
    await run();
    running.signal.throwIfAborted();
    const spoken = [...spokenIn(deps, running, round).values()].map(({ message }) => message);
    const error = spoken.every(({ text }) => text === '') ? spoken.find((message) => message.error)?.error : null;
    if (error) throw EmergenceError.fromRecord(error);
  } catch (error) {
    count(running.signal.aborted ? 'stopped' : 'failed');
    throw error;
  }
  count('done');
  deps.telemetry.observe('debate_round_duration_seconds', {}, (deps.now() - startedAt) / 1_000);
};
