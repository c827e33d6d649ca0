import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createConversations } from '@main/chat/conversationService';
import { insertDebate } from '@main/store/debates';
import { forgetConversation } from '@main/store/forget';
import { EmergenceError, type Message, newId, placeOfPage } from '@shared/model';
import { afterEach, expect, it, vi } from 'vitest';
import { candidate, collect, createHarness, type Harness, passage, scriptedGateway, scriptedRetriever } from './harness';

const canary = 'quetzalcoatlus';
const closing: (() => void | Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const start = (...script: (string | number | EmergenceError)[]): Harness & { conversations: ReturnType<typeof createConversations> } => {
  const harness = createHarness({
    gateway: scriptedGateway([candidate('small')], () => script),
    retriever: scriptedRetriever([passage({ text: `The ${canary} had wings.`, title: 'Flyers', place: placeOfPage(7) })]),
  });
  closing.push(harness.close);
  const conversations = createConversations({
    db: harness.db,
    changes: harness.deps.changes,
    nameOf: harness.deps.agents.nameOf,
    stopConversation: harness.chat.stopConversation,
    isAnswering: (id) => harness.chat.active().some(({ conversationId }) => conversationId === id),
    backupsUntil: () => 99,
    now: () => 5,
  });
  return { ...harness, conversations };
};

/** Files of a folder that contain a word in any letter case. */
const filesWith = (folder: string, word: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => readFileSync(path).toString('latin1').toLowerCase().includes(word));

it('forget leaves the word in no file', async () => {
  const { ask, chat, conversations, db, folder } = start(`A ${canary} [1], `, 1_100, `more ${canary}`, 60_000);
  const kept = chat.send({ turnId: newId(), questionId: newId(), conversationId: newId(), text: 'Other', settings: { documents: false } });
  await chat.stop(kept.turnId);
  const ticket = ask(`What is a ${canary}?`);
  conversations.saveDraft(ticket.conversationId, `draft about ${canary}`);
  insertDebate(db, {
    conversationId: ticket.conversationId,
    config: {
      topic: canary,
      debaters: [],
      mediator: { agentId: 'nexus', part: 'mediator', side: '', model: null },
      rounds: 1,
      documents: false,
      collectionIds: [],
    },
    now: 1,
  });
  db.prepare(
    `INSERT INTO model_calls(id, at, purpose, turn_id, conversation_id, agent_id, provider, model, attempt, outcome, tokens_in, tokens_out, tokens_cached, estimated, ms)
     VALUES ('call', 1, 'answer', ?, ?, 'anima', 'p', 'm', 1, 'stopped', 1, 1, 0, 0, 1)`,
  ).run(ticket.turnId, ticket.conversationId);
  for await (const { event } of chat.watch(ticket.turnId, {})) if (event.type === 'delta' && event.offset > 0) break;
  expect(conversations.search(canary.slice(0, 6), 10).map(({ messageId }) => messageId)).toEqual([null, ticket.questionId]);
  expect(filesWith(folder, canary)).not.toEqual([]);

  await expect(conversations.forget(ticket.conversationId)).resolves.toEqual({ backupsUntil: 99 });
  expect(filesWith(folder, canary)).toEqual([]);
  expect(conversations.search(canary, 10)).toEqual([]);
  // Prefix compression could hide a word from a search of bytes, so the index's own vocabulary is checked too.
  for (const table of ['message_fts', 'conversation_fts']) {
    db.exec(`CREATE VIRTUAL TABLE temp.words USING fts5vocab(main, '${table}', 'row')`);
    expect(db.prepare('SELECT count(*) AS n FROM temp.words WHERE term = ?').get(canary)).toEqual({ n: 0 });
    db.exec('DROP TABLE temp.words');
    expect(() => db.exec(`INSERT INTO ${table}(${table}, rank) VALUES ('integrity-check', 1)`)).not.toThrow();
  }
  expect(() => conversations.get(ticket.conversationId)).toThrow(EmergenceError);
  expect(db.prepare('SELECT count(*) AS n FROM model_calls').get()).toEqual({ n: 1 });
  expect(conversations.messages({ conversationId: kept.conversationId, limit: 10 }).items).toHaveLength(2);
  expect(db.pragma('foreign_key_check')).toEqual([]);
});

it('forget empties the log even when a reader holds it for a moment', async () => {
  const { ask, chat, db, folder } = start('Words');
  const ticket = ask(canary);
  await collect(chat.watch(ticket.turnId, {}));
  const { default: Database } = await import('better-sqlite3');
  const reader = new Database(join(folder, 'emergence.db'), { readonly: true });
  reader.exec('BEGIN');
  reader.prepare('SELECT count(*) FROM messages').get();
  db.pragma('busy_timeout = 50');
  const pragma = vi.spyOn(db, 'pragma');
  const refused = (): boolean => pragma.mock.results.some(({ value }) => (value as { busy?: number }[])?.[0]?.busy === 1);
  void vi.waitUntil(refused, { timeout: 20_000, interval: 10 }).then(() => reader.close());
  expect(await forgetConversation(db, ticket.conversationId, 1)).toBe(true);
  expect(filesWith(folder, canary)).toEqual([]);
});

it('lists deleted conversations by page, the last first, until they are restored or forgotten', async () => {
  const { chat, conversations } = start('Half', 60_000);
  const ids = Array.from({ length: 3 }, () => newId());
  for (const id of ids) {
    const { turnId } = chat.send({
      turnId: newId(),
      questionId: newId(),
      conversationId: id,
      text: 'Hello',
      settings: { documents: false },
    });
    await chat.stop(turnId);
    await conversations.remove(id);
  }
  const listed = (cursor: string | null, limit: number) => {
    const { items, nextCursor } = conversations.deleted({ cursor, limit });
    return { ids: items.map(({ id }) => id), nextCursor };
  };
  const first = listed(null, 2);
  expect(first.ids).toEqual([ids[2], ids[1]]);
  expect(listed(first.nextCursor, 2)).toEqual({ ids: [ids[0]], nextCursor: null });
  conversations.restore(ids[1] ?? '');
  await conversations.forget(ids[2] ?? '');
  expect(listed(null, 2)).toEqual({ ids: [ids[0]], nextCursor: null });
});

it('remove stops running work and can be undone', async () => {
  const { ask, chat, conversations } = start('Half', 60_000);
  const ticket = ask('A question');
  await conversations.remove(ticket.conversationId);
  expect(chat.active()).toEqual([]);
  expect(conversations.get(ticket.conversationId).deletedAt).toBe(5);
  expect(conversations.list({ kind: 'chat', archived: false, cursor: null, limit: 5 }).items).toEqual([]);
  expect(() => ask('More', ticket.conversationId)).toThrow(expect.objectContaining({ code: 'not_found' }));
  expect(conversations.restore(ticket.conversationId).deletedAt).toBeNull();
  expect(conversations.messages({ conversationId: ticket.conversationId, limit: 5 }).items).toHaveLength(2);
});

it('makes a chosen branch the active one, down to its newest message', async () => {
  const { ask, chat, conversations } = start('An answer');
  const first = ask('one');
  await collect(chat.watch(first.turnId, {}));
  const second = ask('two', first.conversationId);
  await collect(chat.watch(second.turnId, {}));
  const edited = ask('one, edited', first.conversationId, { parentId: null });
  await collect(chat.watch(edited.turnId, {}));
  const texts = () => conversations.messages({ conversationId: first.conversationId, limit: 10 }).items.map(({ text }) => text);
  expect(texts()).toEqual(['one, edited', 'An answer']);
  expect(conversations.selectBranch(first.conversationId, first.questionId).activeLeaf).toBe(second.messageId);
  expect(texts()).toEqual(['one', 'An answer', 'two', 'An answer']);
  expect(conversations.messages({ conversationId: first.conversationId, before: second.questionId, limit: 1 })).toMatchObject({
    items: [{ id: first.messageId }],
    hasMore: true,
  });
  expect(conversations.messages({ conversationId: first.conversationId, around: second.questionId, limit: 2 })).toMatchObject({
    items: [{ id: first.messageId }, { id: second.questionId }],
    hasMore: true,
    hasNewer: true,
    start: 1,
    total: 4,
  });
  expect(conversations.find({ conversationId: first.conversationId, query: 'one' }).matches).toEqual([
    { messageId: first.questionId, position: 0, ranges: [[0, 3]] },
  ]);
  // A page before a message of the branch that was left still has the messages before it.
  expect(conversations.messages({ conversationId: first.conversationId, before: edited.messageId, limit: 5 }).items).toMatchObject([
    { id: edited.questionId },
  ]);
  for (const place of [{ around: edited.messageId }, { after: edited.messageId }, { before: newId() }])
    expect(() => conversations.messages({ conversationId: first.conversationId, ...place, limit: 5 })).toThrow(
      expect.objectContaining({ code: 'not_found' }),
    );
  expect(() => conversations.messages({ conversationId: newId(), around: first.questionId, limit: 5 })).toThrow(EmergenceError);
  expect(() => conversations.selectBranch(newId(), first.questionId)).toThrow(EmergenceError);
});

it('exports everything, with its sources', async () => {
  const long = 'word '.repeat(60_000);
  const { ask, chat, conversations } = start(`${long}end [1].`);
  const ticket = ask('Tell me everything: now/or "never"?');
  await collect(chat.watch(ticket.turnId, {}));
  const markdown = await conversations.export(ticket.conversationId, 'markdown');
  expect(markdown.fileName).toBe('Tell me everything now or never.md');
  expect(markdown.text).toContain(`${long}end [1].`);
  expect(markdown.text).toContain('> [1] Flyers, p. 7');
  expect(markdown.text).toContain(`> The ${canary} had wings.`);
  const json = JSON.parse((await conversations.export(ticket.conversationId, 'json')).text) as { messages: Message[] };
  expect(json.messages.map(({ text }) => text.length)).toEqual([
    'Tell me everything: now/or "never"?'.length,
    long.length + 'end [1].'.length,
  ]);
  // Programs that read such files find the fields that they have always had, and the place.
  expect(json.messages[1]?.citations).toMatchObject([{ page: 7, headingPath: [], place: { kind: 'page', from: 7, to: 7 } }]);
});

it('removes words from full text for good, from the first conversation on', () => {
  const { db } = start('x');
  for (const table of ['message_fts', 'conversation_fts'])
    expect(db.prepare(`SELECT v FROM ${table}_config WHERE k = 'secure-delete'`).pluck().get()).toBe(1);
});

it.each(['remove', 'forget'] as const)('%s: begins nothing new while running work is being stopped', async (way) => {
  const harness = createHarness();
  closing.push(harness.close);
  const conversationId = harness.ask('First', newId()).conversationId;
  const stopping = Promise.withResolvers<void>();
  const conversations = createConversations({
    db: harness.db,
    changes: harness.deps.changes,
    nameOf: harness.deps.agents.nameOf,
    stopConversation: () => stopping.promise,
    isAnswering: () => false,
    backupsUntil: () => null,
    now: () => 5,
  });
  const gone = conversations[way](conversationId);
  expect(() => harness.ask('Second', conversationId)).toThrowError(expect.objectContaining({ code: 'not_found' }));
  stopping.resolve();
  await gone;
});
