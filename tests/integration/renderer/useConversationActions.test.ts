import '../../support/page';

import { type Client, useApi } from '@renderer/base/client';
import { useConversationActions } from '@renderer/features/chat/useConversationActions';
import { useToasts } from '@renderer/ui/toast';
import { type Conversation, newId } from '@shared/model';
import { useQuery } from '@tanstack/react-query';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { startTestEngine, type TestEngine } from '../../support/engine';
import { engineOf, mountHook } from '../../support/mountHook';

vi.mock('@renderer/base/routes', () => ({ currentPath: () => '/chat', goTo: vi.fn(), goToPath: vi.fn(), isOpen: () => false }));
vi.mock('@renderer/lib/save', () => ({ saveText: vi.fn() }));

let engine: TestEngine;
beforeAll(async () => {
  engine = await startTestEngine();
  Object.assign(document, { querySelectorAll: () => [] });
  vi.stubGlobal('requestAnimationFrame', (frame: () => void) => setTimeout(frame));
}, 60_000);
afterAll(async () => {
  vi.unstubAllGlobals();
  await engine?.close();
});
afterEach(() => useToasts.setState({ entries: [] }));

/** The client of the engine, of which no change reaches it. */
const refusing = (client: Client): Client => {
  const refuse = async () => {
    throw new Error('The engine refuses.');
  };
  const conversations = new Proxy(client.conversations, {
    get: (target, name) => (name === 'update' || name === 'remove' ? refuse : Reflect.get(target, name)),
  });
  return new Proxy(client, { get: (target, name) => (name === 'conversations' ? conversations : Reflect.get(target, name)) });
};

/** A window that lists the conversations. `refuses`: the engine refuses every change. */
const mount = async ({ refuses = false } = {}) => {
  const client = refuses ? refusing(engine.client) : engine.client;
  return mountHook(
    () => ({
      actions: useConversationActions(),
      listed: useQuery(useApi().conversations.list.queryOptions({ input: { kind: 'chat' } })).data?.items,
    }),
    null,
    engineOf(client),
  );
};
type Mounted = Awaited<ReturnType<typeof mount>>;
const create = (): Promise<Conversation> => engine.client.conversations.create({ id: newId() });
const listed = (hook: Mounted, id: string): Conversation | undefined => hook.current.listed?.find((conversation) => conversation.id === id);
const shown = async (hook: Mounted, id: string): Promise<Conversation> => {
  await vi.waitFor(() => expect(listed(hook, id)).toBeDefined());
  return listed(hook, id) as Conversation;
};

test('renames and pins a conversation in the list at once, and stores it', async () => {
  const { id } = await create();
  const hook = await mount();
  const before = await shown(hook, id);
  const renamed = hook.current.actions.rename(id, 'The lamp');
  await vi.waitFor(() => expect(listed(hook, id)?.title).toBe('The lamp'));
  await expect(renamed).resolves.toBe(true);
  await hook.current.actions.pin(before);
  await vi.waitFor(() => expect(listed(hook, id)?.pinned).toBe(true));
  await expect(engine.client.conversations.get({ id })).resolves.toMatchObject({ title: 'The lamp', pinned: true });
  hook.unmount();
});

test('shows the list as it is stored again when the engine refuses a change', async () => {
  const { id } = await create();
  const hook = await mount({ refuses: true });
  await shown(hook, id);
  await expect(hook.current.actions.rename(id, 'Refused')).resolves.toBe(false);
  await vi.waitFor(() => expect(listed(hook, id)?.title).toBe(''));
  expect(useToasts.getState().entries).toMatchObject([{ tone: 'danger' }]);
  await hook.current.actions.remove(await shown(hook, id));
  await vi.waitFor(() => expect(listed(hook, id)).toBeDefined());
  // A refused deletion offers no Undo.
  expect(useToasts.getState().entries.every(({ action }) => action === undefined)).toBe(true);
  hook.unmount();
});

test('deletes a conversation, and Undo restores it', async () => {
  const { id } = await create();
  const hook = await mount();
  await hook.current.actions.remove(await shown(hook, id));
  await vi.waitFor(() => expect(listed(hook, id)).toBeUndefined());
  expect((await engine.client.conversations.get({ id })).deletedAt).not.toBeNull();
  const [said] = useToasts.getState().entries;
  expect(said).toMatchObject({ message: 'Conversation deleted', action: { label: 'Undo' } });
  await said?.action?.onAction();
  expect((await engine.client.conversations.get({ id })).deletedAt).toBeNull();
  hook.unmount();
});

test('forgets a conversation for good, without Undo', async () => {
  const { id } = await create();
  const hook = await mount();
  await hook.current.actions.forget(await shown(hook, id));
  await vi.waitFor(() => expect(listed(hook, id)).toBeUndefined());
  await expect(engine.client.conversations.get({ id })).rejects.toMatchObject({ code: 'not_found' });
  const [said] = useToasts.getState().entries;
  expect(said?.message).toMatch(/^The conversation is gone/);
  expect(said?.action).toBeUndefined();
  hook.unmount();
});

test('archives a conversation with Undo, and brings one back without', async () => {
  const { id } = await create();
  const hook = await mount();
  await hook.current.actions.archive(await shown(hook, id));
  const archived = await engine.client.conversations.get({ id });
  expect(archived.archivedAt).not.toBeNull();
  const [said] = useToasts.getState().entries;
  await said?.action?.onAction();
  expect((await engine.client.conversations.get({ id })).archivedAt).toBeNull();
  useToasts.setState({ entries: [] });
  await hook.current.actions.archive(archived);
  expect(useToasts.getState().entries).toEqual([]);
  hook.unmount();
});

test('exports the whole conversation into a file named by its title', async () => {
  const { saveText } = await import('@renderer/lib/save');
  const { id } = await create();
  await engine.client.conversations.update({ id, title: 'The lamp' });
  const hook = await mount();
  await hook.current.actions.exportAs(await shown(hook, id), 'markdown');
  expect(saveText).toHaveBeenCalledWith(expect.stringMatching(/lamp.*\.md$/i), expect.any(String), expect.stringContaining('The lamp'));
  hook.unmount();
});
