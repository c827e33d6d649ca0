import '../../../../support/page';

import type { Client } from '@renderer/base/client';
import { useFind } from '@renderer/features/library/useWholeText';
import type { Span } from '@shared/model';
import { expect, test, vi } from 'vitest';
import { engineOf, mountHook } from '../../../../support/mountHook';

/** Stretches of 500,000 characters are asked for; a text of two and a half of them has two borders. */
const border = 500_000;
const length = 1_250_000;

interface Library {
  client: Client;
  /** Where the stretches began that were asked for. */
  asked: number[];
}

/** A library with one text, whose stretches come when `ready` resolves. */
const libraryWith = (text: string, spans: Span[] = [], ready: (start: number) => Promise<void> = async () => {}): Library => {
  const asked: number[] = [];
  const slice = async ({ start = 0, length: most = border }: { start?: number; length?: number }) => {
    asked.push(start);
    await ready(start);
    const end = start + most;
    return {
      text: text.slice(start, end),
      start,
      characters: text.length,
      spans: spans.filter((span) => span.start < end && span.end > start),
    };
  };
  return { client: { library: { text: slice } } as unknown as Client, asked };
};

const textWith = (words: string, ...places: number[]): string => {
  const text = Array.from({ length: length / 10 }, () => 'filling . ');
  const whole = text.join('');
  return places.reduce((before, at) => before.slice(0, at) + words + before.slice(at + words.length), whole);
};

test('each place is found once, also over the end of a stretch and in what two stretches share', async () => {
  const places = [10, border - 500, border - 3, border + 40, 2 * border - 4, length - 7];
  const { client, asked } = libraryWith(textWith('LANTERN', ...places));
  const hook = await mountHook(({ query }: { query: string }) => useFind('version', query), { query: 'lantern' }, engineOf(client));
  await vi.waitFor(() => expect(hook.current.done && hook.current.matches.length > 0).toBe(true));
  expect(hook.current.matches.map(({ start }) => start)).toEqual(places);
  expect(hook.current.matches.every(({ quote }) => quote === 'LANTERN')).toBe(true);
  // The end of the text is learnt from it: no stretch is asked for beyond, and each one once.
  expect(asked).toEqual([0, border - 1_000, 2 * border - 1_000]);
  hook.unmount();
});

test('shows the matches found so far while the rest is searched', async () => {
  const rest = Promise.withResolvers<void>();
  const { client } = libraryWith(textWith('LANTERN', 10, length - 7), [], (start) => (start === 0 ? Promise.resolve() : rest.promise));
  const hook = await mountHook(() => useFind('version', 'lantern'), null, engineOf(client));
  await vi.waitFor(() => expect(hook.current.matches).toHaveLength(1));
  expect(hook.current.done).toBe(false);
  rest.resolve();
  await vi.waitFor(() => expect(hook.current).toMatchObject({ done: true, matches: [{ start: 10 }, { start: length - 7 }] }));
  hook.unmount();
});

test('a query that was left adds nothing to the next one, and none finds nothing', async () => {
  const held = Promise.withResolvers<void>();
  let holds = true;
  const { client, asked } = libraryWith(textWith('LANTERN', 10, border + 40), [], () => (holds ? held.promise : Promise.resolve()));
  const hook = await mountHook(({ query }: { query: string | null }) => useFind('version', query), { query: 'lantern' }, engineOf(client));
  await vi.waitFor(() => expect(asked).toEqual([0]));
  holds = false;
  hook.show({ query: 'compass' });
  held.resolve();
  await vi.waitFor(() => expect(asked).toHaveLength(3));
  await vi.waitFor(() => expect(hook.current).toEqual({ matches: [], done: true }));
  hook.show({ query: 'lantern' });
  await vi.waitFor(() => expect(hook.current).toMatchObject({ done: true, matches: [{ start: 10 }, { start: border + 40 }] }));
  // The window keeps the stretches that it has read for a while.
  expect(asked).toHaveLength(3);
  hook.show({ query: ' ' });
  await vi.waitFor(() => expect(hook.current).toEqual({ matches: [], done: true }));
  hook.unmount();
});

test('a stretch that cannot be read ends the search with what was found', async () => {
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
  const { client } = libraryWith(textWith('LANTERN', 10), [], async (start) => {
    if (start > 0) throw new Error('not found');
  });
  const hook = await mountHook(() => useFind('version', 'lantern'), null, engineOf(client));
  await vi.waitFor(() => expect(hook.current).toMatchObject({ done: true, matches: [{ start: 10 }] }), { timeout: 10_000 });
  expect(warn).toHaveBeenCalled();
  warn.mockRestore();
  hook.unmount();
});
