import { getEventMeta } from '@orpc/client';
import type { Engine } from '@renderer/base/client';
import { followStream } from '@renderer/conversation/followStream';
import { createFrameBatch } from '@renderer/lib/frameBatch';
import { isTurnEnd, type Message, type TurnEvent } from '@shared/model';
import { useRef } from 'react';
import { create } from 'zustand';
import { shallow } from 'zustand/shallow';
import { type LiveTurn, reduceTurn, startTurn } from './turnReducer';

export interface FollowedTurn extends LiveTurn {
  /** The parent message of the new branch; null is the beginning of the conversation. */
  afterId: string | null;
  /** The question as sent, until the stored one is read. */
  question: Message | null;
}

/** Turns that run or have just ended, by turn id. Stored messages are in the query cache; a turn is here only while it runs. */
export const useTurns = create<{ turns: Record<string, FollowedTurn> }>(() => ({ turns: {} }));

/** The part of a turn that does not change with each word: enough to place it. */
export type TurnHead = Pick<FollowedTurn, 'turnId' | 'messageId' | 'speaker' | 'afterId' | 'question'> & {
  /** Its end state; null while it runs. */
  ended: Message['state'] | null;
  /** True once its first words have come. */
  begun: boolean;
};

const headOf = ({ turnId, messageId, speaker, afterId, question, text, end }: FollowedTurn): TurnHead => ({
  turnId,
  messageId,
  speaker,
  afterId,
  question,
  ended: end?.message.state ?? null,
  begun: text !== '',
});

/** The running turns of a conversation, oldest first, for components that need not render at every word. */
export const useTurnHeads = (conversationId: string): readonly TurnHead[] => {
  const known = useRef<readonly TurnHead[]>([]);
  return useTurns(({ turns }) => {
    const heads = Object.values(turns)
      .filter((turn) => turn.conversationId === conversationId)
      .map(headOf);
    const same = heads.length === known.current.length && heads.every((head, index) => shallow(head, known.current[index]));
    if (!same) known.current = heads;
    return known.current;
  });
};

const change = (turnId: string, next: (turn: FollowedTurn) => FollowedTurn): void =>
  useTurns.setState(({ turns }) => {
    const turn = turns[turnId];
    return turn ? { turns: { ...turns, [turnId]: next(turn) } } : { turns };
  });

export const addTurn = (turn: Parameters<typeof startTurn>[0] & Pick<FollowedTurn, 'afterId' | 'question'>): void =>
  useTurns.setState(({ turns }) => ({
    turns: { ...turns, [turn.turnId]: { ...startTurn(turn), afterId: turn.afterId, question: turn.question } },
  }));

export const dropTurn = (turnId: string): void =>
  useTurns.setState(({ turns }) => {
    const { [turnId]: _gone, ...rest } = turns;
    return { turns: rest };
  });

const followed = new Set<string>();

/** Reads the stored answer from the engine, after pieces of it were missed here. */
const readAgain = async ({ client }: Engine, turnId: string): Promise<void> => {
  const turn = useTurns.getState().turns[turnId];
  if (!turn) return;
  const { items } = await client.conversations.messages({ conversationId: turn.conversationId });
  const stored = items.find(({ id }) => id === turn.messageId)?.text ?? '';
  change(turnId, (now) => ({ ...now, gap: false, text: stored.length > now.text.length ? stored : now.text }));
};

/**
 * Reads the events of a turn until its end, over lost connections, and updates the store once a frame. Resolves with the message as
 * stored at the end, or null when the engine no longer knows the turn.
 */
export const followTurn = async (engine: Engine, turnId: string): Promise<Message | null> => {
  if (followed.has(turnId)) return null;
  followed.add(turnId);
  const arrived = createFrameBatch<TurnEvent>((events) =>
    change(turnId, (turn) => ({ ...turn, ...events.reduce<LiveTurn>(reduceTurn, turn) })),
  );
  let lastEventId: string | undefined;
  let readAgainOnce = false;
  let stored: Message | null = null;
  try {
    await followStream<TurnEvent>({
      whenOpen: engine.whenOpen,
      open: () => engine.client.chat.watch({ turnId }, { lastEventId }),
      onEvent: async (event) => {
        lastEventId = getEventMeta(event)?.id ?? lastEventId;
        arrived.push(event);
        if (isTurnEnd(event)) {
          arrived.flush();
          stored = (event as Extract<TurnEvent, { type: 'done' }>).message;
          return 'end';
        }
        if (!useTurns.getState().turns[turnId]?.gap || readAgainOnce) return;
        readAgainOnce = true;
        await readAgain(engine, turnId);
        lastEventId = undefined;
        return 'reopen';
      },
    });
    return stored;
  } catch {
    return null;
  } finally {
    followed.delete(turnId);
  }
};
