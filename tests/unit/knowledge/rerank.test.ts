import { createReranking, reranked } from '@main/knowledge/reranking/rerank';
import type { Reranker } from '@main/knowledge/reranking/reranker';
import type { Passage, SearchResult } from '@shared/model';
import { expect, test } from 'vitest';
import { countingTelemetry } from '../../integration/ingest/libraryFixture';

const passage = (text: string, score: number): Passage => ({
  versionId: 'v',
  documentId: 'd',
  title: 'Title',
  start: 0,
  end: text.length,
  text,
  place: { kind: 'line', label: null, headings: ['Part', 'Title'], number: 1, lineStart: 1, lineEnd: 1 } as unknown as Passage['place'],
  score,
  scores: { lexical: score },
  matches: [],
});
const result = (count: number): SearchResult => ({
  passages: Array.from({ length: count }, (_, at) => passage(`text ${at}`, 1 - at / 100)),
  support: 'strong',
  matched: true,
  mode: 'hybrid',
  cached: false,
  stages: { total: 5 },
});
const textsOf = ({ passages }: SearchResult): string[] => passages.map(({ text }) => text);

const start = (reranker: Reranker | null, limitMs = 60_000) => {
  const telemetry = countingTelemetry();
  return { telemetry, reranking: createReranking({ reranker: () => reranker, telemetry, limitMs }) };
};
/** Answers only when it is aborted. */
const silent: Reranker = {
  score: (_query, _texts, signal) => new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
};

const patience = AbortSignal.timeout(60_000);

test('orders passages by the reranker, while each place keeps its score of the fusion', async () => {
  const ordered = await reranked({ score: async () => [0.1, 0.9, 0.9] }, 'q', result(3).passages, patience);
  expect(ordered?.map(({ text }) => text)).toEqual(['text 1', 'text 2', 'text 0']);
  expect(ordered?.map(({ score }) => score)).toEqual([1, 0.99, 0.98]);
  expect(ordered?.[0]?.scores).toEqual({ lexical: 0.99, fused: 0.99, rerank: 0.9 });
});

test('leaves passages first that hold the number asked for', async () => {
  const passages = result(4).passages.map((one, at) => (at < 2 ? { ...one, scores: { ...one.scores, reference: 2 } } : one));
  const ordered = await reranked({ score: async (_, texts) => texts.map((_, at) => at / 10) }, 'q', passages, patience);
  expect(ordered?.map(({ text }) => text)).toEqual(['text 0', 'text 1', 'text 3', 'text 2']);
  expect(await reranked({ score: async () => [] }, 'q', passages.slice(0, 3), patience)).toBeNull();
});

test('reads a passage below its title and headings, none of them twice', async () => {
  const seen: string[] = [];
  const model: Reranker = { score: async (_, texts) => texts.map((text) => seen.push(text)) };
  await reranked(model, 'q', [passage('words', 1), passage('more', 1)], patience);
  expect(seen).toEqual(['Title\nPart\nwords', 'Title\nPart\nmore']);
});

test('reads thirty passages at most, and leaves the others behind them', async () => {
  const seen: number[] = [];
  const { reranking, telemetry } = start({
    score: async (_, texts) => {
      seen.push(texts.length);
      return texts.map((_, at) => at / 100);
    },
  });
  const found = await reranking.apply(result(40), 'q', 40);
  expect(seen).toEqual([30]);
  expect(textsOf(found).slice(28, 32)).toEqual(['text 1', 'text 0', 'text 30', 'text 31']);
  expect(textsOf(await reranking.apply(result(40), 'q', 2))).toEqual(['text 29', 'text 28']);
  expect(found).toMatchObject({ reranking: 'done', stages: { rerank: expect.any(Number) } });
  expect(found.stages.total).toBe(5 + (found.stages.rerank as number));
  expect(telemetry.counts['rag_reranks_total{done}']).toBe(2);
});

test('keeps the fused order and says why, where the reranker is late or fails', async () => {
  const late = await start(silent, 1).reranking.apply(result(3), 'q', 2);
  expect([late.reranking, textsOf(late)]).toEqual(['late', ['text 0', 'text 1']]);
  const failing: Reranker = { score: () => Promise.reject(new Error('broken')) };
  const failed = await start(failing).reranking.apply(result(3), 'q', 2);
  expect([failed.reranking, textsOf(failed)]).toEqual(['failed', ['text 0', 'text 1']]);
});

test('ends with the question', async () => {
  const controller = new AbortController();
  const asked = start(silent).reranking.apply(result(3), 'q', 2, controller.signal);
  controller.abort();
  await expect(asked).rejects.toThrow();
});

test('without a reranker, or with one passage, only the limit is kept', async () => {
  const none = start(null).reranking;
  expect(none.takesPart()).toBe(false);
  const found = await none.apply(result(3), 'q', 2);
  expect([found.reranking, textsOf(found)]).toEqual([undefined, ['text 0', 'text 1']]);
  expect((await start(silent).reranking.apply(result(1), 'q', 2)).reranking).toBeUndefined();
});
