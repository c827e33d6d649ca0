import type { Conversations } from '@main/chat/conversationService';
import { api } from './base';

const ok = { ok: true } as const;

export const createConversationHandlers = ({
  conversations,
  expectQuestion,
}: {
  conversations: Conversations;
  /** Called as a question is being written. */
  expectQuestion: () => void;
}) => ({
  list: api.conversations.list.handler(({ input }) =>
    conversations.list({ kind: input.kind, archived: input.archived, cursor: input.cursor, limit: input.limit }),
  ),
  get: api.conversations.get.handler(({ input }) => conversations.get(input.id)),
  create: api.conversations.create.handler(({ input }) => conversations.create(input)),
  messages: api.conversations.messages.handler(({ input }) => conversations.messages(input)),
  find: api.conversations.find.handler(({ input }) => conversations.find(input)),
  why: api.conversations.why.handler(({ input }) => ({ scores: conversations.scores(input.messageId, input.marker) })),
  passages: api.conversations.passages.handler(({ input }) => ({ passages: conversations.passages(input.messageId) })),
  update: api.conversations.update.handler(({ input }) => conversations.update(input)),
  remove: api.conversations.remove.handler(async ({ input }) => {
    await conversations.remove(input.id);
    return ok;
  }),
  deleted: api.conversations.deleted.handler(({ input }) => conversations.deleted(input)),
  restore: api.conversations.restore.handler(({ input }) => conversations.restore(input.id)),
  forget: api.conversations.forget.handler(({ input }) => conversations.forget(input.id)),
  search: api.conversations.search.handler(({ input }) => ({ hits: conversations.search(input.query, input.limit) })),
  selectBranch: api.conversations.selectBranch.handler(({ input }) => conversations.selectBranch(input.conversationId, input.messageId)),
  export: api.conversations.export.handler(({ input }) => conversations.export(input.id, input.format)),
  draft: api.conversations.draft.handler(({ input }) => ({ text: conversations.draft(input.key) })),
  saveDraft: api.conversations.saveDraft.handler(({ input }) => {
    conversations.saveDraft(input.key, input.text, input.isBelow);
    if (input.text !== '') expectQuestion();
    return ok;
  }),
});
