import { useEngine } from '@renderer/base/client';
import { toErrorRecord } from '@renderer/lib/errors';
import { useErrorText } from '@renderer/lib/useErrorText';
import { toast } from '@renderer/ui/toast';
import { type About, type ConversationSettings, type Message, newId } from '@shared/model';
import { withoutBlankEdges } from '@shared/text/edges';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { keepMessages, refreshMessages } from './messages';
import { addTurn, dropTurn, followTurn, useTurns } from './turnStore';

interface Ticket {
  turnId: string;
  conversationId: string;
  questionId: string;
  messageId: string;
}

/** Send, regenerate, continue, stop, and following a turn that already runs. */
export const useTurnActions = () => {
  const engine = useEngine();
  const { client, api } = engine;
  const queries = useQueryClient();
  const words = useErrorText();

  /** Follows a turn to its end and puts the stored message into the query cache. */
  const follow = useCallback(
    async (turnId: string, conversationId: string): Promise<void> => {
      const message = await followTurn(engine, turnId);
      const turn = useTurns.getState().turns[turnId];
      if (!turn) return;
      if (message) {
        keepMessages(queries, api, conversationId, [...(turn.question ? [turn.question] : []), message]);
      }
      // The branch may have changed in ways that only the engine knows (versions, titles): it is read again before the turn is
      // dropped.
      await refreshMessages(queries, api, conversationId);
      dropTurn(turnId);
    },
    [engine, api, queries],
  );

  /** Starts the turn by `call`. When that fails, the turn is removed and the reason is shown. Returns true when it started. */
  const start = useCallback(
    async (turn: Parameters<typeof addTurn>[0], call: () => Promise<Ticket>): Promise<boolean> => {
      addTurn(turn);
      try {
        const ticket = await call();
        useTurns.setState(({ turns }) => {
          const own = turns[turn.turnId];
          return own ? { turns: { ...turns, [turn.turnId]: { ...own, messageId: ticket.messageId } } } : { turns };
        });
        void follow(turn.turnId, ticket.conversationId);
        return true;
      } catch (error) {
        dropTurn(turn.turnId);
        toast({ message: words(toErrorRecord(error)), tone: 'danger' });
        return false;
      }
    },
    [follow, words],
  );

  return useMemo(
    () => ({
      follow: (turnId: string, conversationId: string, message: Message): void => {
        if (useTurns.getState().turns[turnId]) return;
        addTurn({
          turnId,
          conversationId,
          messageId: message.id,
          speaker: message.speaker,
          text: message.text,
          afterId: message.parentId,
          question: null,
        });
        void follow(turnId, conversationId);
      },

      send: (
        conversationId: string,
        text: string,
        options: {
          parentId?: string | null;
          afterId: string | null;
          settings?: Partial<ConversationSettings>;
          /** The document at hand. */
          about?: About | undefined;
        },
      ): Promise<boolean> => {
        const turnId = newId();
        const questionId = newId();
        const question: Message = {
          id: questionId,
          conversationId,
          parentId: options.afterId,
          turnId: null,
          role: 'user',
          speaker: null,
          part: null,
          round: null,
          state: 'complete',
          text: withoutBlankEdges(text),
          at: Date.now(),
          tzOffset: -new Date().getTimezoneOffset(),
          error: null,
          info: null,
          thinking: null,
          citations: [],
          siblings: [questionId],
        };
        return start({ turnId, conversationId, afterId: options.afterId, question }, () =>
          client.chat.send({
            turnId,
            questionId,
            conversationId,
            text,
            parentId: options.parentId,
            settings: options.settings,
            about: options.about,
          }),
        );
      },

      regenerate: (message: Message, settings?: Partial<ConversationSettings>): Promise<boolean> => {
        const turnId = newId();
        return start({ turnId, conversationId: message.conversationId, afterId: message.parentId, question: null }, () =>
          client.chat.regenerate({ turnId, messageId: message.id, settings }),
        );
      },

      continue: (message: Message, begin: { confirmed?: boolean; documentId?: string } = {}): Promise<boolean> => {
        const turnId = newId();
        return start(
          {
            turnId,
            conversationId: message.conversationId,
            messageId: message.id,
            speaker: message.speaker,
            text: message.text,
            afterId: message.parentId,
            question: null,
          },
          () => client.chat.continue({ turnId, messageId: message.id, ...begin }),
        );
      },

      stop: async (turnId: string): Promise<void> => {
        try {
          await client.chat.stop({ turnId });
        } catch (error) {
          toast({ message: words(toErrorRecord(error)), tone: 'danger' });
        }
      },
    }),
    [client, start, follow, words],
  );
};
export type TurnActions = ReturnType<typeof useTurnActions>;
