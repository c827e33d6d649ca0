import { type Client, useApi, useClient } from '@renderer/base/client';
import { markJumped } from '@renderer/conversation/markJumped';
import { isGone } from '@renderer/lib/errors';
import { useQueryClient } from '@tanstack/react-query';
import { type RefObject, useEffect, useRef } from 'react';
import type { Branch } from './branch';
import type { MessageListHandle } from './MessageList';
import { refreshMessages } from './messages';

/** The position of a message on the active branch; null for a message of another branch. */
const findPosition = async (client: Client, conversationId: string, messageId: string): Promise<number | null> => {
  try {
    return (await client.conversations.messages({ conversationId, around: messageId, limit: 1 })).start;
  } catch (error) {
    if (isGone(error)) return null;
    throw error;
  }
};

interface JumpOptions {
  conversationId: string;
  /** The message of the address. */
  jumpTo: string | null;
  branch: Branch;
  /** True once the end of the branch is loaded. */
  loaded: boolean;
  list: RefObject<MessageListHandle | null>;
}

/** Scrolls to the message of the address, loaded or not, and switches to the branch that contains it. */
export const useJumpToMessage = ({ conversationId, jumpTo, branch, loaded, list }: JumpOptions): void => {
  const client = useClient();
  const api = useApi();
  const queries = useQueryClient();
  const done = useRef<string | null>(null);
  useEffect(() => {
    if (!jumpTo || !loaded || done.current === jumpTo) return;
    done.current = jumpTo;
    const jump = async (): Promise<void> => {
      const here = branch.positionOf(jumpTo);
      let index = here >= 0 ? here : await findPosition(client, conversationId, jumpTo);
      if (index === null) {
        await client.conversations.selectBranch({ conversationId, messageId: jumpTo });
        await refreshMessages(queries, api, conversationId);
        index = await findPosition(client, conversationId, jumpTo);
      }
      // Meanwhile another message may have been requested.
      if (index !== null && done.current === jumpTo) list.current?.show({ message: jumpTo, index, below: 'middle', aim: markJumped });
    };
    jump().catch((error) => console.warn('The message sought is not in this conversation.', error));
  }, [client, api, queries, conversationId, jumpTo, branch, loaded, list]);
};
