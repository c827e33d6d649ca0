/** What writes in conversations of one kind, as those see it who list and delete conversations. */
export interface ConversationRunner {
  isRunning(conversationId: string): boolean;
  /** Resolves when what was written is saved; a conversation in which nothing runs is fine. */
  stopConversation(conversationId: string): Promise<void>;
}

/** The runners of all kinds as one. */
export const anyRunner = (runners: readonly ConversationRunner[]): ConversationRunner => ({
  isRunning: (id) => runners.some((runner) => runner.isRunning(id)),
  stopConversation: async (id) => void (await Promise.all(runners.map((runner) => runner.stopConversation(id)))),
});
