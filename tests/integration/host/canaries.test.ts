import { once } from 'node:events';
import { globSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import { newId } from '@shared/model';
import { socketProtocols } from '@shared/wire';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { fillFromPrepared } from '../../support/preparedFolder';
import { type Client, isBuilt, startProgram } from '../../support/program';
import { temporaryFolder } from '../../support/temporaryFolder';

if (!isBuilt) throw new Error('These tests start the built program: run `npm run build` first.');

/** Words of the person that must not be in any log or output. */
const canaries = {
  key: 'sk-canary-key-7d1f09aa',
  question: 'canaryquestion41',
  answer: 'canaryanswer52',
  document: 'canarydocument63',
  file: 'canaryfile74',
  collection: 'canarycollection85',
  message: 'canarymessage96',
};

/** A provider that repeats the key and the question in every answer. */
const startEcho = async (): Promise<{ url: string; be(way: 'answers' | 'refuses' | 'breaks' | 'babbles'): void }> => {
  let way = 'refuses';
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const part of request) body += part;
    if (request.method === 'GET') return response.end(JSON.stringify({ data: [{ id: 'model-a' }] }));
    const echo = `${request.headers.authorization} asked ${body}`;
    if (way === 'refuses')
      return response.writeHead(401, { 'content-type': 'application/json' }).end(JSON.stringify({ error: { message: echo } }));
    if (way === 'babbles') return response.writeHead(200, { 'content-type': 'text/plain' }).end(`<<< ${echo}`);
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(`data: ${JSON.stringify({ choices: [{ delta: { content: `The ${canaries.answer} is here. ` } }] })}\n\n`);
    if (way === 'breaks') return response.end(`data: {"error": ${JSON.stringify(echo)}\n\n`);
    response.end(`data: ${JSON.stringify({ choices: [{ delta: {}, finish_reason: 'stop' }] })}\n\ndata: [DONE]\n\n`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    be: (wanted) => {
      way = wanted;
    },
  };
};

const ask = async (client: Client): Promise<string> => {
  const [turnId, questionId, conversationId] = [newId(), newId(), newId()];
  await client.chat.send({ turnId, questionId, conversationId, text: `Where is the ${canaries.question}?`, settings: { documents: true } });
  let end = '';
  for await (const event of await client.chat.watch({ turnId })) end = event.type;
  return end;
};

test.skipIf(process.platform !== 'linux')(
  'leaves no word of the person in logs and outputs over a whole life of the program',
  async () => {
    const dataFolder = temporaryFolder();
    await fillFromPrepared(dataFolder);
    const provider = await startEcho();
    const program = await startProgram(dataFolder, ['--port', '0'], [], 'pipe');
    const { client, origin, token } = program;

    const collectionId = newId();
    await client.library.createCollection({ id: collectionId, name: canaries.collection });
    const text = `The ${canaries.document} stands on the quay. `.repeat(20);
    await client.library.addText({ id: newId(), title: canaries.file, text, collectionId });
    const uploads = [
      { uploadId: newId(), source: `${canaries.file}.txt`, bytes: text },
      { uploadId: newId(), source: `${canaries.file}.pdf`, bytes: `%PDF-1.7 ${canaries.document}` },
      { uploadId: newId(), source: `${canaries.file}.docx`, bytes: `PK\u0003\u0004${canaries.document}` },
    ];
    const opened = await client.library.beginUploads({
      collectionId,
      files: uploads.map(({ uploadId, source, bytes }) => ({ uploadId, source, size: bytes.length })),
    });
    for (const { uploadId, url } of opened)
      await fetch(new URL(url, origin), {
        method: 'PUT',
        headers: { authorization: `Bearer ${token}` },
        body: uploads.find((one) => one.uploadId === uploadId)?.bytes ?? '',
      });

    const account = await client.providers.add({ id: newId(), preset: 'custom', baseUrl: provider.url, key: canaries.key });
    expect((await client.providers.test({ id: account.id })).models).toEqual(['model-a']);
    await client.providers.test({ id: account.id, chat: true });
    await client.library.search({ query: canaries.question });
    const ends = new Set<string>();
    for (const way of ['refuses', 'babbles', 'breaks', 'answers'] as const) {
      provider.be(way);
      ends.add(await ask(client));
    }
    expect(ends).toEqual(new Set(['failed', 'done']));

    // Calls that cannot be read: over REST, and over the socket as text and as bytes.
    for (const body of [`{"query": "${canaries.message}`, JSON.stringify({ query: [canaries.message] }), canaries.message])
      for (const path of ['/api/v1/search', `/api/v1/documents/${canaries.message}`, `/upload/${canaries.message}`])
        await fetch(`${origin}${path}`, {
          method: path.startsWith('/upload') ? 'PUT' : 'POST',
          headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
          body,
        });
    const socket = new WebSocket(`${origin.replace('http', 'ws')}/rpc`, socketProtocols(token));
    await once(socket, 'open');
    for (const message of [
      canaries.message,
      `{"${canaries.message}`,
      JSON.stringify({ i: canaries.message, p: { u: 7, b: canaries.message } }),
      '[]',
      'null',
    ])
      for (const binary of [false, true]) socket.send(binary ? Buffer.from(message) : message, { binary });
    socket.send(Buffer.from([0xff, ...Buffer.from(canaries.message)]));
    // The program reads the messages of a socket in their order: this answer comes after all of them.
    const sameSocket: Client = createORPCClient(new RPCLink({ websocket: socket as unknown as globalThis.WebSocket }));
    expect((await sameSocket.system.info()).host).toBe('headless');
    expect(socket.readyState).toBe(WebSocket.OPEN);
    socket.close();

    // The helpers are killed in the middle of their work, which then continues.
    const pid = program.child.pid as number;
    for (const child of readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' '))
      if (child) process.kill(Number(child), 'SIGKILL');
    await client.library.addText({ id: newId(), title: `${canaries.file} again`, text: `${text} Again.`, collectionId });
    provider.be('answers');
    await expect.poll(() => ask(client), { timeout: 30_000 }).toBe('done');
    expect(await program.stop()).toBe(0);

    const logs = globSync('logs/**/*', { cwd: dataFolder, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'));
    expect(logs.join('').length).toBeGreaterThan(0);
    const said = program.said();
    for (const [kind, canary] of Object.entries(canaries)) {
      expect(logs.join('').toLowerCase().includes(canary), `${kind} in a log`).toBe(false);
      expect(said.toLowerCase().includes(canary), `${kind} in the outputs`).toBe(false);
    }
    expect(said).toBe('');
  },
  120_000,
);
