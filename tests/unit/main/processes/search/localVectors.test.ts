import { createProducts, plainProducts } from '@main/processes/search/dotProducts';
import { createLocalVectors, type LabelledVector } from '@main/processes/search/localVectors';
import { createPassageVectors } from '@main/processes/search/passageVectors';
import { type QuantisedVector, quantise } from '@main/processes/search/quantise';
import type { TextId } from '@main/processes/search/textId';
import { describe, expect, test } from 'vitest';

const dimensions = 20;
/** A unit vector from a small generator seeded by the number given. */
const vectorOf = (seed: number): Float32Array => {
  let state = Math.imul(seed + 1, 0x9e3779b1);
  const vector = Float32Array.from({ length: dimensions }, () => {
    state = Math.imul(state ^ (state >>> 15), 0x85ebca6b) + 0x6d2b79f5;
    return ((state ^ (state >>> 13)) >>> 0) / 2 ** 31 - 1;
  });
  const norm = Math.hypot(...vector);
  return vector.map((value) => value / norm);
};
const cosineOf = ({ data, scale }: QuantisedVector, query: Float32Array): number =>
  data.reduce((sum, value, column) => sum + value * scale * (query[column] as number), 0);

describe('products of vectors', () => {
  test('are the same by 128-bit instructions and in JavaScript, up to the largest values', () => {
    const memory = new WebAssembly.Memory({ initial: 1 });
    const bytes = new Int8Array(memory.buffer);
    const query = new Int16Array(memory.buffer, 0, 32);
    query.set(Array.from({ length: 32 }, (_, column) => (column % 3 === 0 ? -32_767 : 32_767 - column)));
    for (let index = 0; index < 5 * 32; index += 1) bytes[64 + index] = index < 32 ? 127 : (index * 37) % 255;
    const run = (products: ReturnType<typeof createProducts>): number[] => {
      products(0, 64, 5, 32, 1_024);
      return [...new Int32Array(memory.buffer, 1_024, 5)];
    };
    const plain = run(plainProducts(memory));
    expect(run(createProducts(memory))).toEqual(plain);
    expect(new Set(plain).size).toBe(5);
  });

  test('find the nearest of more rows than one call takes, also after rows were removed', () => {
    const vectors = createPassageVectors(dimensions);
    const all = Array.from({ length: 20_000 }, (_, label) => quantise(vectorOf(label)));
    for (const [label, vector] of all.entries()) vectors.add(label, vector);
    for (let label = 0; label < 20_000; label += 7) vectors.remove(label);
    const query = vectorOf(-5);
    const expected = all
      .map((vector, label) => ({ label, cosine: cosineOf(vector, query) }))
      .filter(({ label }) => label % 7 !== 0 && label % 2 === 0)
      .sort((a, b) => b.cosine - a.cosine)
      .slice(0, 25);
    const found = vectors.nearest(query, 25, (label) => label % 2 === 0);
    expect(found.map(({ id }) => id)).toEqual(expected.map(({ label }) => label));
    for (const [at, { score }] of found.entries()) expect(score).toBeCloseTo(expected[at]?.cosine as number, 5);
  });
});

describe('the store of vectors', () => {
  const everything = { among: new Set(['a', 'b', 'c']), except: new Set<string>() };
  const open = () => {
    const labels = new Map<string, number>();
    const name = ({ owner, ordinal }: TextId): string => `${owner} ${ordinal}`;
    const stored: LabelledVector[] = ['a', 'b'].flatMap((owner, at) =>
      [0, 1].map((ordinal) => ({ label: 2 * at + ordinal, id: { owner, ordinal }, vector: quantise(vectorOf(2 * at + ordinal)) })),
    );
    for (const { label, id } of stored) labels.set(name(id), label);
    return { labels, store: createLocalVectors({ dimensions, stored, labelOf: (id) => labels.get(name(id)) ?? null }) };
  };

  test('finds texts by version and ordinal, within a filter that is data', async () => {
    const { store } = open();
    expect(store.count).toBe(4);
    const [first] = await store.nearest(vectorOf(3), 4, everything);
    expect(first).toEqual({ id: { owner: 'b', ordinal: 1 }, cosine: expect.closeTo(1, 2) });
    const only = async (among: string[], except: string[]): Promise<string[]> =>
      (await store.nearest(vectorOf(3), 4, { among: new Set(among), except: new Set(except) })).map(({ id }) => id.owner);
    expect([await only(['a'], []), await only(['a', 'b'], ['b']), await only([], [])]).toEqual([['a', 'a'], ['a', 'a'], []]);
    expect(
      await store.cosines(vectorOf(3), [
        { owner: 'b', ordinal: 1 },
        { owner: 'c', ordinal: 0 },
      ]),
    ).toEqual([first?.cosine, null]);
  });

  test('puts a vector in the place of an earlier one, and none for a text that the index lost', async () => {
    const { store, labels } = open();
    labels.set('b 1', 9);
    await store.put([
      { id: { owner: 'b', ordinal: 1 }, vector: quantise(vectorOf(50)) },
      { id: { owner: 'c', ordinal: 0 }, vector: quantise(vectorOf(51)) },
    ]);
    expect(store.count).toBe(4);
    expect((await store.nearest(vectorOf(50), 1, everything))[0]).toEqual({ id: { owner: 'b', ordinal: 1 }, cosine: expect.closeTo(1, 2) });
    await store.remove([
      { owner: 'b', ordinal: 1 },
      { owner: 'b', ordinal: 0 },
      { owner: 'c', ordinal: 7 },
    ]);
    expect((await store.nearest(vectorOf(50), 4, everything)).map(({ id }) => id.owner)).toEqual(['a', 'a']);
    expect(store.status()).toEqual({ kind: 'exact', building: false });
  });
});
