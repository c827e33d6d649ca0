import { followChanges } from '@renderer/app/changeFeed';
import type { Change } from '@shared/model';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

type Feed = AsyncGenerator<Change, void, void>;

/** Queries that record which reads were repeated; each answer takes the given time. */
const queriesOf = (tookMs: (name: string) => number) => {
  const asked: string[] = [];
  const names = ['library.jobs', 'library.documents', 'conversations.list'];
  const invalidateQueries = vi.fn(async (filter?: { predicate?: (query: never) => boolean }) => {
    const hit = names.filter((name) => filter?.predicate?.({ queryKey: [name.split('.')] } as never) ?? true);
    asked.push(...(filter ? hit : ['everything']));
    await Promise.all(hit.map((name) => new Promise((resolve) => setTimeout(resolve, tookMs(name)))));
  });
  return { asked, queries: { invalidateQueries } as never };
};

/** A feed that emits the changes pushed into it. */
const feedOf = (signal: AbortSignal) => {
  const waiting: Change[] = [];
  let wake = (): void => {};
  signal.addEventListener('abort', () => wake());
  async function* read(): Feed {
    while (!signal.aborted) {
      for (const change of waiting.splice(0)) yield change;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  }
  const push = (...entities: Change['entity'][]): void => {
    for (const entity of entities) waiting.push({ entity, ids: [] });
    wake();
  };
  return { read, push };
};

const engineOf = (feeds: (() => Feed)[]) =>
  ({ whenOpen: async () => {}, client: { system: { changes: async () => feeds.shift()?.() ?? feedOf(end.signal).read() } } }) as never;

let end: AbortController;
beforeEach(() => {
  vi.useFakeTimers();
  end = new AbortController();
});
afterEach(() => {
  end.abort();
  vi.useRealTimers();
});

test('joins the changes of one action, and repeats no read while its answer is awaited', async () => {
  const { asked, queries } = queriesOf((name) => (name === 'library.documents' ? 1_000 : 0));
  const { read, push } = feedOf(end.signal);
  void followChanges(engineOf([read]), queries, end.signal);
  await vi.advanceTimersByTimeAsync(0);
  // An import: five changes a second, for three seconds.
  for (let at = 0; at < 3_000; at += 200) {
    push('job', 'document');
    await vi.advanceTimersByTimeAsync(200);
  }
  const count = (name: string): number => asked.filter((each) => each === name).length;
  expect(count('library.jobs')).toBe(15);
  expect(count('library.documents')).toBe(1);
  // After its pause the read is repeated once, for all changes meanwhile, and then no more.
  await vi.advanceTimersByTimeAsync(20_000);
  expect(count('library.documents')).toBe(2);
  expect(asked).not.toContain('conversations.list');
});

test('repeats every read on screen after a cut, since changes meanwhile are unknown', async () => {
  vi.spyOn(console, 'warn').mockImplementation(() => {});
  const { asked, queries } = queriesOf(() => 0);
  async function* broken(): Feed {
    yield { entity: 'conversation', ids: [] };
    throw new Error('the line broke');
  }
  void followChanges(engineOf([broken]), queries, end.signal);
  await vi.advanceTimersByTimeAsync(400);
  expect(asked).toEqual(['conversations.list']);
  await vi.advanceTimersByTimeAsync(400);
  expect(asked).toEqual(['conversations.list', 'everything']);
});

test('repeats every read when the feed could not be opened at first', async () => {
  vi.spyOn(console, 'warn').mockImplementation(() => {});
  const { asked, queries } = queriesOf(() => 0);
  const refused = (): Feed => {
    throw new Error('no line yet');
  };
  void followChanges(engineOf([refused]), queries, end.signal);
  await vi.advanceTimersByTimeAsync(400);
  expect(asked).toEqual([]);
  await vi.advanceTimersByTimeAsync(400);
  expect(asked).toEqual(['everything']);
});
