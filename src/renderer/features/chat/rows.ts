import type { Message } from '@shared/model';
import type { TurnHead } from './turnStore';

export type Row = { kind: 'message'; id: string; message: Message } | { kind: 'live'; id: string; turn: TurnHead; message: Message | null };

/**
 * The rows of the page: the stored branch with the running turn in its place. Until the engine has stored the new question and
 * answer, the branch is cut at their parent and they follow at its end.
 */
export const toRows = (messages: readonly Message[], turn: TurnHead | null): Row[] => {
  const stored = (message: Message): Row => ({ kind: 'message', id: message.id, message });
  if (!turn) return messages.map(stored);
  if (turn.messageId !== null && messages.some(({ id }) => id === turn.messageId)) {
    return messages.map((message) => (message.id === turn.messageId ? { kind: 'live', id: message.id, turn, message } : stored(message)));
  }
  const at = messages.findIndex(({ id }) => id === (turn.question?.id ?? turn.afterId));
  const hook = turn.question && at < 0 ? messages.findIndex(({ id }) => id === turn.afterId) : at;
  const branch = turn.afterId === null && at < 0 ? [] : messages.slice(0, hook + 1);
  return [
    ...branch.map(stored),
    ...(turn.question && at < 0 ? [stored(turn.question)] : []),
    { kind: 'live', id: turn.messageId ?? turn.turnId, turn, message: null },
  ];
};
