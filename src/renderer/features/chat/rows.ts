import type { Message } from '@shared/model';
import type { Branch } from './branch';
import type { TurnHead } from './turnStore';

/** A row of a conversation. Each kind has its line in the table of `rowKinds.tsx`. */
export type Row =
  | { kind: 'question'; id: string; message: Message }
  /** `turn`: the one that writes it; without a turn it is stored. `message`: null until the engine has stored it. */
  | { kind: 'answer'; id: string; turn: TurnHead; message: Message | null }
  | { kind: 'answer'; id: string; turn: null; message: Message }
  | { kind: 'unloaded'; id: string };

/** The number of a message in the feed, from 1, and the number of all messages. */
export interface FeedPosition {
  'aria-posinset': number;
  'aria-setsize': number;
}

export interface Rows<Of = Row> {
  count: number;
  at: (index: number) => Of;
  /** The first row of a running turn; `count` without one. */
  firstLive: number;
}

const stored = (message: Message): Row =>
  message.role === 'user' ? { kind: 'question', id: message.id, message } : { kind: 'answer', id: message.id, turn: null, message };

/**
 * The length to which a branch is cut for a turn whose answer is not stored yet: it ends with the parent of the question or answer.
 */
const cutFor = (branch: Branch, { afterId, question }: TurnHead): number => {
  const at = branch.positionOf(question?.id ?? afterId ?? '');
  if (at >= 0) return at + 1;
  if (afterId === null) return 0;
  const hook = question ? branch.positionOf(afterId) : -1;
  return hook < 0 ? branch.total : hook + 1;
};

/**
 * The rows of the page: the stored branch with the running turns in their places. Until the engine has stored a new question and
 * answer, the branch is cut at their parent and they follow at its end.
 */
export const toRows = (branch: Branch, turns: readonly TurnHead[]): Rows => {
  const live = new Map<number, TurnHead>();
  const added: Row[] = [];
  let length = branch.total;
  for (const turn of turns) {
    const position = turn.messageId === null ? -1 : branch.positionOf(turn.messageId);
    if (position >= 0) {
      live.set(position, turn);
      continue;
    }
    length = Math.min(length, cutFor(branch, turn));
    const { question } = turn;
    if (question && branch.positionOf(question.id) < 0 && !added.some(({ id }) => id === question.id)) added.push(stored(question));
    added.push({ kind: 'answer', id: turn.messageId ?? turn.turnId, turn, message: null });
  }
  const at = (index: number): Row => {
    const extra = added[index - length];
    if (extra) return extra;
    const message = branch.at(index);
    const turn = live.get(index);
    if (!message) return { kind: 'unloaded', id: String(index) };
    return turn ? { kind: 'answer', id: message.id, turn, message } : stored(message);
  };
  const count = length + added.length;
  return { count, at, firstLive: Math.min(added.length > 0 ? length : count, ...live.keys()) };
};
