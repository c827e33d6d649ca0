import '../../../../support/page';

import type { Client } from '@renderer/base/client';
import { useMemories } from '@renderer/features/memory/useMemories';
import { expect, test, vi } from 'vitest';
import { engineOf, mountHook } from '../../../../support/mountHook';

interface Answers {
  /** The pages of the list by words. */
  pages: string[][];
  near: string[];
  searched?: boolean;
  /** The search by meaning answers when it resolves. */
  ready?: Promise<void>;
}

/** A memory whose list has these pages, and what is near. */
const memoryWith = ({ pages, near, searched = true, ready = Promise.resolve() }: Answers) => {
  const asked: object[] = [];
  const items = (ids: string[] = []) => ids.map((id) => ({ id }));
  const client = {
    memory: {
      list: async ({ cursor }: { cursor: string | null }) => {
        const page = Number(cursor ?? 0);
        return { items: items(pages[page]), nextCursor: page + 1 < pages.length ? String(page + 1) : null };
      },
      near: async (input: object) => {
        asked.push(input);
        await ready;
        return { items: items(near), searched };
      },
    },
  };
  return { client: client as unknown as Client, asked };
};
const mount = (client: Client, words: string) =>
  mountHook((shown: string) => useMemories({ state: 'live', words: shown, filter: { kind: 'fact' } }), words, engineOf(client));
type Hook = Awaited<ReturnType<typeof mount>>;
const idsOf = (hook: Hook): string | undefined => hook.current.items?.map(({ id }) => id).join('');

test('puts what is near in meaning after what holds the words, each memory once', async () => {
  const { client, asked } = memoryWith({ pages: [['a', 'b']], near: ['c', 'a', 'd'] });
  const hook = await mount(client, 'bees');
  await vi.waitFor(() => expect(idsOf(hook)).toBe('abcd'));
  expect([...hook.current.near]).toEqual(['c', 'd']);
  expect(asked).toMatchObject([{ state: 'live', kind: 'fact', text: 'bees' }]);
  hook.show('');
  await vi.waitFor(() => expect(idsOf(hook)).toBe('ab'));
  expect(asked).toHaveLength(1);
  hook.unmount();
});

test('waits with what is near until all that holds the words is loaded', async () => {
  const { client } = memoryWith({ pages: [['a'], ['b']], near: ['c'] });
  const hook = await mount(client, 'bees');
  await vi.waitFor(() => expect(idsOf(hook)).toBe('a'));
  expect(hook.current.more).toBe(true);
  hook.current.loadMore();
  await vi.waitFor(() => expect(idsOf(hook)).toBe('abc'));
  hook.unmount();
});

test('says that nothing matches only after the meaning was searched', async () => {
  const ready = Promise.withResolvers<void>();
  const { client, asked } = memoryWith({ pages: [[]], near: [], ready: ready.promise });
  const seen: unknown[] = [];
  const hook = await mountHook(
    (words: string) => {
      const { items } = useMemories({ state: 'live', words, filter: {} });
      seen.push(items);
      return items;
    },
    'bees',
    engineOf(client),
  );
  await vi.waitFor(() => expect(asked).toHaveLength(1));
  // The list by words has answered and was drawn: it came without a wait.
  await vi.waitFor(() => expect(seen.length).toBeGreaterThan(1));
  expect(new Set(seen)).toEqual(new Set([null]));
  ready.resolve();
  await vi.waitFor(() => expect(hook.current).toEqual([]));
  hook.unmount();
});

test('keeps what holds the words where the meaning cannot be searched, and says so', async () => {
  const { client } = memoryWith({ pages: [['a']], near: [], searched: false });
  const hook = await mount(client, 'bees');
  await vi.waitFor(() => expect(hook.current.wordsOnly).toBe(true));
  expect(idsOf(hook)).toBe('a');
  hook.unmount();
});
