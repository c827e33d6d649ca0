import { createConversationHandlers } from '@main/api/conversations';
import { createConversations } from '@main/chat/conversationService';
import { call } from '@orpc/server';
import { newId } from '@shared/model';
import { afterEach, expect, test } from 'vitest';
import { collect, createHarness, type Harness } from '../chat/harness';

let harness: Harness;
afterEach(() => harness.close());

test('reads a conversation around a message and searches it through the contract', async () => {
  harness = createHarness();
  const { ask, chat, db, deps } = harness;
  const { conversationId, questionId, turnId } = ask('where is the astrolabe kept');
  await collect(chat.watch(turnId, {}));
  const conversations = createConversations({
    db,
    changes: deps.changes,
    nameOf: deps.agents.nameOf,
    stopConversation: chat.stopConversation,
    isAnswering: () => false,
    backupsUntil: () => null,
    now: () => 5,
  });
  const { messages, find } = createConversationHandlers({ conversations });
  const context = { context: { log: { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} } } };
  await expect(call(messages, { conversationId, around: questionId, limit: 1 }, context)).resolves.toMatchObject({
    items: [{ id: questionId }],
    hasMore: false,
    hasNewer: true,
    start: 0,
    total: 2,
  });
  await expect(call(messages, { conversationId, after: questionId }, context)).resolves.toMatchObject({
    items: [{ role: 'assistant' }],
    hasMore: true,
    hasNewer: false,
    start: 1,
    total: 2,
  });
  await expect(call(messages, { conversationId, from: 1 }, context)).resolves.toMatchObject({
    items: [{ role: 'assistant' }],
    hasMore: true,
    hasNewer: false,
    start: 1,
    total: 2,
  });
  await expect(call(find, { conversationId, query: 'THE astrol' }, context)).resolves.toEqual({
    matches: [{ messageId: questionId, position: 0, ranges: [[9, 22]] }],
    count: 1,
    more: false,
  });
  // Only one place at a time, and only a message of this conversation.
  await expect(call(messages, { conversationId, after: null, around: questionId }, context)).rejects.toThrow();
  await expect(call(messages, { conversationId, from: 0, around: questionId }, context)).rejects.toThrow();
  await expect(call(messages, { conversationId, around: newId() }, context)).rejects.toMatchObject({ code: 'not_found' });
});
