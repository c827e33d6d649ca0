import { createServer, type RequestListener } from 'node:http';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { brotliCompressSync, createGzip, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { openProviderBench, type ProviderBench } from '../../support/providerBench';
import { event, piece } from '../../support/rawProvider';

let bench: ProviderBench;
beforeEach(() => {
  bench = openProviderBench({ policies: { local: { responseMs: 3_000, idleMs: 3_000 } } });
});
afterEach(() => bench.close());

const words = 'Été 日本 😀';
const answer = piece({ content: words }) + piece({}, 'stop') + event('[DONE]');

/** Starts a server that gives these answers to chats; it has no list of models. */
const serve = async (listener: RequestListener): Promise<string> => {
  const server = createServer(async (request, response) => {
    for await (const part of request) void part;
    if (request.method === 'GET') return void response.writeHead(404).end();
    response.on('error', () => {});
    listener(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
};

/** Starts a server that writes these bytes for every request, each part separately, and closes. */
const serveBytes = async (...parts: (string | Buffer)[]): Promise<string> => {
  const server = createTcpServer({ noDelay: true }, (socket) => {
    socket.on('error', () => {});
    let heard = '';
    socket.on('data', async (bytes) => {
      heard += bytes.toString('latin1');
      const body = heard.indexOf('\r\n\r\n') + 4;
      const length = Number(/content-length: (\d+)/i.exec(heard)?.[1] ?? 0);
      if (body < 4 || heard.length < body + length) return;
      heard = '';
      for (const part of parts) {
        socket.write(part);
        await new Promise((resolve) => setImmediate(resolve));
      }
      socket.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
};
const head = (more = ''): string => `HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n${more}\r\n`;

const ask = async (address: string) => {
  const account = await bench.add('custom', address);
  const { text, error, kinds } = await bench.ask(bench.request([bench.candidate(account)]));
  return { text, code: error?.code ?? null, reason: error?.details.reason, attempts: kinds.filter((kind) => kind === 'attempt').length };
};
const whole = { text: words, code: null, attempts: 1 };

describe('compression of an answer', () => {
  it.each([
    ['gzip', gzipSync(answer)],
    ['GZIP', gzipSync(answer)],
    ['x-gzip', gzipSync(answer)],
    ['br', brotliCompressSync(answer)],
    ['deflate', deflateSync(answer)],
    ['deflate', deflateRawSync(answer)],
    ['zstd', zstdCompressSync(answer)],
    ['gzip, br', brotliCompressSync(gzipSync(answer))],
    ['identity', Buffer.from(answer)],
    ['utf-8', Buffer.from(answer)],
  ])('%s is read', async (coding, body) => {
    const address = await serve((_request, response) => response.writeHead(200, { 'content-encoding': coding }).end(body));
    expect(await ask(address)).toMatchObject(whole);
  });

  it('reads a compressed stream as it comes', async () => {
    const address = await serve((_request, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' });
      const packed = createGzip();
      packed.pipe(response);
      for (const part of [piece({ content: 'Été ' }), piece({ content: '日本 😀' })]) {
        packed.write(part);
        packed.flush();
      }
      packed.end(piece({}, 'stop'));
    });
    expect(await ask(address)).toMatchObject(whole);
  });

  it('keeps the received part of a compressed stream that is cut', async () => {
    const packed = gzipSync(piece({ content: 'Half' }) + Array.from({ length: 200 }, (_, at) => `: ${at * 7919}\n\n`).join(''));
    const address = await serve((_request, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(packed.subarray(0, -200)),
    );
    expect(await ask(address)).toMatchObject({ text: 'Half', code: 'provider.interrupted' });
  });

  it('fails without a retry on data that is wrongly declared as compressed', async () => {
    const address = await serve((_request, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(answer));
    expect(await ask(address)).toMatchObject({ text: '', code: 'provider.protocol', attempts: 1 });
  });

  it.each(['text/plain', 'application/json', 'text/html', 'application/x-ndjson', 'nonsense', undefined])(
    'reads a stream and a whole answer as %s',
    async (type) => {
      for (const body of [answer, JSON.stringify({ choices: [{ message: { content: words }, finish_reason: 'stop' }] })]) {
        const address = await serve((_request, response) => response.writeHead(200, type ? { 'content-type': type } : {}).end(body));
        expect(await ask(address)).toMatchObject(whole);
      }
    },
  );
});

describe('transfer of an answer', () => {
  const ended = Buffer.from(piece({ content: words }) + piece({}, 'stop'));
  it.each<[string, (string | Buffer)[]]>([
    ['byte by byte', [head('Connection: close\r\n'), ...[...ended].map((byte) => Buffer.of(byte))]],
    ['without a length', ['HTTP/1.0 200 OK\r\n\r\n', ended]],
    ['with too great a length', [head(`Content-Length: ${ended.length + 50}\r\n`), ended]],
    ['without its last chunk', [head('Transfer-Encoding: chunked\r\n'), `${ended.length.toString(16)}\r\n`, ended, '\r\n']],
    ['after early hints', ['HTTP/1.1 103 Early Hints\r\n\r\n', head('Connection: close\r\n'), ended]],
    ['with another good status', [head('Connection: close\r\n').replace('200 OK', '201 Created'), ended]],
  ])('%s it is whole', async (_name, parts) => {
    expect(await ask(await serveBytes(...parts))).toMatchObject(whole);
  });

  it.each([
    ['nothing, with status 204', 'HTTP/1.1 204 No Content\r\n\r\n', 'provider.protocol'],
    ['a greeting of another service', 'SSH-2.0-OpenSSH_9.6\r\n', 'provider.address'],
    ['headers without end', `${head(`X-Long: ${'x'.repeat(40_000)}\r\n`)}`, 'provider.address'],
  ])('%s is told, and asked for once', async (_name, bytes, code) => {
    expect(await ask(await serveBytes(bytes))).toMatchObject({ text: '', code, attempts: 1 });
  });

  it('reports https without TLS on the server, and a port that may not be called', async () => {
    const address = await serve((_request, response) => response.end(answer));
    expect(await ask(address.replace('http:', 'https:'))).toMatchObject({ code: 'provider.address', reason: 'no_tls', attempts: 1 });
    expect(await ask('http://127.0.0.1:10080/v1')).toMatchObject({ code: 'provider.address', reason: 'port', attempts: 1 });
  });

  it.each([
    ['a date', () => new Date(Date.now() + 50).toUTCString(), null],
    ['a date that is past', () => 'Wed, 21 Oct 2015 07:28:00 GMT', null],
    ['no time at all', () => 'later', null],
    ['a negative figure', () => '-5', null],
    ['an age of the world', () => '99999999999999999999', 'provider.rate_limited'],
  ])('too many requests, and to wait until %s', async (_name, until, code) => {
    let asked = 0;
    const address = await serve((_request, response) => {
      asked += 1;
      if (asked === 1) response.writeHead(429, { 'retry-after': until() }).end('{}');
      else response.end(answer);
    });
    expect(await ask(address)).toMatchObject({ code, attempts: code === null ? 2 : 1 });
  });
});
