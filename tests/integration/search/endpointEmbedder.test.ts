import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createEndpointEmbedder } from '@main/processes/search/embedders/endpointEmbedder';
import { afterEach, expect, test } from 'vitest';

let close = async (): Promise<void> => {};
afterEach(() => close());

/** Answers like an OpenAI-compatible server, in reverse order; `statuses` are sent first. */
const serve = async (statuses: number[]) => {
  const seen: { authorization: string | undefined; input: string[] }[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const part of request) body += part;
    const { input } = JSON.parse(body) as { input: string[] };
    seen.push({ authorization: request.headers.authorization, input });
    const status = statuses.shift();
    if (status) return response.writeHead(status).end();
    const data = input.map((text, index) => ({ index, embedding: [text.length, 0, 1] })).reverse();
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ data }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  close = () => new Promise((resolve) => server.close(() => resolve()));
  return { baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/`, seen };
};

test("returns vectors in order, of length 1, and sends the key and the model's prefixes", async () => {
  const { baseUrl, seen } = await serve([503]);
  const embedder = await createEndpointEmbedder('endpoint:multilingual-e5-base', {
    address: `${baseUrl}embeddings`,
    headers: { authorization: 'Bearer k' },
    model: 'multilingual-e5-base',
    proxy: null,
  });
  expect(embedder.dimensions).toBe(3);
  const [short, long] = (await embedder.embedPassages(['a', 'a longer text'])) as [Float32Array, Float32Array];
  expect(Math.hypot(...short)).toBeCloseTo(1);
  expect(long[0]).toBeGreaterThan(short[0] as number);
  expect(seen.at(-1)).toEqual({ authorization: 'Bearer k', input: ['passage: a', 'passage: a longer text'] });
  expect(await embedder.embedQueries([])).toEqual([]);
});

test('does not retry with a refused key', async () => {
  const { baseUrl, seen } = await serve([401]);
  await expect(
    createEndpointEmbedder('endpoint:x', { address: `${baseUrl}embeddings`, headers: {}, model: 'x', proxy: null }),
  ).rejects.toMatchObject({ code: 'provider.auth' });
  expect(seen).toHaveLength(1);
});

test.each([301, 302, 307, 308])('follows no redirect (%i) with texts and key', async (status) => {
  const elsewhere = await serve([]);
  const closeFirst = close;
  const server = createServer((_, response) => response.writeHead(status, { location: `${elsewhere.baseUrl}embeddings` }).end());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  close = async () => {
    await closeFirst();
    await new Promise((resolve) => server.close(resolve));
  };
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/embeddings`;
  const opened = createEndpointEmbedder('endpoint:x', { address, headers: { authorization: 'Bearer k' }, model: 'x', proxy: null });
  await expect(opened).rejects.toMatchObject({ code: 'provider.protocol', details: { reason: 'redirect' } });
  expect(elsewhere.seen).toEqual([]);
});

test('uses the proxy for the endpoint', async () => {
  const { baseUrl, seen } = await serve([]);
  // A proxy that answers itself, as the endpoint would.
  const embedder = await createEndpointEmbedder('endpoint:x', {
    address: 'http://vectors.invalid/v1/embeddings',
    headers: {},
    model: 'x',
    proxy: new URL(baseUrl).origin,
  });
  expect([embedder.dimensions, seen.length]).toEqual([3, 1]);
});
