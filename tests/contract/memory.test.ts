import type { HttpHost } from '@main/http/httpHost';
import { newId } from '@shared/model';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestEngine, type TestEngine } from '../support/engine';
import { startHttp, testToken } from '../support/transports';

let engine: TestEngine;
let host: HttpHost;
let origin: string;
beforeAll(async () => {
  engine = await startTestEngine();
  ({ host, origin } = await startHttp(engine));
}, 60_000);
afterAll(async () => {
  await host?.close();
  await engine?.close();
});

const rest = async (method: string, path: string, body?: object) => {
  const headers = { authorization: `Bearer ${testToken}`, 'content-type': 'application/json' };
  const answer = await fetch(`${origin}/api/v1/memory${path}`, { method, headers, ...(body && { body: JSON.stringify(body) }) });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
};

test('other programs remember, change, list and delete items, and a late change gets a 409', async () => {
  const id = newId();
  expect(await rest('POST', '/items', { id, text: 'Prefers tea', kind: 'preference', tags: ['drinks'] })).toMatchObject({
    status: 201,
    body: { id, origin: 'person', confirmed: true, revision: 1 },
  });
  expect(await rest('PATCH', `/items/${id}`, { revision: 1, patch: { text: 'Prefers green tea' } })).toMatchObject({
    status: 200,
    body: { revision: 2 },
  });
  expect(await rest('PATCH', `/items/${id}`, { revision: 1, patch: { text: 'Prefers mate' } })).toMatchObject({ status: 409 });
  expect(await rest('GET', '/items?tag=drinks&words=green&limit=5')).toMatchObject({ body: { items: [{ id }], nextCursor: null } });
  expect(await rest('DELETE', `/items/${id}`)).toMatchObject({ body: { ok: true } });
  expect(await rest('GET', '/items')).toMatchObject({ body: { items: [] } });
  expect(await rest('GET', `/items/${id}`)).toMatchObject({ body: { deletedAt: expect.any(Number) } });
  expect(await rest('GET', `/items/${newId()}`)).toMatchObject({ status: 404 });
  expect(await rest('GET', '/gardener')).toMatchObject({ body: { archived: [], emptied: 0 } });
  expect(await rest('POST', '/gardener')).toMatchObject({ status: 200, body: { report: { archived: [], emptied: 0 } } });
});

test('an exported file is imported once, and the window sees the same items', async () => {
  const { client } = engine;
  const { id } = await client.memory.create({ id: newId(), text: 'Has a dog' });
  const { body: file } = await rest('GET', '/export');
  expect(file).toMatchObject({ format: 'emergence-memory', version: 1, items: [{ id }] });
  await client.memory.forget({ ids: [id] });
  expect(await client.memory.counts()).toMatchObject({ live: 0 });
  expect(await rest('POST', '/import', file)).toMatchObject({ body: { added: 1, known: 0, refused: 0 } });
  expect(await rest('POST', '/import', file)).toMatchObject({ body: { added: 0, known: 1, refused: 0 } });
  expect(await client.memory.get({ id })).toMatchObject({ text: 'Has a dog' });
  const { text } = await client.memory.export();
  expect(JSON.parse(text)).toMatchObject({ items: [{ id }] });
  await client.memory.act({ ids: [id], action: 'archive' });
  expect(await client.memory.list({ state: 'archived' })).toMatchObject({ items: [{ id }] });
  expect((await client.memory.gardenerRuns()).runs.length).toBeGreaterThan(0);
});

test('other programs recall items and messages that fit a question, and learn that nothing does', async () => {
  const id = newId();
  await rest('POST', '/items', { id, text: 'The lighthouse keeper Yann takes his coffee black' });
  const said = newId();
  const [conversationId, turnId] = [newId(), newId()];
  await engine.client.chat.send({ conversationId, turnId, questionId: said, text: 'Yann has repaired the old barometer himself.' });
  for await (const event of await engine.client.chat.watch({ turnId })) if (event.type === 'done') break;

  const found = await rest('POST', '/recall', { text: 'How does the lighthouse keeper Yann take his coffee?' });
  expect(found).toMatchObject({ status: 200, body: { searched: true, state: 'found' } });
  expect(found.body.items).toMatchObject([{ item: { id }, scores: { similarity: expect.any(Number), total: expect.any(Number) } }]);
  expect(await rest('POST', '/recall', { text: 'Did Yann repair the old barometer?' })).toMatchObject({
    body: { searched: true, messages: expect.arrayContaining([expect.objectContaining({ messageId: said, role: 'user', speaker: null })]) },
  });
  expect(await rest('POST', '/recall', { text: 'Which violins did the orchestra buy?' })).toMatchObject({
    body: { searched: true, state: 'nothing', items: [], messages: [] },
  });
  // The space is kept.
  const short = await rest('POST', '/recall', { text: 'How does the lighthouse keeper Yann take his coffee?', tokens: 50 });
  expect(JSON.stringify(short.body.messages).length).toBeLessThan(JSON.stringify(found.body.messages).length);
  for (const wrong of [{ text: ' ' }, { text: 'Yann', tokens: 10 }, { text: 'Yann', agentId: 7 }, {}])
    expect(await rest('POST', '/recall', wrong)).toMatchObject({ status: 400 });
});
