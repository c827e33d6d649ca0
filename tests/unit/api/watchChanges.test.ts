import { watchChanges } from '@main/api/watchChanges';
import { createChangeBus } from '@main/store/changes';
import { expect, test } from 'vitest';

test('yields changes in order, and merges those missed by entity', async () => {
  const bus = createChangeBus();
  const stream = watchChanges(bus);
  const first = stream.next();
  bus.publish('document', 'a');
  expect((await first).value).toEqual({ entity: 'document', ids: ['a'] });
  bus.publish('document', 'b');
  bus.publish('job', 'j');
  bus.publish('document', 'c');
  bus.publish('job');
  bus.publish('job', 'k');
  expect((await stream.next()).value).toEqual({ entity: 'document', ids: ['b', 'c'] });
  expect((await stream.next()).value).toEqual({ entity: 'job', ids: [] });
  await stream.return();
});

test('keeps a change that happens before the feed is read for the first time', async () => {
  const bus = createChangeBus();
  const stream = watchChanges(bus);
  bus.publish('conversation', 'a');
  expect((await stream.next()).value).toEqual({ entity: 'conversation', ids: ['a'] });
  await stream.return();
});

test('an abort ends a feed that nobody has read', () => {
  const listeners = new Set<unknown>();
  const controller = new AbortController();
  const subscribe = (listener: unknown) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  watchChanges({ subscribe }, controller.signal);
  controller.abort();
  expect(listeners.size).toBe(0);
});

test('an abort ends the stream and unsubscribes', async () => {
  const listeners = new Set<unknown>();
  const controller = new AbortController();
  const stream = watchChanges(
    {
      subscribe: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
    controller.signal,
  );
  const next = stream.next();
  expect(listeners.size).toBe(1);
  controller.abort();
  expect((await next).done).toBe(true);
  expect(listeners.size).toBe(0);
});
