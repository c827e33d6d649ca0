import { findConversation } from '@main/store/conversations';
import type { ReadableDb } from '@main/store/database';
import { debateCosts, findDebate } from '@main/store/debates';
import { findMessage } from '@main/store/messages';
import { turnsOfConversation } from '@main/store/turns';
import { type Debate, type DebateConfig, type DebateSeat, type DebateTurn, EmergenceError, type Thinking, type Usage } from '@shared/model';

/** Seat number of the mediator, whose synthesis is in round 0. */
export const mediatorSeat = -1;
export const synthesisRound = 0;

export const seatOf = (config: DebateConfig, seat: number): DebateSeat => {
  const found = seat === mediatorSeat ? config.mediator : config.debaters[seat];
  if (!found) throw new EmergenceError('not_found', { seat });
  return found;
};

/** The contributions in the order they were begun; a resumed one is included once, as its last turn left it. */
export const debateTurns = (db: ReadableDb, conversationId: string): DebateTurn[] => {
  const turns = new Map<string, DebateTurn>();
  let summary = '';
  for (const { seat, round, messageId, params } of turnsOfConversation(db, conversationId)) {
    summary = params.summary?.text ?? summary;
    const message = seat === null ? null : findMessage(db, messageId);
    if (!message) continue;
    const { replaced = null, condensed } = params;
    turns.set(messageId, {
      seat: seat ?? 0,
      round: round ?? 0,
      message,
      replaced,
      condensed: condensed ? { ...condensed, summary: condensed.summarised > 0 ? summary : '' } : null,
    });
  }
  return [...turns.values()];
};

const nothing: Usage = { inputTokens: 0, outputTokens: 0, cachedTokens: 0, estimated: false, costNano: 0 };

/** The cost of each seat so far, the mediator last. */
export const costsOf = (db: ReadableDb, id: string, config: DebateConfig): Debate['costs'] => {
  const costs = new Map(debateCosts(db, id).map((cost) => [cost.seat, cost]));
  return [...config.debaters.keys(), mediatorSeat].map((seat) => {
    const { agentId, part } = seatOf(config, seat);
    const cost = costs.get(seat);
    return { agentId, part, provider: cost?.provider ?? '', model: cost?.model ?? '', usage: cost?.usage ?? nothing, ms: cost?.ms ?? 0 };
  });
};

/** The facts of a debate that are not stored. */
export interface Unstored {
  /** True when it runs in this program now. */
  running: boolean;
  /** Messages that are being written, as they are shown: they are saved only from time to time. */
  live: ReadonlyMap<string, { readonly text: string; readonly thinking: Thinking | null }>;
  /** Contributions that wait for room on the disk, by message. */
  unsaved: ReadonlyMap<string, DebateTurn>;
  /** Its end, while that waits for room. */
  end: Pick<Debate, 'state' | 'error'> | null;
}

const allStored: Unstored = { running: false, live: new Map(), unsaved: new Map(), end: null };

/**
 * The whole debate: the stored state, overlaid with the unstored one. A debate that does not run in this program is not running.
 */
export const loadDebate = (db: ReadableDb, id: string, unstored: Unstored = allStored): Debate => {
  const { running, live, unsaved, end } = unstored;
  const record = findDebate(db, id);
  const conversation = findConversation(db, id);
  if (!record || !conversation) throw new EmergenceError('not_found');
  return {
    id,
    title: conversation.title,
    config: record.config,
    state: end?.state ?? (record.state === 'running' && !running ? 'interrupted' : record.state),
    round: record.round,
    turns: debateTurns(db, id).map((turn) => {
      const { id: messageId, state } = turn.message;
      const shown = live.get(messageId) ?? turn.message;
      return (
        unsaved.get(messageId) ?? {
          ...turn,
          message: {
            ...turn.message,
            text: shown.text,
            thinking: shown.thinking,
            state: state === 'streaming' && !running ? 'interrupted' : state,
          },
        }
      );
    }),
    costs: costsOf(db, id, record.config),
    error: end ? end.error : record.error,
    createdAt: record.createdAt,
    updatedAt: record.updatedAt,
  };
};
