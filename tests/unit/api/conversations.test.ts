import { createConversationHandlers } from '@main/api/conversations';
import { createConversations } from '@main/chat/conversationService';
import { call } from '@orpc/server';
import { newId } from '@shared/model';
import { afterEach, expect, test } from 'vitest';
import { candidate, collect, createHarness, type Harness, passage, scriptedGateway, scriptedRetriever } from '../chat/harness';

let harness: Harness;
afterEach(() => harness.close());

const context = { context: { log: { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} } } };
const createConversationsOf = ({ db, deps, chat }: Harness) =>
  createConversations({
    db,
    changes: deps.changes,
    nameOf: deps.agents.nameOf,
    stopConversation: chat.stopConversation,
    isAnswering: () => false,
    backupsUntil: () => null,
    now: () => 5,
  });

test('reads a conversation around a message and searches it through the contract', async () => {
  harness = createHarness();
  const { ask, chat } = harness;
  const { conversationId, questionId, turnId } = ask('where is the astrolabe kept');
  await collect(chat.watch(turnId, {}));
  const { messages, find } = createConversationHandlers({ conversations: createConversationsOf(harness), expectQuestion: () => {} });
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

test('lists the passages of an answer that cites none, and marks those of older versions', async () => {
  harness = createHarness({
    gateway: scriptedGateway([candidate('small')], () => ['Without any number.']),
    retriever: scriptedRetriever([passage({ text: 'Water boils.' }), passage({ text: 'Ice melts.', title: 'Ice' })]),
  });
  const { ask, chat, db } = harness;
  const { messageId, turnId } = ask('What does ice do when it gets warm?');
  await collect(chat.watch(turnId, {}));
  const { passages } = createConversationHandlers({ conversations: createConversationsOf(harness), expectQuestion: () => {} });
  const { passages: found } = await call(passages, { messageId }, context);
  expect(found.map(({ marker, title, text, current }) => [marker, title, text, current])).toEqual([
    [1, 'Guide', 'Water boils.', false],
    [2, 'Ice', 'Ice melts.', false],
  ]);
  const { documentId, versionId } = found[0] ?? {};
  db.exec(`INSERT INTO documents(id, title, source, created_at, updated_at, current_version) VALUES ('${documentId}', 't', 's', 1, 1, '${versionId}');
    INSERT INTO document_versions(id, document_id, ordinal, blob_hash, size, mime, state, created_at) VALUES ('${versionId}', '${documentId}', 1, 'b', 1, 'm', 'ready', 1)`);
  expect((await call(passages, { messageId }, context)).passages.map(({ current }) => current)).toEqual([true, false]);
  await expect(call(passages, { messageId: newId() }, context)).resolves.toEqual({ passages: [] });
});

test('expects a question as soon as a draft of one is saved', async () => {
  harness = createHarness();
  let expected = 0;
  const expectQuestion = () => {
    expected += 1;
  };
  const { saveDraft } = createConversationHandlers({ conversations: createConversationsOf(harness), expectQuestion });
  await call(saveDraft, { key: 'new', text: '' }, context);
  expect(expected).toBe(0);
  await call(saveDraft, { key: 'new', text: 'Where' }, context);
  expect(expected).toBe(1);
});
