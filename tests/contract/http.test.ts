import { createHash, createHmac } from 'node:crypto';
import { request } from 'node:http';
import { connect, type Socket } from 'node:net';
import type { HttpHost } from '@main/http/httpHost';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import type { ContractRouterClient } from '@orpc/contract';
import type { Contract } from '@shared/contract';
import { newId } from '@shared/model';
import { proofText, provenProtocols, socketProtocols } from '@shared/wire';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { startTestEngine, type TestEngine } from '../support/engine';
import { startHttp, testToken } from '../support/transports';

let engine: TestEngine;
let host: HttpHost;
let port: number;
let origin: string;

beforeAll(async () => {
  engine = await startTestEngine();
  ({ host, port, origin } = await startHttp(engine));
}, 60_000);
afterAll(async () => {
  await host?.close();
  await engine?.close();
});

const bearer = { authorization: `Bearer ${testToken}` };
const get = (path: string, headers: Record<string, string> = bearer, init: RequestInit = {}) => fetch(origin + path, { headers, ...init });

/** Sends a request with headers that `fetch` does not allow. */
const raw = (path: string, headers: Record<string, string>): Promise<number> =>
  new Promise((resolve, reject) =>
    request({ host: '127.0.0.1', port, path, headers }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    })
      .on('error', reject)
      .end(),
  );

/** The server's answer to a WebSocket: 101, or the status of its refusal. */
const upgrade = (protocols: string[], headers: Record<string, string> = {}, path = '/rpc'): Promise<number> =>
  new Promise((resolve) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, protocols, { headers });
    socket.on('open', () => {
      socket.close();
      resolve(101);
    });
    socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
    socket.on('error', () => {});
  });

describe('access to the server', () => {
  test.each(['/api/v1/conversations', '/metrics', '/api/openapi.json', `/upload/${newId()}`, '/api/v1/nothing'])(
    '%s needs the token',
    async (path) => {
      for (const headers of [
        {},
        { authorization: 'Bearer wrong' },
        { authorization: testToken },
        { authorization: `Basic ${testToken}` },
      ]) {
        const response = await get(path, headers as Record<string, string>, path.startsWith('/upload') ? { method: 'PUT', body: 'x' } : {});
        expect(response.status).toBe(401);
        expect(await response.json()).toMatchObject({ type: 'error', error_code: 'UNAUTHORIZED' });
      }
      // Nor is the token accepted in an address, which would appear in logs.
      expect((await get(`${path}?token=${testToken}`, {})).status).toBe(401);
    },
  );

  test('a socket needs the token', async () => {
    expect(await upgrade(socketProtocols(testToken))).toBe(101);
    expect(await upgrade(socketProtocols(null), bearer)).toBe(101);
    expect(await upgrade(socketProtocols('wrong'))).toBe(401);
    expect(await upgrade(socketProtocols(null))).toBe(401);
    expect(await upgrade(socketProtocols(testToken), {}, '/other')).toBe(404);
  });

  test("refuses pages of other origins and accepts the program's own", async () => {
    for (const foreign of ['http://evil.example', 'null', `http://127.0.0.1:${port + 1}`, `https://127.0.0.1:${port}`]) {
      expect([foreign, (await get('/api/v1/conversations', { ...bearer, origin: foreign })).status]).toEqual([foreign, 403]);
      expect([foreign, await upgrade(socketProtocols(testToken), { origin: foreign })]).toEqual([foreign, 403]);
    }
    expect((await get('/api/v1/conversations', { ...bearer, origin })).status).toBe(200);
    expect(await upgrade(socketProtocols(testToken), { origin })).toBe(101);
    expect((await get('/api/health', { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
  });

  test('refuses a foreign name that points at this machine', async () => {
    expect(await raw('/', { host: `evil.example:${port}` })).toBe(403);
    expect(await raw('/api/v1/conversations', { ...bearer, host: 'evil.example' })).toBe(403);
    expect(await raw('/', { host: `localhost:${port}` })).not.toBe(403);
  });

  test('an invalid address ends its own request, not the program', async () => {
    // Any page may open such a socket: a browser sends it before any check of the server.
    const answers = ['GET // HTTP/1.1\r\nConnection: close', 'GET // HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: websocket'].map(
      (head) =>
        new Promise<string>((resolve, reject) => {
          const socket = connect(port, '127.0.0.1', () => socket.write(`${head}\r\nHost: 127.0.0.1:${port}\r\n\r\n`));
          let text = '';
          socket.on('data', (bytes) => {
            text += bytes;
          });
          socket.on('close', () => resolve(text.split('\r\n')[0] ?? ''));
          socket.on('error', reject);
        }),
    );
    expect(await Promise.all(answers)).toEqual(['HTTP/1.1 404 Not Found', 'HTTP/1.1 404 Not Found']);
    expect((await get('/api/health')).status).toBe(200);
  });

  /** The server's answer to raw lines, sent by a client that keeps its own end of the connection open. */
  const dialogue = (...lines: string[]): Promise<{ text: string; socket: Socket }> =>
    new Promise((resolve, reject) => {
      const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true }, () =>
        socket.write(`${lines.join('\r\n')}\r\nHost: 127.0.0.1:${port}\r\n\r\n`),
      );
      let text = '';
      socket.on('data', (bytes) => {
        text += bytes;
      });
      socket.on('end', () => resolve({ text, socket }));
      socket.on('error', reject);
      onTestFinished(() => void socket.destroy());
    });

  test('answers a client that offers HTTP/2 in HTTP/1.1, as the standard requires', async () => {
    const { text } = await dialogue(
      'GET /api/health HTTP/1.1',
      'Connection: Upgrade, HTTP2-Settings, close',
      'Upgrade: h2c',
      'HTTP2-Settings: AAMAAABk',
    );
    expect(text).toMatch(/^HTTP\/1\.1 200 OK[\s\S]*"state"/);
  });

  test('closes a refused socket, also for a client that keeps its own end open', async () => {
    const { text, socket } = await dialogue(
      'GET /rpc HTTP/1.1',
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==',
    );
    expect(text).toMatch(/^HTTP\/1\.1 401 /);
    // The server no longer reads the connection.
    const broken = new Promise((resolve) => socket.once('close', resolve));
    const sending = setInterval(() => socket.write('x'), 50);
    onTestFinished(() => clearInterval(sending));
    socket.on('error', () => {});
    await broken;
  });

  test('an invalid message on a socket ends only its own call', async () => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/rpc`, socketProtocols(testToken));
    await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
    for (const nonsense of [
      '',
      '{',
      'null',
      '[]',
      '{"i":1}',
      '{"i":"x","t":99,"p":{}}',
      '{"i":2,"p":{"u":"/nothing/here"}}',
      '{"i":3,"p":{"u":"%"}}',
    ])
      socket.send(nonsense);
    socket.send(Buffer.from([0, 255, 1]));
    // The server reads the messages of a socket in their order: this answer comes after all of them.
    const client: ContractRouterClient<Contract> = createORPCClient(new RPCLink({ websocket: socket as unknown as globalThis.WebSocket }));
    expect((await client.system.info()).host).toBe('headless');
    socket.terminate();
    expect((await get('/api/health')).status).toBe(200);
  });

  test('lets no other origin read an answer', async () => {
    const response = await get('/api/v1/conversations', { ...bearer, origin });
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  });
});

describe('how a window enters', () => {
  const post = (name: string, body: unknown, headers: Record<string, string> = {}) =>
    fetch(`${origin}/api/window/${name}`, { method: 'POST', headers, body: typeof body === 'string' ? body : JSON.stringify(body) });
  const mac = (key: string, by: 'program' | 'window', nonce: string) =>
    createHmac('sha256', key)
      .update(proofText(by, String(port), nonce))
      .digest('base64url');
  const nonce = 'a-nonce-of-the-tests';
  const proofFor = async (key: string): Promise<string> => {
    const { challenge } = (await (await post('prove', { nonce })).json()) as { challenge: string };
    return `${challenge}.${mac(key, 'window', challenge)}`;
  };

  test('the program and a window each prove that they have the token, once for each challenge', async () => {
    expect(await (await post('prove', { nonce })).json()).toEqual({
      challenge: expect.any(String),
      byToken: mac(testToken, 'program', nonce),
    });
    const proof = await proofFor(testToken);
    expect([await upgrade(provenProtocols(proof)), await upgrade(provenProtocols(proof))]).toEqual([101, 401]);
    expect(await upgrade(provenProtocols(await proofFor('wrong')))).toBe(401);
    const header = async (key: string) => ({ authorization: `Window ${await proofFor(key)}` });
    expect((await get('/api/v1/conversations', await header(testToken))).status).toBe(200);
    expect((await get('/api/v1/conversations', await header('wrong'))).status).toBe(401);
  });

  test('gives the token for a code, once', async () => {
    const code = host.issueCode();
    expect(await (await post('exchange', { code })).json()).toEqual({ token: testToken });
    for (const wrong of [code, 'x'.repeat(32)]) expect((await post('exchange', { code: wrong })).status).toBe(401);
  });

  test('gives a window a key of its own, which is recognised after the token was changed', async () => {
    expect((await post('enter', {})).status).toBe(401);
    expect((await post('enter', {}, bearer)).status).toBe(401);
    const entered = await post('enter', {}, { authorization: `Window ${await proofFor(testToken)}` });
    const { window, key } = (await entered.json()) as { window: string; key: string };
    expect(await (await post('prove', { nonce, window })).json()).toMatchObject({ byWindow: mac(key, 'program', nonce) });
    expect(await (await post('resume', { window, proof: await proofFor(key) })).json()).toEqual({ token: testToken });
    for (const wrong of [testToken, 'wrong']) expect((await post('resume', { window, proof: await proofFor(wrong) })).status).toBe(401);
    expect((await post('resume', { window: newId(), proof: await proofFor(key) })).status).toBe(401);
  });

  test('refuses an invalid body in the public form, and a page of another origin before that', async () => {
    for (const body of ['', '{', 'null', '[]', '{}', { nonce: 'short' }, { nonce: 7 }, { nonce: 'n'.repeat(600) }])
      expect((await post('prove', body)).status).toBe(400);
    expect((await post('prove', { nonce: 'n'.repeat(5_000) })).status).toBe(413);
    expect((await post('nothing', { nonce })).status).toBe(404);
    expect((await post('prove', { nonce }, { origin: 'http://evil.example' })).status).toBe(403);
    expect((await get('/api/window/prove', {})).status).toBe(401);
  });

  test('ends a service worker that another program left at this address', async () => {
    const worker = await get('/worker.js', { 'service-worker': 'script' });
    expect([worker.status, worker.headers.get('content-type')]).toEqual([200, expect.stringContaining('javascript')]);
    expect(await worker.text()).toContain('unregister');
  });
});

describe('the page', () => {
  test('comes without a token, under a policy that runs nothing inline', async () => {
    const response = await get('/library/anything', {});
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toMatch('text/html');
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain('unsafe-inline');
    expect(policy).not.toContain("'unsafe-eval'");
    expect(await response.text()).toContain('<');
  });

  test('serves no files outside its folder', async () => {
    expect(await raw('/../package.json', {})).toBe(404);
    expect(await raw('/%2e%2e/package.json', {})).toBe(404);
    expect((await get('/missing.js', {})).status).toBe(404);
    expect((await get('/', bearer, { method: 'DELETE' })).status).toBe(404);
  });
});

describe('for other programs', () => {
  test('serves health openly, without facts about the person', async () => {
    const response = await get('/api/health', {});
    expect(response.status).toBe(200);
    const health = (await response.json()) as { state: string; parts: Record<string, unknown>[] };
    expect(health.state).toMatch(/^(ok|degraded)$/);
    expect(health.parts.length).toBeGreaterThan(3);
    for (const part of health.parts) expect(Object.keys(part).sort()).toEqual(['id', 'state']);
  });

  test('serves metrics in the form of Prometheus', async () => {
    const response = await get('/metrics');
    expect(response.headers.get('content-type')).toMatch('text/plain');
    const text = await response.text();
    expect(text).toMatch(/^# TYPE llm_api_calls_total counter$/m);
    expect(text).toMatch(/^# TYPE rag_query_duration_seconds histogram$/m);
  });

  test('lists only the public routes in the OpenAPI document', async () => {
    const document = (await (await get('/api/openapi.json')).json()) as { openapi: string; paths: Record<string, Record<string, unknown>> };
    expect(document.openapi).toMatch(/^3\.1/);
    const routes = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(routes).toEqual(
      expect.arrayContaining([
        'GET /conversations',
        'POST /conversations/{conversationId}/messages',
        'POST /messages/{messageId}/continue',
        'GET /turns/{turnId}/events',
        'GET /search',
        'GET /documents',
      ]),
    );
    expect(routes.join(' ')).not.toMatch(/provider|settings|system|forget/);
  });

  test.each([
    ['POST', '/api/v1/conversations/forget'],
    ['POST', '/api/v1/providers/list'],
    ['GET', '/api/v1/nothing'],
    ['DELETE', '/metrics'],
  ])('%s %s does not exist', async (method, path) => {
    const response = await get(path, bearer, { method });
    expect([response.status, await response.json()]).toEqual([404, expect.objectContaining({ type: 'error', error_code: 'NOT_FOUND' })]);
  });

  test('sends errors in the public form', async () => {
    const missing = await get(`/api/v1/conversations/${newId()}`);
    expect([missing.status, await missing.json()]).toEqual([
      404,
      { type: 'error', error_code: 'NOT_FOUND', message: expect.any(String), details: expect.any(Object) },
    ]);
    const invalid = await get('/api/v1/conversations/x');
    expect([invalid.status, await invalid.json()]).toMatchObject([
      400,
      { error_code: 'VALIDATION_ERROR', details: { issues: [{ path: 'id' }] } },
    ]);
    for (const list of ['conversations', 'documents']) {
      const handmade = await get(`/api/v1/${list}?cursor=${Buffer.from('["a"b","c"]').toString('base64url')}`);
      expect([handmade.status, await handmade.json()]).toMatchObject([
        400,
        { error_code: 'VALIDATION_ERROR', details: { field: 'cursor' } },
      ]);
    }
    const malformed = await get('/api/v1/conversations', { ...bearer, 'content-type': 'application/json' }, { method: 'POST', body: '{' });
    expect([malformed.status, await malformed.json()]).toMatchObject([400, { type: 'error', error_code: 'VALIDATION_ERROR' }]);
  });

  test('streams an answer as server-sent events, from the requested event on', async () => {
    const conversationId = newId();
    const turnId = newId();
    const sent = await get(
      `/api/v1/conversations/${conversationId}/messages`,
      { ...bearer, 'content-type': 'application/json' },
      {
        method: 'POST',
        body: JSON.stringify({ turnId, questionId: newId(), text: 'What is Emergence?' }),
      },
    );
    expect(sent.status).toBe(202);
    const whole = await get(`/api/v1/turns/${turnId}/events`);
    expect(whole.headers.get('content-type')).toMatch('text/event-stream');
    const events = (await whole.text()).split('\n\n').filter((block) => block.includes('data:'));
    const ids = events.flatMap((block) => /^id: ?(.+)$/m.exec(block)?.[1] ?? []);
    expect(ids.length).toBeGreaterThan(1);
    expect(events.some((block) => block.includes('"type":"done"'))).toBe(true);
    const rest = await (await get(`/api/v1/turns/${turnId}/events`, { ...bearer, 'last-event-id': ids[0] as string })).text();
    expect(rest.split('\n\n').flatMap((block) => /^id: ?(.+)$/m.exec(block)?.[1] ?? [])).toEqual(ids.slice(1));
  });

  test('sums up a whole document, and continues only what is unfinished', async () => {
    const json = { ...bearer, 'content-type': 'application/json' };
    const { items } = (await (await get('/api/v1/documents')).json()) as { items: { id: string }[] };
    const conversationId = newId();
    const turnId = newId();
    const about = { documentId: items[0]?.id, whole: true };
    const body = JSON.stringify({ turnId, questionId: newId(), text: 'Sum it up', about });
    const sent = await get(`/api/v1/conversations/${conversationId}/messages`, json, { method: 'POST', body });
    const { messageId } = (await sent.json()) as { messageId: string };
    const events = await (await get(`/api/v1/turns/${turnId}/events`)).text();
    expect(events).toContain('A summary needs a model');
    const branch = (await (await get(`/api/v1/conversations/${conversationId}/messages`)).json()) as { items: { info: unknown }[] };
    expect(branch.items.at(-1)?.info).toMatchObject({ whole: { state: 'read', documentIds: [about.documentId], parts: 0 } });
    const again = JSON.stringify({ turnId: newId(), confirmed: true });
    expect((await get(`/api/v1/messages/${messageId}/continue`, json, { method: 'POST', body: again })).status).toBe(409);
  });

  test('refuses a body past the limit before it is read', async () => {
    const status = await new Promise<number>((resolve, reject) => {
      const socket = connect(port, '127.0.0.1', () =>
        socket.write(
          `POST /api/v1/documents/text HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAuthorization: Bearer ${testToken}\r\nContent-Type: application/json\r\nContent-Length: ${1e9}\r\n\r\n{`,
        ),
      );
      socket.once('data', (bytes) => {
        socket.destroy();
        resolve(Number(/^HTTP\/1\.1 (\d+)/.exec(bytes.toString())?.[1]));
      });
      socket.once('error', reject);
    });
    expect(status).toBe(413);
  });
});

describe('bytes', () => {
  const text = `# Notes\n\n${Array.from({ length: 400 }, (_, index) => `Line ${index} of the notes.`).join('\n')}\n`;

  test('makes a document of an upload and serves its original by a signed address', async () => {
    const uploadId = newId();
    const [begun] = await engine.client.library.beginUploads({
      collectionId: null,
      files: [{ uploadId, source: 'notes.md', size: Buffer.byteLength(text) }],
    });
    const url = new URL(begun?.url ?? '', origin);
    expect(url.pathname).toBe(`/upload/${uploadId}`);
    const put = () => fetch(url, { method: 'PUT', headers: bearer, body: text });
    expect((await put()).status).toBe(200);
    // Sent again after a cut: still one document.
    expect((await put()).ok).toBe(true);
    const version = await engine.readyVersion('notes.md');

    const { url: address, mime } = await engine.client.library.original({ versionId: version });
    const original = (range?: string) => fetch(new URL(address, origin), { headers: range ? { range } : {} });
    const whole = await original();
    expect([whole.status, whole.headers.get('content-type'), whole.headers.get('accept-ranges')]).toEqual([200, mime, 'bytes']);
    const bytes = Buffer.from(await whole.arrayBuffer());
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(createHash('sha256').update(text).digest('hex'));
    // Whatever the file contains, it must not run as a page of the program.
    expect(whole.headers.get('content-disposition')).toMatch(/^attachment/);
    expect(whole.headers.get('content-security-policy')).toContain('sandbox');

    const part = await original('bytes=2-6');
    expect([part.status, await part.text(), part.headers.get('content-range')]).toEqual([206, 'Notes', `bytes 2-6/${bytes.length}`]);
    expect((await original(`bytes=${bytes.length}-`)).status).toBe(416);

    const forged = new URL(address, origin);
    forged.searchParams.set('expires', String(Number(forged.searchParams.get('expires')) + 60_000));
    expect((await fetch(forged)).status).toBe(401);
    forged.search = '';
    expect((await fetch(forged, { headers: bearer })).status).toBe(401);
  }, 60_000);

  test('refuses an upload that was not announced', async () => {
    const response = await get(`/upload/${newId()}`, bearer, { method: 'PUT', body: 'x' });
    expect(response.status).toBe(404);
    expect((await get('/upload/nonsense', bearer, { method: 'PUT', body: 'x' })).status).toBe(404);
  });
});
