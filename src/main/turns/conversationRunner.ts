/** A writer in conversations of one kind, as the code that lists and deletes conversations sees it. */
export interface ConversationRunner {
  isRunning(conversationId: string): boolean;
  /** Resolves when the text written so far is saved; a conversation in which nothing runs is fine. */
  stopConversation(conversationId: string): Promise<void>;
}

/** All runners as one. */
export const anyRunner = (runners: readonly ConversationRunner[]): ConversationRunner => ({
  isRunning: (id) => runners.some((runner) => runner.isRunning(id)),
  stopConversation: async (id) => void (await Promise.all(runners.map((runner) => runner.stopConversation(id)))),
});
