import { setActiveLeaf } from '@main/store/conversations';
import { insertMessage, reopenMessage } from '@main/store/messages';
import { insertTurn } from '@main/store/turns';
import { type DebateTurn, newId } from '@shared/model';
import { seatOf } from './debateState';
import type { DebateDeps, Floor, OpenTurn } from './floor';

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
  return {
    turnId,
    messageId,
    seat,
    round,
    partial: stopped?.message.text ?? '',
    before: stopped?.message.info ?? null,
    thinking: stopped?.message.thinking ?? null,
    createdAt: at,
  };
};
