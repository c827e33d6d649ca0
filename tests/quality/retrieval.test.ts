import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { evaluateSet, main } from './evaluate';
import { readEvaluationSet } from './evaluationSet';
import { measure, percentile } from './metrics';

const shared = join(process.env.EMERGENCE_SHARED ?? resolve('../shared'), 'eval');

test('measures follow their definitions', () => {
  const grades = new Map([
    ['a', 2],
    ['b', 1],
    ['c', 0],
  ]);
  expect(measure(['a', 'b'], grades)).toEqual({ ndcg10: 1, recall10: 1, mrr10: 1 });
  expect(measure(['x', 'b'], grades)).toEqual({
    ndcg10: expect.closeTo(1 / Math.log2(3) / (2 + 1 / Math.log2(3)), 10),
    recall10: 0.5,
    mrr10: 0.5,
  });
  expect(measure([], grades)).toEqual({ ndcg10: 0, recall10: 0, mrr10: 0 });
  expect([percentile([3, 1, 2], 0.5), percentile([], 0.5)]).toEqual([2, 0]);
});

test('the command runs on any folder and writes its figures as JSON', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'emergence-set-'));
  const lines = (rows: object[]): string => rows.map((row) => JSON.stringify(row)).join('\n');
  mkdirSync(join(folder, 'tiny'));
  writeFileSync(
    join(folder, 'tiny/corpus.jsonl'),
    lines([
      { _id: 'talk-1/1', title: '', text: 'We agreed to move the release to March.' },
      { _id: 'talk-2/1', title: '', text: 'The release stays in March, said the other team.' },
      { _id: 'talk-2/2', title: '', text: 'Lunch is served at noon.' },
    ]),
  );
  writeFileSync(join(folder, 'tiny/queries.jsonl'), lines([{ _id: 'q', text: 'When is the release?', group: 'talk-2' }]));
  writeFileSync(join(folder, 'tiny/qrels.tsv'), 'query-id\tcorpus-id\tscore\nq\ttalk-2/1\t1\n');
  const json = join(folder, 'out.json');
  expect(await main(['--set', join(folder, 'tiny'), '--mode', 'hybrid', '--json', json])).toBe(0);
  expect(JSON.parse(readFileSync(json, 'utf8'))).toEqual([
    {
      set: 'tiny',
      mode: 'hybrid',
      embedder: 'static',
      read: 0,
      queries: 1,
      ndcg10: 1,
      recall10: 1,
      mrr10: 1,
      p50_ms: expect.any(Number),
      p95_ms: expect.any(Number),
    },
  ]);
  expect(await main(['--set', 'no-such-set'])).toBe(2);
  rmSync(folder, { recursive: true, force: true });
});

// `npm run eval -- --set all` gives the whole table; here the quickest sets guard it: close distractors, two languages.
test.skipIf(!existsSync(shared))('keeps the figures of the sets', { timeout: 180_000 }, async () => {
  const floor = { ohada: [0.6114, 0.63], cnil_faq: [0.66, 0.67], react_fr_en: [0.25, 0.55], medlars: [0.6725, 0.69] } as const;
  for (const [name, [lexical, hybrid]] of Object.entries(floor)) {
    const rows = await evaluateSet(readEvaluationSet(join(shared, name)), ['lexical', 'hybrid']);
    expect(rows[0]?.ndcg10, `${name} lexical`).toBeGreaterThan(lexical);
    expect(rows[1]?.ndcg10, `${name} hybrid`).toBeGreaterThan(hybrid);
  }
});
