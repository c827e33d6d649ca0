import { followStream } from '@renderer/conversation/followStream';
import { EmergenceError } from '@shared/model';
import { expect, test } from 'vitest';

const whenOpen = async (): Promise<void> => {};
async function* of<Item>(...items: Item[]) {
  yield* items;
}
/** A stream that breaks after its items. */
async function* broken<Item>(...items: Item[]) {
  yield* items;
  throw new Error('the line broke');
}

test('events are read up to the last one, over a lost line', async () => {
  const streams = [broken(1, 2), of(3, 4, 5)];
  const seen: number[] = [];
  await followStream<number>({
    whenOpen,
    open: async () => streams.shift() as AsyncGenerator<number>,
    onEvent: (event) => {
      seen.push(event);
      return event === 4 ? 'end' : undefined;
    },
  });
  expect(seen).toEqual([1, 2, 3, 4]);
});

test('a stream is read anew where an event asks for it', async () => {
  const streams = [of('gap', 'unread'), of('whole')];
  const seen: string[] = [];
  await followStream<string>({
    whenOpen,
    open: async () => streams.shift() as AsyncGenerator<string>,
    onEvent: (event) => {
      seen.push(event);
      return event === 'gap' ? 'reopen' : undefined;
    },
  });
  expect(seen).toEqual(['gap', 'whole']);
});

test('a stream that ends by itself is opened again until it is over', async () => {
  const streams = [of('running'), of('done')];
  let known = '';
  await followStream<string>({
    whenOpen,
    open: async () => streams.shift() as AsyncGenerator<string>,
    onEvent: (event) => {
      known = event;
      return undefined;
    },
    isOver: () => known === 'done',
  });
  expect(streams).toEqual([]);
});

test('rejects for a turn that is gone, and ends without an error when aborted', async () => {
  const open = async (): Promise<AsyncGenerator<string>> => {
    throw new EmergenceError('not_found');
  };
  await expect(followStream({ whenOpen, open, onEvent: () => undefined })).rejects.toMatchObject({ code: 'not_found' });
  const end = new AbortController();
  const aborted = async (): Promise<AsyncGenerator<string>> => {
    end.abort();
    throw new Error('aborted');
  };
  await expect(followStream({ whenOpen, open: aborted, onEvent: () => undefined, signal: end.signal })).resolves.toBeUndefined();
});
