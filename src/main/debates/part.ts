import type { Part } from '@main/parts/part';
import type { ConversationRunner } from '@main/turns/conversationRunner';
import { createDebates, type DebateServiceDeps } from './debateService';

export const createDebatesPart = (deps: DebateServiceDeps) => {
  const debates = createDebates(deps);
  const runner: ConversationRunner = { isRunning: debates.isRunning, stopConversation: debates.stop };
  return {
    api: { debates, runner },
    startWrites: [{ what: 'close interrupted debates', write: debates.closeInterrupted }],
    stop: debates.shutdown,
  } satisfies Part<unknown>;
};
