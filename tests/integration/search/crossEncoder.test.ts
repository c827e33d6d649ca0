import { resolve } from 'node:path';
import { openCrossEncoder } from '@main/processes/rerank/crossEncoder';
import { afterAll, expect, test } from 'vitest';

const model = await openCrossEncoder(resolve('tests/support/tiny-reranker'));
afterAll(() => model.close());

test('scores each text with the query, across languages', async () => {
  const scores = await model.score('red cat', ['le chat rouge dort', 'the dog runs', 'a cat']);
  // Each word that comes twice in the pair counts two, above a bias of three.
  expect(scores).toEqual([1, -3, -1]);
});

test('gives a text the same score in a batch of others as alone', async () => {
  const texts = Array.from({ length: 19 }, (_, at) => `${'dog '.repeat(at)}cat ${'unknown '.repeat(at % 5)}`);
  const together = await model.score('cat dog', texts);
  const alone: number[] = [];
  for (const text of texts) alone.push(...(await model.score('cat dog', [text])));
  expect(together).toEqual(alone);
  expect(new Set(together).size).toBe(19);
});

test('cuts the text, not the query, where both together are too long', async () => {
  const [cut] = await model.score('cat', [`${'house unknown '.repeat(600)}cat`]);
  const [within] = await model.score('cat', ['cat']);
  // 512 positions: three markers and the query leave 508 tokens of the text, every second one a house, and not its last word.
  expect(cut).toBe(254 * 253 - 3);
  expect(within).toBe(-1);
  const [long] = await model.score('cat '.repeat(1000), ['cat']);
  expect(long).toBe(127 * 126 - 3);
});

test('ends between two batches when it is aborted, and scores nothing of no texts', async () => {
  const controller = new AbortController();
  const asked = model.score('cat', new Array(30).fill('dog'), controller.signal);
  controller.abort();
  await expect(asked).rejects.toThrow();
  expect(await model.score('cat', [])).toEqual([]);
});
