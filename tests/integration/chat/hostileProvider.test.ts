import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { answerLimits } from '@main/providers/policies';
import { newId } from '@shared/model';
import { expect, onTestFinished, test } from 'vitest';
import { type Client, isBuilt, type Program, startProgram } from '../../support/program';
import { event, openStream, piece, sendJson } from '../../support/rawProvider';
import { temporaryFolder } from '../../support/temporaryFolder';

if (!isBuilt) throw new Error('This test starts the built program: run `npm run build` first.');

const begun = piece({ content: 'Begun. ' });
const openDelta = 'data: {"choices":[{"index":0,"delta":{"content":"';
const end = piece({}, 'stop') + event('[DONE]');

/** The end of a turn. */
interface End {
  type: string;
  code?: string;
  reason?: unknown;
  text: string;
  /** How many places of the text cite a source, where any does. */
  citations?: number;
}
const tooMuch = (reason: string, text: string): End => ({ type: 'failed', code: 'provider.too_much', reason, text });

/** An answer that never ends: its beginning, and a part of about the given length that is repeated. */
interface Endless {
  status?: number;
  headers?: Record<string, string>;
  opens: string | Buffer;
  part: (size: number) => string | Buffer;
  ends: End;
}

const endless: Record<string, Endless> = {
  'a gzip that grows': {
    headers: { 'content-encoding': 'gzip' },
    opens: gzipSync(begun + openDelta),
    part: (size) => gzipSync('0'.repeat(size)),
    ends: tooMuch('line', 'Begun. '),
  },
  'one line': { opens: begun + openDelta, part: (size) => 'x'.repeat(size), ends: tooMuch('line', 'Begun. ') },
  'an answer': {
    opens: '',
    part: (size) => piece({ content: 'x'.repeat(size) }),
    ends: tooMuch('answer', 'x'.repeat(answerLimits.answerCharacters)),
  },
  thinking: { opens: '', part: (size) => piece({ reasoning_content: 'h'.repeat(size) }), ends: tooMuch('thinking', '') },
  'the body of an error': {
    status: 400,
    opens: '{"error":{"message":"bad"}}',
    part: (size) => ' '.repeat(size),
    ends: { type: 'failed', code: 'provider.rejected', text: '' },
  },
};

const finite: Record<string, { send: (response: ServerResponse) => void | Promise<void>; ends: End }> = {
  'a delta of 20 MB': {
    send: (response) => {
      openStream(response);
      response.end(begun + piece({ content: 'x'.repeat(20_000_000) }) + end);
    },
    ends: tooMuch('line', 'Begun. '),
  },
  'lists in lists': {
    send: (response) => {
      openStream(response);
      response.end(`${begun}${event(`{"choices":[{"delta":{"content":${'['.repeat(1_000_000)}${']'.repeat(1_000_000)}}}]}`)}${end}`);
    },
    ends: tooMuch('structure', 'Begun. '),
  },
  'a drip of single bytes': {
    send: async (response) => {
      openStream(response);
      for (const byte of Buffer.from(`${piece({ content: 'Drop by drop.' })}${end}`)) {
        response.write(Buffer.of(byte));
        await nextTurn();
      }
      response.end();
    },
    ends: { type: 'done', text: 'Drop by drop.' },
  },
  'thousands of headers': {
    send: (response) => {
      for (let number = 0; number < 5_000; number += 1) response.setHeader(`x-header-${number}`, 'y');
      response.end(begun + end);
    },
    ends: { type: 'failed', code: 'provider.address', reason: 'no_http', text: '' },
  },
  'NUL bytes': {
    send: (response) => {
      openStream(response);
      response.end(`${begun}\u0000\u0000\n\n${piece({ content: 'a\u0000b' })}${end}`);
    },
    ends: { type: 'done', text: 'Begun. a\u0000b' },
  },
  'half a character': {
    send: (response) => {
      openStream(response);
      response.write(`${begun}${openDelta}caf`);
      response.write(Buffer.of(0xc3));
      response.end(Buffer.concat([Buffer.from(`"}}]}\n\n${end}`), Buffer.of(0xe2, 0x82)]));
    },
    ends: { type: 'done', text: 'Begun. caf\ufffd' },
  },
  'a redirect to itself': {
    send: (response) => void response.writeHead(302, { location: '/v1/chat/completions' }).end(),
    ends: { type: 'failed', code: 'provider.protocol', reason: 'redirect', text: '' },
  },
  'a picture': {
    send: (response) => {
      response.writeHead(200, { 'content-type': 'image/png' });
      response.end(Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.alloc(100_000, 0xd8)]));
    },
    ends: { type: 'failed', code: 'provider.protocol', text: '' },
  },
  'a web page': {
    send: (response) => {
      response.writeHead(200, { 'content-type': 'text/html' });
      response.end(`<!doctype html><title>Log in</title>${'<p>Log in'.repeat(50_000)}`);
    },
    ends: { type: 'failed', code: 'provider.address', reason: 'html', text: '' },
  },
  'usage of 1e14 tokens': {
    send: (response) => {
      openStream(response);
      response.end(begun + piece({}, 'stop', { usage: { prompt_tokens: 1e14, completion_tokens: 1e14 } }) + event('[DONE]'));
    },
    ends: { type: 'done', text: 'Begun. ' },
  },
  '100,000 citations': {
    send: (response) => {
      openStream(response);
      response.end(piece({ content: 'Drop a file [1].\n'.repeat(100_000) }) + end);
    },
    // Places beyond these are not followed.
    ends: { type: 'done', text: 'Drop a file [1].\n'.repeat(100_000), citations: 1_000 },
  },
};

/** The next answer of the server, and the number of bytes it sent. */
const startServer = async () => {
  let next: (response: ServerResponse) => void | Promise<void> = () => {};
  let pages = 0;
  const server = createServer(async (request, response) => {
    for await (const _ of request);
    response.on('error', () => {});
    const { pathname } = new URL(request.url ?? '', 'http://localhost');
    if (request.method === 'POST') return next(response);
    if (pathname === '/v1/models') return sendJson(response, 200, { data: [{ id: 'm' }] });
    pages += 1;
    const models = Array.from({ length: 50 }, (_, index) => ({ name: `models/${pages}-${index}` }));
    sendJson(response, 200, { models, nextPageToken: `page-${pages}` });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    serve: (send: typeof next) => {
      next = send;
    },
    pages: () => pages,
  };
};

/** Writes parts at the reader's pace until the reader leaves or `goesOn` returns false; the connection then stays open. */
const flood = async (response: ServerResponse, part: string | Buffer, goesOn: () => boolean): Promise<void> => {
  const gone = once(response, 'close');
  while (!response.destroyed && goesOn()) if (!response.write(part)) await Promise.race([once(response, 'drain'), gone]);
};

const openEndless = (response: ServerResponse, { status = 200, headers, opens }: Endless): void => {
  response.writeHead(status, { 'content-type': 'text/event-stream', ...headers });
  response.write(opens);
};

/** Asks a model of its own, so that its failures do not open the circuit of another; follows the turn to its end. */
const ask = async (client: Client, accountId: string, model: string, turnId = newId()): Promise<End> => {
  await client.chat.send({
    turnId,
    questionId: newId(),
    conversationId: newId(),
    text: 'How do I add a document to the library?',
    settings: { documents: true, model: { accountId, model } },
  });
  for await (const one of await client.chat.watch({ turnId })) {
    if (one.type !== 'done' && one.type !== 'failed' && one.type !== 'stopped') continue;
    const { text, error, citations, info } = one.message;
    expect(info?.usage?.inputTokens ?? 0).toBeLessThanOrEqual(answerLimits.tokens);
    const reason = error?.details.reason;
    return {
      type: one.type,
      ...(error && { code: error.code }),
      ...(reason !== undefined && { reason }),
      text,
      ...(citations.length > 0 && { citations: citations.length }),
    };
  }
  throw new Error('The turn never ended.');
};

/** The most kilobytes that the process has held; null where the system does not report them. */
const peakOf = ({ child }: Program): number | null => {
  if (process.platform !== 'linux') return null;
  return Number(/^VmHWM:\s+(\d+)/m.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1]);
};

/** The texts are long: their beginning and length are enough to explain a failing test. */
const brief = ({ text, ...rest }: End) => ({ ...rest, text: text.slice(0, 40), characters: text.length });
const mapped = <T, U>(record: Record<string, T>, make: (value: T) => U): Record<string, U> =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, make(value)]));

/** Parts that a server sends after the person pressed Stop; all of them are far from every bound. */
const partsAfterStop = 24;

test('survives every hostile provider in one process, keeps the text, obeys Stop, stays small', async () => {
  const server = await startServer();
  const program = await startProgram(temporaryFolder(), ['--port', '0']);
  const { client } = program;
  await client.settings.update({ conversations: { modelTitles: false }, providers: { detectLocal: false, fallback: false } });
  const { id } = await client.providers.add({ id: newId(), preset: 'custom', baseUrl: `${server.url}/v1` });
  await expect.poll(async () => (await client.library.stats()).working, { timeout: 60_000 }).toBe(0);

  const got: Record<string, End> = {};
  for (const [name, hostile] of Object.entries(endless)) {
    const part = hostile.part(65_536);
    server.serve((response) => {
      openEndless(response, hostile);
      return flood(response, part, () => true);
    });
    got[name] = await ask(client, id, name);
  }
  for (const [name, { send }] of Object.entries(finite)) {
    server.serve(send);
    got[name] = await ask(client, id, name);
  }
  expect(mapped(got, brief)).toEqual({ ...mapped(endless, ({ ends }) => brief(ends)), ...mapped(finite, ({ ends }) => brief(ends)) });
  for (const [name, { text }] of Object.entries(got)) expect(text === (endless[name] ?? finite[name])?.ends.text, name).toBe(true);

  const google = await client.providers.add({ id: newId(), preset: 'google', baseUrl: server.url, key: 'k'.repeat(20) });
  expect(await client.providers.test({ id: google.id })).toMatchObject({ ok: true });
  expect(server.pages()).toBeLessThanOrEqual(20);

  // After Stop the server sends a few more parts and keeps the connection open: nothing but Stop can end the turn.
  const stopped: Record<string, string> = {};
  const drip: Endless = { opens: begun, part: () => piece({ content: '.' }), ends: tooMuch('answer', '') };
  for (const [name, hostile] of Object.entries({ ...endless, drip })) {
    const part = hostile.part(1_024);
    let stopping: Promise<unknown> | null = null;
    const turnId = newId();
    let left = partsAfterStop;
    server.serve(async (response) => {
      openEndless(response, hostile);
      for (let sent = 0; sent < 4; sent += 1) response.write(part);
      stopping = client.chat.stop({ turnId });
      await flood(response, part, () => left-- > 0);
    });
    const { type } = await ask(client, id, `${name}, stopped`, turnId);
    await stopping;
    stopped[name] = type;
  }
  expect(stopped).toEqual(mapped({ ...endless, drip }, () => 'stopped'));

  server.serve((response) => {
    openStream(response);
    response.end(piece({ content: 'All is well.' }) + end);
  });
  expect(await ask(client, id, 'm')).toEqual({ type: 'done', text: 'All is well.' });
  const { items } = await client.conversations.list({});
  expect(items.length).toBeGreaterThanOrEqual(20);
  const peak = peakOf(program);
  if (peak !== null) expect(peak / 1024).toBeLessThan(320);
  expect(await program.stop()).toBe(0);
}, 60_000);
