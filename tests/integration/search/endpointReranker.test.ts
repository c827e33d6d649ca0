import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createEndpointReranker } from '@main/knowledge/reranking/endpointReranker';
import { createFetch } from '@main/network/fetch';
import { expect, onTestFinished, test } from 'vitest';

type Body = { query: string; documents?: string[]; texts?: string[]; model?: string };
type Answer = { status?: number; headers?: Record<string, string>; json?: unknown; text?: string };

/** A service on this machine that answers from a script. */
const serve = async (answer: (body: Body) => Answer) => {
  const seen: { headers: IncomingHttpHeaders; body: Body }[] = [];
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const part of request) text += part;
    const body = JSON.parse(text) as Body;
    seen.push({ headers: request.headers, body });
    const { status = 200, headers = {}, json, text: plain } = answer(body);
    response.writeHead(status, headers).end(plain ?? JSON.stringify(json));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.closeAllConnections());
  onTestFinished(() => void server.close());
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/rerank`;
  const reranker = createEndpointReranker(createFetch(), async () => ({ address, headers: { authorization: 'Bearer k' }, model: 'm' }));
  return { seen, address, score: (texts = ['a', 'b']) => reranker.score('q', texts, AbortSignal.timeout(30_000)) };
};

const inResults = [
  { index: 1, relevance_score: 0.9, document: { text: 'b' } },
  { index: 0, relevance_score: 0.2 },
];

test.each([
  ['Cohere, Jina and vLLM', { results: inResults }],
  ['Voyage', { object: 'list', data: inResults }],
])('reads the scores of %s, by index, and sends model, query, documents and key', async (_, json) => {
  const { seen, score } = await serve(() => ({ json }));
  expect(await score()).toEqual([0.2, 0.9]);
  expect(seen[0]?.body).toEqual({ model: 'm', query: 'q', documents: ['a', 'b'] });
  expect(seen[0]?.headers.authorization).toBe('Bearer k');
});

test('speaks the form of TEI where a service refuses the other, and remembers it', async () => {
  const { seen, score } = await serve(({ texts }) =>
    texts ? { json: texts.map((_, index) => ({ index, score: index / 2 })) } : { status: 422, json: { error: 'missing field `texts`' } },
  );
  expect(await score()).toEqual([0, 0.5]);
  expect(await score()).toEqual([0, 0.5]);
  expect(seen.map(({ body }) => 'texts' in body)).toEqual([false, true, true]);
  expect(seen[1]?.body).toEqual({ query: 'q', texts: ['a', 'b'], truncate: true });
});

test('turns logits into probabilities', async () => {
  const { score } = await serve(() => ({
    json: {
      results: [
        { index: 0, relevance_score: 0 },
        { index: 1, relevance_score: -4 },
      ],
    },
  }));
  const [first, second] = await score();
  expect(first).toBe(0.5);
  expect(second).toBeCloseTo(0.018, 3);
});

test.each([
  ['a score is missing', { json: { results: inResults.slice(1) } }, 'provider.protocol'],
  ['an index comes without a score', { json: { results: [{ index: 0 }, { index: 1 }] } }, 'provider.protocol'],
  ['the answer is no JSON', { text: '<html>' }, 'provider.protocol'],
  ['it redirects', { status: 307, headers: { location: 'http://127.0.0.1:1/' } }, 'provider.protocol'],
  ['it refuses the key', { status: 401 }, 'provider.auth'],
  ['it is down', { status: 503 }, 'provider.unavailable'],
] satisfies [string, Answer, string][])('rejects where %s', async (_, answer, code) => {
  const { score } = await serve(() => answer);
  await expect(score()).rejects.toMatchObject({ code });
});

test('rejects where the account is gone, and asks nobody', async () => {
  const reranker = createEndpointReranker(createFetch(), async () => null);
  await expect(reranker.score('q', ['a', 'b'], AbortSignal.timeout(30_000))).rejects.toMatchObject({ code: 'not_found' });
});
