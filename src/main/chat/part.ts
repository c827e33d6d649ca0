import type { Part } from '@main/parts/part';
import type { ConversationRunner } from '@main/turns/conversationRunner';
import { type ChatDeps, createChat } from './chatService';

export const createChatPart = (deps: ChatDeps) => {
  const chat = createChat(deps);
  const runner: ConversationRunner = {
    isRunning: (id) => chat.active().some(({ conversationId }) => conversationId === id),
    stopConversation: chat.stopConversation,
  };
  return { api: { chat, runner }, stop: chat.shutdown } satisfies Part<unknown>;
};
