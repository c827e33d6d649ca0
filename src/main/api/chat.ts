import type { Chat } from '@main/chat/chatService';
import { api } from './base';
import { eventStream } from './eventStream';

export const createChatHandlers = ({ chat }: { chat: Chat }) => ({
  send: api.chat.send.handler(({ input }) => chat.send(input)),
  regenerate: api.chat.regenerate.handler(({ input }) => chat.regenerate(input)),
  continue: api.chat.continue.handler(({ input }) => chat.continue(input)),
  stop: api.chat.stop.handler(async ({ input }) => {
    await chat.stop(input.turnId);
    return { ok: true } as const;
  }),
  watch: api.chat.watch.handler(({ input, signal, lastEventId, ...call }) =>
    eventStream(chat.watch(input.turnId, { lastEventId, signal }), call),
  ),
  active: api.chat.active.handler(() => chat.active()),
});
