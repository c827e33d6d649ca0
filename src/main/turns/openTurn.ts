import { setActiveLeaf } from '@main/store/conversations';
import { insertMessage, reopenMessage } from '@main/store/messages';
import { insertTurn, type NewTurn } from '@main/store/turns';
import { type Message, newId } from '@shared/model';
import type { OpenTurn, TurnDeps } from './turn';

export interface TurnPlace extends Omit<NewTurn, 'messageId'> {
  /** The parent message of a new answer. */
  parentId: string;
  /** The speaker's part in a debate. */
  part?: Message['part'];
  /** An unfinished answer that is opened again, instead of a new one. */
  continued: Message | null;
}

/**
 * Stores the turn with an empty answer as the active leaf, or opens the answer that is continued; inside the caller's transaction.
 */
export const openTurn = ({ db, telemetry }: Pick<TurnDeps, 'db' | 'telemetry'>, place: TurnPlace): OpenTurn => {
  const { id, conversationId, agentId, createdAt, continued, parentId, part, ...turn } = place;
  const messageId = continued?.id ?? newId();
  if (continued) reopenMessage(db, messageId, id);
  else {
    insertMessage(db, {
      id: messageId,
      conversationId,
      parentId,
      turnId: id,
      role: 'assistant',
      speaker: agentId,
      part,
      round: turn.round,
      state: 'streaming',
      text: '',
      at: createdAt,
    });
    setActiveLeaf(db, conversationId, messageId);
    telemetry.increment('chat_messages_total', {});
  }
  insertTurn(db, { id, conversationId, agentId, createdAt, messageId, ...turn });
  return {
    id,
    conversationId,
    messageId,
    agentId,
    partial: continued?.text ?? '',
    before: continued?.info ?? null,
    thinking: continued?.thinking ?? null,
    createdAt,
  };
};
