import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { downloadModel } from '@main/knowledge/modelDownload';
import { redirectTarget } from '@main/knowledge/redirects';
import { createFetch } from '@main/network/fetch';
import { openTransformersEmbedder } from '@main/processes/search/embedders/transformersEmbedder';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startModelHub } from '../../support/modelHub';

const tiny = resolve('tests/support/tiny-embedder');
const files = [
  { path: 'config.json' },
  { path: 'tokenizer.json' },
  { path: 'tokenizer_config.json' },
  { path: 'special_tokens_map.json', optional: true },
  { path: 'onnx/model_quantized.onnx' },
];
const fetch = createFetch();
let hub: Awaited<ReturnType<typeof startModelHub>>;
let scratch: string;
const download = (signal = new AbortController().signal, onProgress: (part: { bytes: number; total: number }) => void = () => {}) =>
  downloadModel(
    { fetch, hub: hub.url, repository: 'tiny/embedder', files, folder: join(scratch, 'tiny--embedder'), mostBytes: 5_000_000 },
    onProgress,
    signal,
  );

beforeEach(async () => {
  scratch = mkdtempSync(join(tmpdir(), 'emergence-hub-'));
  hub = await startModelHub(tiny);
});
afterEach(async () => {
  await hub.close();
  rmSync(scratch, { recursive: true, force: true });
});
const dot = (a: Float32Array, b: Float32Array): number => a.reduce((sum, value, index) => sum + value * (b[index] as number), 0);

test('downloads a complete model that transformers.js runs from its folder', async () => {
  const seen: number[] = [];
  await download(undefined, ({ bytes, total }) => seen.push(bytes / total));
  expect(seen.at(-1)).toBe(1);
  expect(seen).toEqual(seen.toSorted((a, b) => a - b));
  const folder = join(scratch, 'tiny--embedder');
  expect(readdirSync(folder).toSorted()).toEqual(['SOURCE', 'config.json', 'onnx', 'tokenizer.json', 'tokenizer_config.json']);
  const embedder = await openTransformersEmbedder('Xenova/tiny-e5-like', folder);
  expect(embedder.dimensions).toBe(16);
  const [question] = (await embedder.embedQueries(['le chat dort'])) as [Float32Array];
  const [cat, house] = (await embedder.embedPassages(['the cat sleeps', 'a red house'])) as [Float32Array, Float32Array];
  expect(dot(cat, cat)).toBeCloseTo(1, 4);
  expect(dot(question, cat)).toBeGreaterThan(dot(question, house) + 0.2);
  await embedder.close();
});

test('resumes a cut download where it broke', async () => {
  hub.faults.cutAfter = 700;
  await expect(download()).rejects.toMatchObject({ code: 'model.download' });
  expect(existsSync(join(scratch, 'tiny--embedder'))).toBe(false);
  expect(statSync(join(scratch, 'tiny--embedder.part/onnx/model_quantized.onnx')).size).toBe(700);
  await download();
  expect(hub.requests.filter(({ range }) => range).map(({ range }) => range)).toContain('bytes=700-');
  expect(existsSync(join(scratch, 'tiny--embedder'))).toBe(true);
});

test('refuses bytes that do not match the checksum and fetches them again', async () => {
  hub.faults.corrupt = true;
  await expect(download()).rejects.toMatchObject({ code: 'model.download', details: { reason: 'checksum' } });
  hub.faults.corrupt = false;
  await download();
  expect(existsSync(join(scratch, 'tiny--embedder'))).toBe(true);
});

test.each([
  ['100 bytes', 100],
  ['its true size', undefined],
  ['no size', null],
] as const)('stops a hub that declares %s and sends without end, and keeps nothing', async (_, announce) => {
  Object.assign(hub.faults, { endless: true, ...(announce !== undefined && { announce }) });
  await expect(download()).rejects.toMatchObject({ code: 'model.download', details: { reason: 'too_large' } });
  expect(hub.counts.sent).toBeLessThan(60_000_000);
  expect(existsSync(join(scratch, 'tiny--embedder'))).toBe(false);
  expect(existsSync(join(scratch, 'tiny--embedder.part/onnx/model_quantized.onnx'))).toBe(false);
  Object.assign(hub.faults, { endless: false, announce: undefined });
  await download();
  expect(existsSync(join(scratch, 'tiny--embedder'))).toBe(true);
});

test.each([5e9, 1e30])('refuses a size of %d before a byte is fetched', async (announce) => {
  hub.faults.announce = announce;
  await expect(download()).rejects.toMatchObject({ code: 'model.download', details: { reason: 'too_large' } });
  expect(hub.requests.filter(({ method }) => method === 'GET')).toEqual([]);
});

test('gives up a hub whose redirects go in a circle', async () => {
  hub.faults.redirect = (path) => path;
  await expect(download()).rejects.toMatchObject({ code: 'model.download', details: { reason: 'redirects' } });
  expect(hub.requests.length).toBeLessThan(10);
});

test('reports cancel, a failing hub and a missing model as errors', async () => {
  hub.faults.slowMs = 50;
  const controller = new AbortController();
  const running = download(controller.signal, ({ bytes, total }) => bytes > total / 2 && controller.abort());
  await expect(running).rejects.toMatchObject({ code: 'cancelled' });
  hub.faults.status = 503;
  await expect(download()).rejects.toMatchObject({ code: 'model.download', details: { status: 503 } });
  delete hub.faults.status;
  const absent = downloadModel(
    {
      fetch,
      hub: hub.url,
      repository: 'tiny/embedder',
      files: [{ path: 'nothing.bin' }],
      folder: join(scratch, 'other'),
      mostBytes: 1_000,
    },
    () => {},
    new AbortController().signal,
  );
  await expect(absent).rejects.toMatchObject({ code: 'model.download', details: { reason: 'missing' } });
});

test('follows a renamed repository', async () => {
  hub.faults.redirect = (path) => (path.startsWith('/tiny/') ? path.replace('/tiny/', '/renamed/') : null);
  await download();
  expect(existsSync(join(scratch, 'tiny--embedder'))).toBe(true);
});

test('reports redirects that go in a circle or leave HTTP', async () => {
  hub.faults.redirect = (path) => `${path}?again`;
  await expect(download()).rejects.toMatchObject({ code: 'model.download', details: { reason: 'redirects' } });
  expect(hub.requests).toHaveLength(6);
  hub.faults.redirect = () => 'file:///etc/passwd';
  await expect(download()).rejects.toMatchObject({ code: 'model.download', details: { reason: 'redirect' } });
  // The same rules hold for fetching bytes as for the requests before.
  hub.faults.redirect = (path) => (path.startsWith('/storage/') ? 'ftp://elsewhere/model' : null);
  await expect(download()).rejects.toMatchObject({ code: 'model.download', details: { reason: 'redirect' } });
});

test('allows a redirect to gain encryption, never to lose it', () => {
  expect(redirectTarget('https://hub/a/b', '../c')).toBe('https://hub/c');
  expect(redirectTarget('http://hub/', 'https://storage/x')).toBe('https://storage/x');
  for (const location of ['http://hub/x', 'file:///x', 'javascript:alert(1)', 'http://'])
    expect(() => redirectTarget('https://hub/', location)).toThrow(expect.objectContaining({ code: 'model.download' }));
});
