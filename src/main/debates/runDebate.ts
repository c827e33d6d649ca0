import { extractCitations } from '@main/knowledge/citations';
import { findConversation } from '@main/store/conversations';
import { findDebate, saveDebateState } from '@main/store/debates';
import { keptSources } from '@main/turns/findSources';
import { openTurn } from '@main/turns/openTurn';
import { type DebateTurn, EmergenceError, newId, type Source } from '@shared/model';
import { debateTurns, mediatorSeat, seatOf, synthesisRound } from './debateState';
import type { Contribution, DebateDeps, Floor } from './floor';

import { speak } from './speak';

/**
 * Runs a debate from its present state to the synthesis. Round 1: the debaters speak at the same time without knowing each other's
 * contributions, so it lasts as long as the slowest. Later rounds: one after the other, each knows all contributions so far. Then
 * the mediator. Contributions finished before a stop are kept. Throws when no debater could speak, when a contribution could not be
 * saved, or when the signal is aborted.
 */
export const runDebate = async (deps: DebateDeps, floor: Floor): Promise<void> => {
  const { db } = deps;
  const { rounds } = floor.config;
  const summedUp = spokenIn(deps, floor, synthesisRound).has(mediatorSeat);
  for (let round = findDebate(db, floor.id)?.round ?? 1; round <= rounds && !summedUp; round += 1) {
    if (isWhole(deps, floor, round)) continue;
    saveDebateState(db, floor.id, { state: 'running', round, error: null, now: deps.now() });
    floor.emit({ type: 'round', round });
    await measured(deps, floor, round, () => (round === 1 ? openingRound(deps, floor) : laterRound(deps, floor, round)));
  }
  const { error, state } = (await contribute(deps, floor, mediatorSeat, synthesisRound)).message;
  if (error) throw EmergenceError.fromRecord(error);
  if (state !== 'complete') floor.signal.throwIfAborted();
};

/** All at the same time. Their messages are chained in the order of their seats, so that the debate stays one branch. */
const openingRound = async (deps: DebateDeps, floor: Floor): Promise<void> => {
  const said = spokenIn(deps, floor, 1);
  const open = deps.db.transaction(() =>
    floor.config.debaters
      .map((_, seat) => seat)
      .filter((seat) => said.get(seat)?.message.state !== 'complete')
      .map((seat) => openContribution(deps, floor, { seat, round: 1, parentId: leafOf(deps, floor), stopped: said.get(seat) ?? null })),
  )();
  // All are awaited, also when one fails: no speaker may write after the debate has ended.
  const spoken = await Promise.allSettled(open.map((turn) => speak(deps, floor, turn, [], [])));
  for (const one of spoken) if (one.status === 'rejected') throw one.reason;
};

const laterRound = async (deps: DebateDeps, floor: Floor, round: number): Promise<void> => {
  for (const seat of floor.config.debaters.keys()) await contribute(deps, floor, seat, round);
};

/** Stores an empty contribution below `parentId`, or opens the one that was stopped; inside the caller's transaction. */
const openContribution = (
  deps: DebateDeps,
  floor: Floor,
  place: { seat: number; round: number; parentId: string; stopped: DebateTurn | null },
): Contribution => {
  const { seat, round, parentId, stopped } = place;
  const { agentId, part } = seatOf(floor.config, seat);
  const turn = openTurn(deps, {
    id: newId(),
    kind: 'debate',
    conversationId: floor.id,
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
const contribute = async (deps: DebateDeps, floor: Floor, seat: number, round: number): Promise<DebateTurn> => {
  floor.signal.throwIfAborted();
  const stopped = spokenIn(deps, floor, round).get(seat) ?? null;
  if (stopped?.message.state === 'complete') return stopped;
  const heard = debateTurns(deps.db, floor.id).filter((turn) => turn.message.id !== stopped?.message.id && turn.seat !== mediatorSeat);
  const cited = seat === mediatorSeat ? citedSources(deps, heard) : [];
  const turn = deps.db.transaction(() => openContribution(deps, floor, { seat, round, parentId: leafOf(deps, floor), stopped }))();
  return speak(deps, floor, turn, heard, cited);
};

const spokenIn = (deps: DebateDeps, floor: Floor, round: number): Map<number, DebateTurn> =>
  new Map(debateTurns(deps.db, floor.id).flatMap((turn) => (turn.round === round ? [[turn.seat, turn] as const] : [])));

/** True when every debater has finished its contribution to this round. */
const isWhole = (deps: DebateDeps, floor: Floor, round: number): boolean => {
  const spoken = spokenIn(deps, floor, round);
  return floor.config.debaters.every((_, seat) => spoken.get(seat)?.message.state === 'complete');
};

const leafOf = (deps: DebateDeps, floor: Floor): string => {
  const leaf = findConversation(deps.db, floor.id)?.activeLeaf;
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
const measured = async (deps: DebateDeps, floor: Floor, round: number, run: () => Promise<void>): Promise<void> => {
  const startedAt = deps.now();
  const count = (outcome: 'done' | 'stopped' | 'failed'): void => deps.telemetry.increment('debate_rounds_total', { outcome });
  try {
    await run();
    floor.signal.throwIfAborted();
    const spoken = [...spokenIn(deps, floor, round).values()].map(({ message }) => message);
    const error = spoken.every(({ text }) => text === '') ? spoken.find((message) => message.error)?.error : null;
    if (error) throw EmergenceError.fromRecord(error);
  } catch (error) {
    count(floor.signal.aborted ? 'stopped' : 'failed');
    throw error;
  }
  count('done');
  deps.telemetry.observe('debate_round_duration_seconds', {}, (deps.now() - startedAt) / 1_000);
};
