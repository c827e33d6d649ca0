import { useClient } from '@renderer/app/client';
import { showWithin } from '@renderer/lib/showWithin';
import type { Message } from '@shared/model';
import { type RefObject, useEffect, useRef } from 'react';

interface JumpOptions {
  conversationId: string;
  jumpTo: string | null;
  messages: readonly Message[];
  pages: { isSuccess: boolean; hasNextPage: boolean; isFetching: boolean; fetchNextPage: () => unknown; refetch: () => unknown };
  scroller: RefObject<HTMLDivElement | null>;
  /** Called before the jump: the element that was kept in view must not pull back. */
  letGo: () => void;
}

/** Scrolls to the message of the address: loads back to it, or switches to the branch that contains it. */
export const useJumpToMessage = ({ conversationId, jumpTo, messages, pages, scroller, letGo }: JumpOptions): void => {
  const client = useClient();
  const state = useRef<{ target: string; done: boolean; switched: boolean } | null>(null);
  useEffect(() => {
    if (!jumpTo) return;
    if (state.current?.target !== jumpTo) state.current = { target: jumpTo, done: false, switched: false };
    const jump = state.current;
    if (jump.done || !pages.isSuccess || pages.isFetching) return;
    if (messages.some(({ id }) => id === jumpTo)) {
      jump.done = true;
      letGo();
      requestAnimationFrame(() => {
        const element = scroller.current?.querySelector<HTMLElement>(`[data-message="${CSS.escape(jumpTo)}"]`);
        if (scroller.current && element) showWithin(scroller.current, element);
        element?.setAttribute('data-jumped', '');
        setTimeout(() => element?.removeAttribute('data-jumped'), 1_700);
      });
    } else if (pages.hasNextPage) {
      pages.fetchNextPage();
    } else if (!jump.switched) {
      jump.switched = true;
      client.conversations.selectBranch({ conversationId, messageId: jumpTo }).then(
        () => pages.refetch(),
        (error) => console.warn('The message sought is not in this conversation.', error),
      );
    }
  }, [client, conversationId, jumpTo, messages, pages, scroller, letGo]);
};
