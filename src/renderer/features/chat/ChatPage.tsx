import { useParamsOf } from '@renderer/base/routes';
import { useDeferredValue } from 'react';
import { ConversationView } from './ConversationView';
import { EmptyChat } from './EmptyChat';
import { ForgetDialog } from './ForgetDialog';

/** The page of the section: a conversation, or the start of a new one. */
export const ChatPage = () => {
  const params = useParamsOf('conversation');
  // The step from a new chat to its conversation is drawn in slices: whole, it would hold the window up at the first words. Between
  // conversations nothing is deferred, because an answer that streams in the first would hold up the second.
  const hasLeftStart = useDeferredValue(params !== null);
  return (
    <>
      {params && hasLeftStart ? (
        <ConversationView key={params.id} conversationId={params.id} jumpTo={params.messageId ?? null} />
      ) : (
        <EmptyChat />
      )}
      <ForgetDialog />
    </>
  );
};
