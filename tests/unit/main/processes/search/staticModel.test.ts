import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { loadStaticModel } from '@main/processes/search/staticModel';
import { expect, test } from 'vitest';

const golden = readFileSync(new URL('./fixtures/golden.jsonl', import.meta.url), 'utf8')
  .split('\n')
  .filter(Boolean)
  .map((line) => JSON.parse(line) as { text: string; tokens: number[]; first8: number[]; norm: number });

test('tokens and vectors equal the reference encoder', async () => {
  const model = await loadStaticModel(resolve('resources/models/static-fr-en'));
  for (const { text, tokens, first8, norm } of golden) {
    expect(model.tokenize(text)).toEqual(tokens);
    const vector = model.embed(text);
    expect(Math.hypot(...vector)).toBeCloseTo(norm, 4);
    for (const [column, value] of first8.entries()) expect(vector[column]).toBeCloseTo(value, 4);
  }
});

test('puts a French and an English sentence of one meaning nearer than others', async () => {
  const model = await loadStaticModel(resolve('resources/models/static-fr-en'));
  const cosine = (a: string, b: string): number => {
    const other = model.embed(b);
    return model.embed(a).reduce((sum, value, column) => sum + value * (other[column] as number), 0);
  };
  const question = 'Comment redémarrer le serveur après une panne ?';
  expect(cosine(question, 'How do I restart the server after a crash?')).toBeGreaterThan(
    cosine(question, 'The recipe needs two eggs and some flour.') + 0.3,
  );
});
