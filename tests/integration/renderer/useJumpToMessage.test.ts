import '../../support/page';

import { useJumpToMessage } from '@renderer/features/chat/useJumpToMessage';
import { newId } from '@shared/model';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startTestEngine, type TestEngine } from '../../support/engine';
import { type FaultyProvider, startFaultyProvider } from '../../support/faultyProvider';
import { engineOf, mountHook } from '../../support/mountHook';

let engine: TestEngine;
let provider: FaultyProvider;
const conversationId = newId();
/** The question, its first answer, which another version replaced, and the second one with what follows it. */
let question: string;
let left: string;
let active: string;

beforeAll(async () => {
  engine = await startTestEngine();
  provider = await startFaultyProvider('openai');
  await engine.addProvider({ baseUrl: provider.baseUrl, model: 'model-a' });
  await engine.client.settings.update({ conversations: { modelTitles: false } });
  const { chat } = engine.client;
  const finish = async (turnId: string): Promise<void> => {
    for await (const _event of await chat.watch({ turnId }));
  };
  const first = await chat.send({ turnId: newId(), questionId: newId(), conversationId, text: 'Tell', settings: { documents: false } });
  await finish(first.turnId);
  const second = await chat.regenerate({ turnId: newId(), messageId: first.messageId });
  await finish(second.turnId);
  [question, left, active] = [first.questionId, first.messageId, second.messageId];
}, 60_000);
afterAll(async () => {
  await engine?.close();
  await provider?.close();
});

/** Mounts the hook on a page that has loaded the messages at these positions. */
const mount = async (jumpTo: string | null, loaded: Record<string, number> = {}) => {
  const show = vi.fn();
  const list = { current: { toEnd: vi.fn(), show, content: () => null } };
  const branch = { total: 2, at: () => undefined, positionOf: (id: string) => loaded[id] ?? -1, tail: [] };
  const hook = await mountHook(
    (more: { jumpTo: string | null; loaded: boolean }) => useJumpToMessage({ conversationId, branch: { ...branch }, list, ...more }),
    { jumpTo, loaded: true },
    engineOf(engine.client),
  );
  return { hook, show };
};
const branchNow = async (): Promise<string[]> => (await engine.client.conversations.messages({ conversationId })).items.map(({ id }) => id);

test('a message that is loaded is shown in the middle, once for each address', async () => {
  const { hook, show } = await mount(question, { [question]: 0, [active]: 1 });
  await vi.waitFor(() => expect(show).toHaveBeenCalledTimes(1));
  expect(show).toHaveBeenLastCalledWith(expect.objectContaining({ message: question, index: 0, below: 'middle' }));
  hook.show({ jumpTo: question, loaded: true });
  hook.show({ jumpTo: active, loaded: true });
  await vi.waitFor(() => expect(show).toHaveBeenCalledTimes(2));
  expect(show).toHaveBeenLastCalledWith(expect.objectContaining({ message: active, index: 1 }));
  hook.unmount();
});

test('nothing is shown before the end of the branch is loaded', async () => {
  const { hook, show } = await mount(null, { [active]: 1 });
  hook.show({ jumpTo: active, loaded: false });
  expect(show).not.toHaveBeenCalled();
  hook.show({ jumpTo: active, loaded: true });
  await vi.waitFor(() => expect(show).toHaveBeenCalledTimes(1));
  hook.unmount();
});

test('the engine knows where a message stands that is not loaded', async () => {
  const { hook, show } = await mount(active);
  await vi.waitFor(() => expect(show).toHaveBeenCalledWith(expect.objectContaining({ message: active, index: 1 })));
  expect(await branchNow()).toEqual([question, active]);
  hook.unmount();
});

test('a message of another branch makes that one the active one', async () => {
  const { hook, show } = await mount(left);
  await vi.waitFor(() => expect(show).toHaveBeenCalledWith(expect.objectContaining({ message: left, index: 1 })));
  expect(await branchNow()).toEqual([question, left]);
  hook.unmount();
});

test('a message that is nowhere shows nothing, and says so', async () => {
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
  const { hook, show } = await mount(newId());
  await vi.waitFor(() => expect(warn).toHaveBeenCalled());
  expect(show).not.toHaveBeenCalled();
  warn.mockRestore();
  hook.unmount();
});
