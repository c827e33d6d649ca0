import '../../support/page';

import type { Client } from '@renderer/base/client';
import { putDraft, useDraft } from '@renderer/conversation/useDraft';
import { newId } from '@shared/model';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { startTestEngine, type TestEngine } from '../../support/engine';
import { engineOf, type MountedHook, mountHook } from '../../support/mountHook';

let engine: TestEngine;
/** The drafts that the window saved, in order. */
let saved: { key: string; text: string }[] = [];

beforeAll(async () => {
  engine = await startTestEngine();
}, 60_000);
afterAll(() => engine?.close());
beforeEach(() => {
  saved = [];
});

const over = <Whole extends object>(whole: Whole, name: string, part: unknown): Whole =>
  new Proxy(whole, { get: (target, key) => (key === name ? part : Reflect.get(target, key)) });

/** The engine's calls, with a list of the drafts that go to it. */
const listening = (): Client => {
  const { conversations } = engine.client;
  const saveDraft: typeof conversations.saveDraft = (draft, ...rest) => {
    saved.push(draft);
    return conversations.saveDraft(draft, ...rest);
  };
  return over(engine.client, 'conversations', over(conversations, 'saveDraft', saveDraft));
};
const stored = async (key: string): Promise<string> => (await engine.client.conversations.draft({ key })).text;
const mount = (id: string, client = listening()): Promise<MountedHook<{ id: string }, ReturnType<typeof useDraft>>> =>
  mountHook(({ id }) => useDraft(id), { id }, engineOf(client));

/** Mounts the hook and waits until it has read its stored draft. */
const mountRead: typeof mount = async (id) => {
  await engine.client.conversations.saveDraft({ key: id, text: 'Before' });
  const hook = await mount(id);
  await vi.waitFor(() => expect(hook.current.text).toBe('Before'));
  return hook;
};

/** The engine's calls, of which those that read a draft wait until they are let through. */
const slowToRead = (): { client: Client; read: () => void } => {
  const gate = Promise.withResolvers<void>();
  const client = listening();
  const { conversations } = client;
  const draft: typeof conversations.draft = async (...asked) => {
    await gate.promise;
    return conversations.draft(...asked);
  };
  return { client: over(client, 'conversations', over(conversations, 'draft', draft)), read: gate.resolve };
};

test('keeps the stored draft above what was typed before it was read', async () => {
  const id = newId();
  await engine.client.conversations.saveDraft({ key: id, text: 'Written yesterday' });
  const { client, read } = slowToRead();
  const hook = await mount(id, client);
  hook.current.setText('Typed at once');
  expect(saved).toEqual([]);
  read();
  await vi.waitFor(() => expect(hook.current.text).toBe('Written yesterday\n\nTyped at once'));
  hook.unmount();
  await vi.waitFor(async () => expect(await stored(id)).toBe('Written yesterday\n\nTyped at once'));
});

test('keeps what was typed before the stored draft was read when the page goes away', async () => {
  const id = newId();
  await engine.client.conversations.saveDraft({ key: id, text: 'Written yesterday' });
  const { client, read } = slowToRead();
  const hook = await mount(id, client);
  hook.current.setText('Typed at once');
  window.dispatchEvent(new Event('pagehide'));
  window.dispatchEvent(new Event('pagehide'));
  expect(saved).toEqual([{ key: id, text: 'Typed at once', isBelow: true }]);
  await vi.waitFor(async () => expect(await stored(id)).toBe('Written yesterday\n\nTyped at once'));
  // A page that stays after all shows it once.
  read();
  await vi.waitFor(() => expect(hook.current.text).toBe('Written yesterday\n\nTyped at once'));
  hook.unmount();
  expect(await stored(id)).toBe('Written yesterday\n\nTyped at once');
});

test('shows the stored draft after a question that was sent before it was read', async () => {
  const id = newId();
  await engine.client.conversations.saveDraft({ key: id, text: 'Written yesterday' });
  const { client, read } = slowToRead();
  const hook = await mount(id, client);
  hook.current.setText('A quick question');
  hook.current.clear();
  read();
  await vi.waitFor(() => expect(hook.current.text).toBe('Written yesterday'));
  hook.unmount();
  expect(await stored(id)).toBe('Written yesterday');
});

test('shows typed text at once and saves it once, when the keys rest', async () => {
  const id = newId();
  const hook = await mountRead(id);
  for (const text of ['W', 'Wh', 'Why']) hook.current.setText(text);
  await vi.waitFor(() => expect(hook.current.text).toBe('Why'));
  expect(saved).toEqual([]);
  await vi.waitFor(async () => expect(await stored(id)).toBe('Why'), { timeout: 10_000, interval: 20 });
  expect(saved).toEqual([{ key: id, text: 'Why' }]);
  hook.unmount();
});

test('a page that goes away, and a composer that does, save what waits', async () => {
  const [first, second] = [newId(), newId()];
  const hook = await mountRead(first);
  hook.current.setText('Half a question');
  window.dispatchEvent(new Event('pagehide'));
  expect(saved).toEqual([{ key: first, text: 'Half a question' }]);
  hook.unmount();
  const other = await mountRead(second);
  other.current.setText('Another');
  other.unmount();
  expect(saved.slice(1)).toEqual([{ key: second, text: 'Another' }]);
  await vi.waitFor(async () => expect([await stored(first), await stored(second)]).toEqual(['Half a question', 'Another']));
  // It stands where it was when one comes back.
  const again = await mount(first);
  expect(again.current.text).toBe('Half a question');
  again.unmount();
});

test('on the way to another conversation each keeps its own draft', async () => {
  const [first, second] = [newId(), newId()];
  await engine.client.conversations.saveDraft({ key: second, text: 'Written before' });
  const hook = await mountRead(first);
  hook.current.setText('Of the first');
  hook.show({ id: second });
  await vi.waitFor(() => expect(hook.current.text).toBe('Written before'));
  hook.current.setText('Written after');
  await vi.waitFor(() => expect(saved).toEqual([{ key: first, text: 'Of the first' }]));
  hook.show({ id: first });
  expect(hook.current.text).toBe('Of the first');
  hook.unmount();
  await vi.waitFor(async () => expect([await stored(first), await stored(second)]).toEqual(['Of the first', 'Written after']));
});

test('puts text from elsewhere below the stored draft, after it was read', async () => {
  const id = newId();
  await engine.client.conversations.saveDraft({ key: id, text: 'Written before\n' });
  putDraft(id, 'A suggestion');
  const hook = await mount(id);
  await vi.waitFor(() => expect(hook.current.text).toBe('Written before\n\nA suggestion'));
  // It is taken once.
  hook.current.setText('');
  await vi.waitFor(() => expect(hook.current.text).toBe(''));
  hook.unmount();
});

test('keeps a text too long for the field beside it, saved at once, while one types', async () => {
  const id = newId();
  const long = 'A long line. '.repeat(10_000);
  const hook = await mountRead(id);
  hook.current.setText(long);
  expect(saved).toHaveLength(1);
  await vi.waitFor(() => expect(hook.current).toMatchObject({ text: '', long }));
  hook.current.setText('About it');
  hook.current.addLong('More of it');
  await vi.waitFor(() => expect(hook.current).toMatchObject({ text: 'About it', long: `${long}\n\nMore of it` }));
  hook.unmount();
  const again = await mount(id);
  expect(again.current).toMatchObject({ text: 'About it', long: `${long}\n\nMore of it` });
  again.current.removeLong();
  await vi.waitFor(async () => expect(await stored(id)).toBe('About it'));
  again.unmount();
});

test('removes a sent draft from the field and from the store at once', async () => {
  const id = newId();
  const hook = await mountRead(id);
  hook.current.setText('A question');
  hook.current.clear();
  expect(saved).toEqual([{ key: id, text: '' }]);
  await vi.waitFor(() => expect(hook.current.text).toBe(''));
  hook.unmount();
  // Nothing that still waited comes after it.
  expect(saved).toHaveLength(1);
  expect(await stored(id)).toBe('');
});

test('shows a long text that was put back once it is stored, below what was typed meanwhile', async () => {
  const id = newId();
  const gate = Promise.withResolvers<void>();
  const client = listening();
  const { conversations } = client;
  const saveDraft: typeof conversations.saveDraft = async (draft, ...rest) => {
    if (draft.text.includes('A report')) await gate.promise;
    return conversations.saveDraft(draft, ...rest);
  };
  const hook = await mount(id, over(client, 'conversations', over(conversations, 'saveDraft', saveDraft)));
  await vi.waitFor(async () => expect(await stored(id)).toBe(''));
  const putBack = hook.current.putBackLong('A report');
  hook.current.setText('What does it say?');
  await vi.waitFor(() => expect(hook.current.text).toBe('What does it say?'));
  expect(hook.current.long).toBe('');
  gate.resolve();
  await putBack;
  await vi.waitFor(() => expect(hook.current).toMatchObject({ text: 'What does it say?', long: 'A report' }));
  await vi.waitFor(async () => expect(await stored(id)).toContain('A report'));
  hook.unmount();
});

test('waits with a text that was put back until the stored draft is read, and saves both', async () => {
  const id = newId();
  await engine.client.conversations.saveDraft({ key: id, text: 'Written yesterday' });
  const { client, read } = slowToRead();
  const hook = await mount(id, client);
  hook.current.setText('Typed at once');
  const putBack = hook.current.putBackLong('A report');
  await vi.waitFor(() => expect(hook.current.text).toBe('Typed at once'));
  expect(hook.current.long).toBe('');
  read();
  await putBack;
  // No pause for more keys: a page that is left now has it.
  expect(await stored(id)).toMatch(/^Written yesterday\n\nTyped at once.A report$/s);
  await vi.waitFor(() => expect(hook.current).toMatchObject({ text: 'Written yesterday\n\nTyped at once', long: 'A report' }));
  hook.unmount();
});
