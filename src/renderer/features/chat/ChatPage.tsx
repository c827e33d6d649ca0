import { useParamsOf } from '@renderer/base/routes';
import { ConversationView } from './ConversationView';
import { EmptyChat } from './EmptyChat';

/** The page of the section: a conversation, or the start of a new one. */
export const ChatPage = () => {
  const shown = useParamsOf('conversation');
  return shown ? <ConversationView key={shown.id} conversationId={shown.id} jumpTo={shown.messageId ?? null} /> : <EmptyChat />;
};
