import { useRoute } from 'wouter';
import { ConversationView } from './ConversationView';
import { EmptyChat } from './EmptyChat';

/** The page of the section: a conversation, or the start of a new one. */
export const ChatPage = () => {
  const [, route] = useRoute<{ id: string; messageId?: string }>('/chat/:id/:messageId?');
  return route ? <ConversationView key={route.id} conversationId={route.id} jumpTo={route.messageId ?? null} /> : <EmptyChat />;
};
