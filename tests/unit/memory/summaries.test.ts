import { resolve } from 'node:path';
import { createSummaries, foldCount, type SummariesDeps } from '@main/memory/summary/summaries';
import { createPrompts } from '@main/prompts/createPrompts';
import { messageText } from '@main/providers/promptMessage';
import { findConversation, insertConversation, setActiveLeaf } from '@main/store/conversations';
import { forgetConversation } from '@main/store/forget';
import { allMessages, insertMessage } from '@main/store/messages';
import { defaultConversationSettings, EmergenceError, newId } from '@shared/model';
import { afterEach, describe, expect, it } from 'vitest';
import { candidate, collect, createHarness, type Harness, type Script, scriptedGateway } from '../chat/harness';

let harness: Harness | null = null;
afterEach(async () => {
  await harness?.close();
  harness = null;
});

let now = 1_000;
/** A harness whose model answers "Fine." and sums up as `summing` says. */
const start = (summing: (request: number) => Script = (request) => [`Summary ${request}.`], contextTokens = 100_000) => {
  let asked = 0;
  const gateway = scriptedGateway([candidate('small', contextTokens)], ({ purpose }) => {
    if (purpose !== 'summary') return ['Fine.'];
    asked += 1;
    return summing(asked);
  });
  harness = createHarness({ gateway, now: () => now++ });
  return { harness, gateway };
};
/** Stores messages of a branch, numbered from `first`, below `parentId`; returns their ids. */
const fill = (
  { db }: Harness,
  conversationId: string,
  count: number,
  parentId: string | null = null,
  text = (n: number) => `message ${n}`,
) => {
  insertConversation(db, { id: conversationId, kind: 'chat', settings: defaultConversationSettings, now });
  const ids: string[] = [];
  let parent = parentId;
  for (let index = 0; index < count; index += 1) {
    const id = newId();
    const role = index % 2 === 0 ? ('user' as const) : ('assistant' as const);
    const speaker = role === 'user' ? null : 'anima';
    insertMessage(db, {
      id,
      conversationId,
      parentId: parent,
      turnId: null,
      role,
      speaker,
      state: 'complete',
      text: text(index),
      at: now++,
    });
    ids.push(id);
    parent = id;
  }
  if (parent) setActiveLeaf(db, conversationId, parent);
  return ids;
};
const grown = (conversationId: string, leaf: string | undefined) => ({
  conversationId,
  leaf: leaf ?? '',
  agentId: 'anima',
  language: 'en' as const,
});

describe('the number of messages to fold', () => {
  it('leaves 30 of 45, and none before', () => {
    expect(foldCount(Array(44).fill(10), 100_000)).toBe(0);
    expect(foldCount(Array(45).fill(10), 100_000)).toBe(15);
    expect(foldCount(Array(200).fill(10), 100_000)).toBe(170);
  });
  it('leaves less than half of a window that is 80 % full, and always the last two', () => {
    expect(foldCount(Array(7).fill(100), 1_000)).toBe(0);
    expect(foldCount(Array(8).fill(100), 1_000)).toBe(4);
    expect(foldCount([10, 400, 600], 1_000)).toBe(1);
    expect(foldCount([900, 100], 1_000)).toBe(0);
  });
});

describe('a rolling summary', () => {
  it('replaces the oldest messages in the next prompt, and leaves them stored', async () => {
    const { harness, gateway } = start();
    const id = newId();
    const ids = fill(harness, id, 43 + 1);
    const ticket = harness.ask('message 44', id);
    await collect(harness.chat.watch(ticket.turnId, {}));
    await harness.memory.summaries.idle();
    const [summary] = harness.memory.summaries.list(id);
    expect(summary).toMatchObject({ text: 'Summary 1.', upToMessage: ids[15], origin: 'model', model: 'small', enabled: true });
    const asked = gateway.prompts.find((_, index) => gateway.requests[index]?.purpose === 'summary');
    const transcript = messageText(asked?.messages[0] ?? { role: 'user', parts: [] });
    expect(transcript).toContain('The person: message 0\n\nAnimA: message 1');
    expect(transcript).toContain('AnimA: message 15\n</transcript>');
    const next = harness.ask('What now?', id);
    await collect(harness.chat.watch(next.turnId, {}));
    const prompt = gateway.prompts.at(-1);
    expect(prompt?.system).toContain('<summary>\nSummary 1.\n</summary>');
    expect(prompt?.messages.map(messageText)).toHaveLength(31);
    expect(messageText(prompt?.messages[0] ?? { role: 'user', parts: [] })).toBe('message 16');
    expect(allMessages(harness.db, id)).toHaveLength(48);
    expect(findConversation(harness.db, id)).not.toBeNull();
  });

  it('grows from the one before it, and counts on its own branch only', async () => {
    const { harness, gateway } = start();
    const { summaries } = harness.memory;
    const id = newId();
    const ids = fill(harness, id, 45);
    summaries.consider(grown(id, ids.at(-1)));
    await summaries.idle();
    const more = fill(harness, id, 15, ids.at(-1), (n) => `later ${n}`);
    summaries.consider(grown(id, more.at(-1)));
    await summaries.idle();
    expect(summaries.list(id).map(({ text }) => text)).toEqual(['Summary 2.', 'Summary 1.']);
    const transcript = messageText(gateway.prompts.at(-1)?.messages[0] ?? { role: 'user', parts: [] });
    expect(transcript).toContain('Summary of what was said before:\nSummary 1.');
    expect(transcript).toContain('message 29');
    expect(transcript).not.toContain('message 14');
    expect(summaries.of(id, more.at(-1) ?? '')?.text).toBe('Summary 2.');
    expect(summaries.of(id, ids[20] ?? '')?.text).toBe('Summary 1.');
    expect(summaries.of(id, ids[10] ?? '')).toBeNull();
  });

  it('can be edited, switched off and undone, and an undone one is not made again at once', async () => {
    const { harness } = start();
    const { summaries } = harness.memory;
    const id = newId();
    const ids = fill(harness, id, 45);
    const leaf = ids.at(-1) ?? '';
    summaries.consider(grown(id, leaf));
    await summaries.idle();
    const first = summaries.list(id)[0]?.id ?? '';
    expect(summaries.edit(first, 'Mine.')).toMatchObject({ text: 'Mine.', origin: 'person' });
    expect(summaries.setEnabled(first, false).enabled).toBe(false);
    expect(summaries.of(id, leaf)).toBeNull();
    const more = fill(harness, id, 20, leaf);
    summaries.consider(grown(id, more.at(-1)));
    await summaries.idle();
    expect(summaries.list(id)).toHaveLength(1);
    summaries.setEnabled(first, true);
    expect(summaries.of(id, leaf)?.text).toBe('Mine.');
    summaries.undo(first);
    expect([summaries.of(id, leaf), summaries.list(id)]).toEqual([null, []]);
    expect(() => summaries.edit(first, 'x')).toThrow(new EmergenceError('not_found'));
    const other = newId();
    const others = fill(harness, other, 45);
    summaries.consider(grown(other, others.at(-1)));
    await summaries.idle();
    summaries.undo(summaries.list(other)[0]?.id ?? '');
    summaries.consider(grown(other, others.at(-1)));
    await summaries.idle();
    expect(summaries.list(other)).toEqual([]);
    const later = fill(harness, other, 15, others.at(-1));
    summaries.consider(grown(other, later.at(-1)));
    await summaries.idle();
    expect(summaries.list(other)[0]?.upToMessage).toBe(others[29]);
  });

  it('is folded in several calls where the window is small', async () => {
    const { harness, gateway } = start((request) => [`Summary ${request}.`], 2_000);
    const id = newId();
    const ids = fill(harness, id, 60, null, (n) => `message ${n} ${'words '.repeat(40)}`);
    harness.memory.summaries.consider(grown(id, ids.at(-1)));
    await harness.memory.summaries.idle();
    expect(gateway.requests.length).toBeGreaterThan(1);
    expect(harness.memory.summaries.of(id, ids.at(-1) ?? '')?.text).toBe(`Summary ${gateway.requests.length}.`);
  });

  it('is not made where a model fails, none is there, or it is off, and the conversation goes on', async () => {
    const { harness } = start(() => [new EmergenceError('provider.no_answer')]);
    const id = newId();
    const ids = fill(harness, id, 45);
    harness.memory.summaries.consider(grown(id, ids.at(-1)));
    await harness.memory.summaries.idle();
    expect(harness.memory.summaries.list(id)).toEqual([]);
    expect(harness.telemetry.logged).toHaveLength(1);
    const settings = { ...harness.deps.settings(), memory: { ...harness.deps.settings().memory, summaries: false } };
    const gateway = scriptedGateway([candidate('a')], () => ['Words.']);
    const prompts = createPrompts({ folder: resolve('resources/prompts') });
    const off = createSummaries({ ...(harness.deps as unknown as SummariesDeps), prompts, gateway, settings: () => settings });
    off.consider(grown(id, ids.at(-1)));
    await off.idle();
    expect(gateway.requests).toEqual([]);
  });

  it('leaves with its conversation', async () => {
    const { harness } = start(() => ['A canary of yellow.']);
    const id = newId();
    const ids = fill(harness, id, 45);
    harness.memory.summaries.consider(grown(id, ids.at(-1)));
    await harness.memory.summaries.idle();
    expect(harness.memory.summaries.list(id)).toHaveLength(1);
    await forgetConversation(harness.db, id, now);
    expect(harness.db.prepare('SELECT count(*) AS n FROM conversation_summaries').get()).toEqual({ n: 0 });
  });
});
