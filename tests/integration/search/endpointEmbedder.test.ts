import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createEndpointEmbedder } from '@main/processes/search/embedders/endpointEmbedder';
import { afterEach, expect, test } from 'vitest';

let close = async (): Promise<void> => {};
afterEach(() => close());

/** Answers as an OpenAI-compatible server does, in reverse order; `statuses` are sent first. */
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

test('vectors come in the order asked, of length 1, with the key and the prefixes of the model', async () => {
  const { baseUrl, seen } = await serve([503]);
  const embedder = await createEndpointEmbedder('endpoint:multilingual-e5-base', { baseUrl, key: 'k', model: 'multilingual-e5-base' });
  expect(embedder.dimensions).toBe(3);
  const [short, long] = (await embedder.embedPassages(['a', 'a longer text'])) as [Float32Array, Float32Array];
  expect(Math.hypot(...short)).toBeCloseTo(1);
  expect(long[0]).toBeGreaterThan(short[0] as number);
  expect(seen.at(-1)).toEqual({ authorization: 'Bearer k', input: ['passage: a', 'passage: a longer text'] });
  expect(await embedder.embedQueries([])).toEqual([]);
});

test('a refused key is not tried again', async () => {
  const { baseUrl, seen } = await serve([401]);
  await expect(createEndpointEmbedder('endpoint:x', { baseUrl, key: null, model: 'x' })).rejects.toMatchObject({ code: 'provider.auth' });
  expect(seen).toHaveLength(1);
});
