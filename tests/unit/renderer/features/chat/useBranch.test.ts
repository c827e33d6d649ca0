import '../../../../support/page';

import type { Client } from '@renderer/base/client';
import { type MessagePage, pageSize } from '@renderer/features/chat/branch';
import { useBranch } from '@renderer/features/chat/useBranch';
import { EmergenceError, type Message } from '@shared/model';
import { expect, test, vi } from 'vitest';
import { engineOf, mountHook } from '../../../../support/mountHook';

const length = 1_000;
interface Asked {
  conversationId: string;
  from?: number;
}

const pageOf = (conversationId: string, from: number): MessagePage => ({
  items: Array.from({ length: Math.min(pageSize, length - from) }, (_, index) => ({ id: `${conversationId}${from + index}` }) as Message),
  hasMore: from > 0,
  hasNewer: from + pageSize < length,
  start: from,
  total: length,
});

/** Mounts the hook on an engine with a conversation of 1,000 messages. Pages (not the tail) wait in `held` while it is there. */
const mount = async (more: { enabled?: boolean; held?: (() => void)[]; failure?: { error: unknown } } = {}) => {
  const { enabled = true, held, failure = { error: null } } = more;
  const asked: Asked[] = [];
  const messages = async ({ conversationId, from }: Asked): Promise<MessagePage> => {
    asked.push({ conversationId, from });
    if (failure.error) throw failure.error;
    if (from !== undefined && held) await new Promise<void>((go) => held.push(go));
    return pageOf(conversationId, from ?? length - pageSize);
  };
  const hook = await mountHook(
    ({ id, enabled: now }: { id: string; enabled: boolean }) => useBranch(id, now),
    { id: 'c', enabled },
    engineOf({ conversations: { messages } } as unknown as Client),
  );
  const pages = (): number[] => asked.flatMap(({ from }) => (from === undefined ? [] : [from / pageSize]));
  return { hook, asked, pages, failure };
};

test('reads only the end of a conversation first, and nothing before it may', async () => {
  const { hook, asked } = await mount({ enabled: false });
  expect([asked, hook.current.isPending, hook.current.isLoaded]).toEqual([[], true, false]);
  hook.show({ id: 'c', enabled: true });
  await vi.waitFor(() => expect(hook.current.isLoaded).toBe(true));
  hook.current.show(0, -1);
  hook.show({ id: 'c', enabled: true });
  expect(asked).toEqual([{ conversationId: 'c', from: undefined }]);
  expect(hook.current.branch.total).toBe(length);
  expect(hook.current.branch.at(length - 1)?.id).toBe('c999');
  hook.unmount();
});

test('loads the pages around the visible rows, and keeps those of the tail to itself', async () => {
  const { hook, pages } = await mount();
  await vi.waitFor(() => expect(hook.current.isLoaded).toBe(true));
  hook.current.show(length - 10, length - 1);
  hook.current.show(500, 510);
  await vi.waitFor(() => expect(hook.current.branch.at(505)?.id).toBe('c505'));
  expect(new Set(pages())).toEqual(new Set([12, 13]));
  expect([hook.current.branch.positionOf('c505'), hook.current.branch.at(200)]).toEqual([505, undefined]);
  hook.unmount();
});

test('requests where a fast scroll ends, not all that it passes while pages load', async () => {
  const held: (() => void)[] = [];
  const { hook, pages } = await mount({ held });
  await vi.waitFor(() => expect(hook.current.isLoaded).toBe(true));
  hook.current.show(800, 810);
  await vi.waitFor(() => expect(held).toHaveLength(2));
  for (const first of [600, 400, 200]) hook.current.show(first, first + 10);
  hook.show({ id: 'c', enabled: true });
  expect(pages()).toEqual([19, 20]);
  for (const go of held.splice(0)) go();
  await vi.waitFor(() => expect(held.length).toBeGreaterThan(0));
  for (const go of held.splice(0)) go();
  await vi.waitFor(() => expect(hook.current.branch.at(205)?.id).toBe('c205'));
  expect(pages()).toEqual([19, 20, 4, 5]);
  hook.unmount();
});

test('shows the messages of the conversation that is open, not those of the one before', async () => {
  const { hook } = await mount();
  await vi.waitFor(() => expect(hook.current.isLoaded).toBe(true));
  hook.current.show(500, 510);
  await vi.waitFor(() => expect(hook.current.branch.at(505)?.id).toBe('c505'));
  hook.show({ id: 'other', enabled: true });
  expect([hook.current.isLoaded, hook.current.branch.at(505), hook.current.branch.total]).toEqual([false, undefined, 0]);
  await vi.waitFor(() => expect(hook.current.branch.at(length - 1)?.id).toBe('other999'));
  expect(hook.current.branch.positionOf('c505')).toBe(-1);
  hook.unmount();
});

test('reports an engine that cannot read the messages, and reads them on request', async () => {
  const failure: { error: unknown } = { error: new EmergenceError('not_found') };
  const { hook } = await mount({ failure });
  await vi.waitFor(() => expect(hook.current.error).toMatchObject({ code: 'not_found' }));
  expect([hook.current.isPending, hook.current.isLoaded]).toEqual([false, false]);
  failure.error = null;
  await hook.current.refetch();
  await vi.waitFor(() => expect(hook.current.isLoaded).toBe(true));
  expect(hook.current.error).toBeNull();
  hook.unmount();
});

test('keeps the array of numbers, and so the branch, while the same rows are visible', async () => {
  const { hook } = await mount();
  await vi.waitFor(() => expect(hook.current.isLoaded).toBe(true));
  hook.current.show(500, 510);
  await vi.waitFor(() => expect(hook.current.branch.at(505)).toBeDefined());
  const { branch } = hook.current;
  hook.current.show(501, 511);
  hook.show({ id: 'c', enabled: true });
  expect(hook.current.branch).toBe(branch);
  hook.unmount();
});
