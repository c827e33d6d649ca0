import { ReadableStream } from 'node:stream/web';
import { readBounded } from '@main/network/boundedBody';
import { expect, it } from 'vitest';
import { heapInUse } from '../../support/heap';

const bodyOf = (pieces: Iterable<Uint8Array> | AsyncIterable<Uint8Array>): Response =>
  new Response(ReadableStream.from(pieces) as unknown as BodyInit);
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

it('reads a body in pieces, also where one ends inside a letter', async () => {
  const [whole, eacute] = [bytes('é'), bytes('é')];
  const pieces = [bytes('caf'), whole.subarray(0, 1), whole.subarray(1), bytes(' '), eacute, bytes('x'.repeat(200_000))];
  expect(await readBounded(bodyOf(pieces), 1_000_000)).toBe(`café é${'x'.repeat(200_000)}`);
  expect(await readBounded(new Response(null), 10)).toBe('');
});

it('fails past its limit, or cuts there', async () => {
  const pieces = [bytes('12345'), bytes('67890')];
  expect(await readBounded(bodyOf(pieces), 10)).toBe('1234567890');
  await expect(readBounded(bodyOf(pieces), 9)).rejects.toMatchObject({
    code: 'provider.protocol',
    details: { reason: 'too_large', limitBytes: 9 },
  });
  expect(await readBounded(bodyOf(pieces), 7, { cut: true })).toBe('1234567');
});

it('keeps no object for every byte of a body that comes byte by byte', async () => {
  const size = 300_000;
  const one = bytes('x');
  let used = 0;
  const before = heapInUse();
  const body = async function* () {
    for (let sent = 0; sent < size; sent += 1) yield one;
    used = heapInUse() - before;
  };
  expect(await readBounded(bodyOf(body()), 1_000_000)).toHaveLength(size);
  expect(used).toBeLessThan(8 * size);
});
