import { findConversation } from '@main/store/conversations';
import type { ReadableDb } from '@main/store/database';
import { debateCosts, findDebate } from '@main/store/debates';
import { findMessage } from '@main/store/messages';
import { turnsOfConversation } from '@main/store/turns';
import { type Debate, type DebateConfig, type DebateSeat, type DebateTurn, EmergenceError, type Usage } from '@shared/model';

/** Seat number of the mediator, whose synthesis is in round 0. */
export const mediatorSeat = -1;
export const synthesisRound = 0;

export const seatOf = (config: DebateConfig, seat: number): DebateSeat => {
  const found = seat === mediatorSeat ? config.mediator : config.debaters[seat];
  if (!found) throw new EmergenceError('not_found', { seat });
  return found;
};

/** The contributions in the order they were begun; one that was resumed is there once, as its last turn left it. */
export const debateTurns = (db: ReadableDb, conversationId: string): DebateTurn[] => {
  const turns = new Map<string, DebateTurn>();
  for (const turn of turnsOfConversation(db, conversationId)) {
    const message = turn.seat === null ? null : findMessage(db, turn.messageId);
    if (message)
      turns.set(turn.messageId, { seat: turn.seat ?? 0, round: turn.round ?? 0, message, replaced: turn.params.replaced ?? null });
  }
  return [...turns.values()];
};

const nothing: Usage = { inputTokens: 0, outputTokens: 0, cachedTokens: 0, estimated: false, costNano: 0 };

/** The whole debate as it is stored. `liveText` is what was shown of messages since they were last saved. */
export const loadDebate = (db: ReadableDb, id: string, liveText: ReadonlyMap<string, string> = new Map()): Debate => {
  const record = findDebate(db, id);
  const conversation = findConversation(db, id);
  if (!record || !conversation) throw new EmergenceError('not_found');
  const costs = new Map(debateCosts(db, id).map((cost) => [cost.seat, cost]));
  return {
    id,
    title: conversation.title,
    config: record.config,
    state: record.state,
    round: record.round,
    turns: debateTurns(db, id).map((turn) => {
      const text = liveText.get(turn.message.id);
      return text === undefined ? turn : { ...turn, message: { ...turn.message, text } };
    }),
    costs: [...record.config.debaters.keys(), mediatorSeat].map((seat) => {
      const { agentId, part } = seatOf(record.config, seat);
      const cost = costs.get(seat);
      return {
        agentId,
        part,
        provider: cost?.provider ?? '',
        model: cost?.model ?? '',
        usage: cost?.usage ?? nothing,
        ms: cost?.ms ?? 0,
      };
    }),
    error: record.error,
    createdAt: record.createdAt,
    updatedAt: record.updatedAt,
  };
};
