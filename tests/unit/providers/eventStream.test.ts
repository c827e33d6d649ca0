import { readEvents, streamDone } from '@main/providers/eventStream';
import { describe, expect, it } from 'vitest';

/** A body that is written to by hand. */
const openBody = () => {
  let sink: ReadableStreamDefaultController<Uint8Array> | undefined;
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => {
      sink = controller;
    },
  });
  const encoder = new TextEncoder();
  return { body, write: (text: string) => sink?.enqueue(encoder.encode(text)), end: () => sink?.close() };
};

/** The values of a body that comes in pieces of so many characters. */
const valuesOf = async (text: string, size: number): Promise<unknown[]> => {
  const { body, write, end } = openBody();
  for (let at = 0; at < text.length; at += size) write(text.slice(at, at + size));
  end();
  const values: unknown[] = [];
  for await (const value of readEvents(body)) values.push(value);
  return values;
};

const stream = [
  ': a comment',
  '',
  'data: {"a":"one"}',
  '',
  'event: error',
  'data: overloaded',
  '',
  'data: {"b":',
  'data: "two"}',
  '',
  '',
  '',
  'data: {"c":"3"}',
  'data: [DONE]',
  '',
  '',
];
const values = [{ a: 'one' }, { object: 'error', error: 'overloaded' }, { b: 'two' }, { c: '3' }, streamDone];
const ends = [
  ['CRLF', '\r\n'],
  ['LF', '\n'],
  ['CR', '\r'],
] as const;

describe('the lines of an event stream', () => {
  describe.each(ends)('that end in %s', (_name, end) => {
    it.each([1, 2, 3, 7, 10_000])('are the same in pieces of %d characters', async (size) => {
      expect(await valuesOf(stream.join(end), size)).toEqual(values);
    });

    it('are read as they come, not only at the end of the stream', async () => {
      const { body, write, end: close } = openBody();
      const events = readEvents(body);
      for (const n of [1, 2, 3]) {
        write(`data: {"n":${n}}${end}${end}`);
        expect(await events.next()).toEqual({ done: false, value: { n } });
      }
      close();
      expect(await events.next()).toEqual({ done: true, value: undefined });
    });
  });

  it('may end in each way within one stream', async () => {
    const mixed = stream.map((line, index) => line + (ends[index % 3]?.[1] ?? '')).join('');
    for (const size of [1, 5, mixed.length]) expect(await valuesOf(mixed, size)).toEqual(values);
  });
});
