import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type E5Encoder, openE5Encoder } from '@main/processes/encode/e5Encoder';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

interface Golden {
  text: string;
  vector: number[];
}
const read = (path: string): Golden[] =>
  readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Golden);
const shared = join(process.env.EMERGENCE_SHARED ?? resolve('../shared'), 'embedder-e5');

const cosine = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
  let [product, first, second] = [0, 0, 0];
  for (let index = 0; index < a.length; index += 1) {
    const [x, y] = [a[index] as number, b[index] as number];
    product += x * y;
    first += x * x;
    second += y * y;
  }
  return product / Math.sqrt(first * second);
};
/** The golden texts begin with their prefix, which the encoder puts there itself. */
const encoded = ({ encode }: E5Encoder, text: string): Promise<Float32Array> => {
  const as = text.startsWith('query: ') ? 'query' : 'passage';
  return encode(text.slice(as.length + 2), as);
};

describe('the encoder of the bundled E5 model', () => {
  let encoder: E5Encoder;
  beforeAll(async () => {
    encoder = await openE5Encoder(resolve('resources/models/e5-small-latin'));
  });
  afterAll(() => encoder.close());

  test('gives the golden vectors', async () => {
    for (const { text, vector } of read(join(import.meta.dirname, 'golden.jsonl')))
      expect(cosine(await encoded(encoder, text), vector), text).toBeGreaterThan(0.999);
  });

  test.skipIf(!existsSync(shared))('stays near the vectors of the other pruning in ../shared', async () => {
    for (const { text, vector } of read(join(shared, 'golden.jsonl')).slice(0, 12))
      expect(cosine(await encoded(encoder, text), vector), text).toBeGreaterThan(0.98);
  });

  test('returns unit vectors, and takes a text of any length', async () => {
    const vector = await encoder.encode('très long '.repeat(2_000), 'passage');
    expect(vector).toHaveLength(encoder.dimensions);
    expect(Math.hypot(...vector)).toBeCloseTo(1, 3);
  });

  test('puts a question nearer to its answer in the other language than to another text', async () => {
    const question = await encoder.encode('Comment renouveler un passeport ?', 'query');
    const answer = await encoder.encode('To renew a passport, book an appointment at the town hall.', 'passage');
    const other = await encoder.encode('Laissez reposer la pâte une heure à température ambiante.', 'passage');
    expect(cosine(question, answer)).toBeGreaterThan(cosine(question, other) + 0.05);
  });
});
