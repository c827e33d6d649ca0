import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { createGuardedFetch, type PageLimits } from '@main/network/guardedFetch';
import { EmergenceError } from '@shared/model';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { startWebServer, type WebServer } from '../../support/webServer';

/** The answers of the system's resolver; names that are not listed are unknown. */
const names: Record<string, string[]> = {};
vi.mock('node:dns', async (original) => {
  const dns = await original<typeof import('node:dns')>();
  return {
    ...dns,
    lookup: (host: string, _options: unknown, done: (error: Error | null, found: unknown) => void) => {
      const found = names[host];
      if (!found) return done(Object.assign(new Error('unknown'), { code: 'ENOTFOUND' }), []);
      done(
        null,
        found.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
      );
    },
  };
});

let web: WebServer;
beforeAll(async () => {
  web = await startWebServer();
});
afterAll(() => web.close());
beforeEach(() => {
  for (const name of Object.keys(names)) delete names[name];
});

const limits: PageLimits = { redirects: 4, silenceMs: 10_000, totalMs: 60_000 };
const fetchPage = createGuardedFetch(() => null);
const get = (
  address: string,
  { most = 1_000_000, ...options }: { most?: number; signal?: AbortSignal; limits?: PageLimits } = {},
): Promise<string> =>
  fetchPage(address, { limits, ...options }, async ({ body }) => {
    const pieces: Uint8Array[] = [];
    for await (const piece of body(most)) pieces.push(piece);
    return Buffer.concat(pieces).toString();
  });
const reason = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'fetched',
    (error: unknown) => (error instanceof EmergenceError ? (error.code === 'page.failed' ? error.details.reason : error.code) : error),
  );
const redirect = (path: string, to: string): void => web.set(path, (_, response) => response.writeHead(302, { location: to }).end());

describe('which addresses are reached', () => {
  it('fetches an address of this machine that was typed, and sends nothing about the person', async () => {
    web.set('/page', 'hello');
    expect(await get(web.at('/page'))).toBe('hello');
    const { cookie, referer, authorization, 'accept-language': language } = web.lastHeaders();
    expect({ cookie, referer, authorization, language }).toEqual({
      cookie: undefined,
      referer: undefined,
      authorization: undefined,
      language: '*',
    });
  });

  it('calls no address that a name leads to within this machine or its networks', async () => {
    const before = web.requests.length;
    const port = new URL(web.at('/')).port;
    for (const address of ['127.0.0.1', '10.0.0.1', '192.168.0.1', '169.254.169.254', '::1', 'fd00::1', '::ffff:127.0.0.1', '0.0.0.0']) {
      names['rebound.example'] = [address];
      expect(await reason(get(`http://rebound.example:${port}/page`)), address).toBe('private');
    }
    expect(web.requests.length).toBe(before);
  });

  it('connects to the addresses that were checked, and asks for the name once', async () => {
    // A name that is public when it is asked first and private afterwards.
    let asked = 0;
    Object.defineProperty(names, 'twice.example', {
      configurable: true,
      enumerable: true,
      get: () => {
        asked += 1;
        return asked === 1 ? ['192.168.255.255'] : ['127.0.0.1'];
      },
    });
    expect(await reason(get(`http://twice.example:${new URL(web.at('/')).port}/page`))).toBe('private');
    expect(asked).toBe(1);
  });

  it('refuses link-local addresses and unspecified ones even when they are typed', async () => {
    for (const address of [
      'http://169.254.169.254/latest/meta-data/',
      'http://0.0.0.0/',
      'http://[fe80::1]/',
      'http://[::ffff:a9fe:a9fe]/',
    ])
      expect(await reason(get(address)), address).toBe('private');
  });

  it('follows a redirect within the typed address, and none to another private one', async () => {
    const other = createServer((_, response) => response.end('secret'));
    await new Promise<void>((listening) => other.listen(0, '127.0.0.1', listening));
    const { port } = other.address() as AddressInfo;
    redirect('/own', '/page');
    redirect('/port', `http://127.0.0.1:${port}/`);
    redirect('/name', web.at('/page').replace('127.0.0.1', 'localhost'));
    redirect('/number', `http://2130706433:${port}/`);
    redirect('/cloud', 'http://169.254.169.254/');
    redirect('/file', 'file:///etc/passwd');
    redirect('/password', web.at('/page').replace('127', 'me:secret@127'));
    expect(await get(web.at('/own'))).toBe('hello');
    expect(await Promise.all(['/port', '/name', '/number', '/cloud'].map((path) => reason(get(web.at(path)))))).toEqual(
      Array(4).fill('private'),
    );
    expect(await Promise.all(['/file', '/password'].map((path) => reason(get(web.at(path)))))).toEqual(['redirects', 'redirects']);
    await new Promise((closed) => other.close(closed));
  });

  it('asks a proxy for no name that leads into the private network', async () => {
    const proxied = createGuardedFetch(() => web.at('/'));
    names['inside.example'] = ['10.1.1.1'];
    const before = web.requests.length;
    const read = (address: string) => reason(proxied(address, { limits }, async () => 'fetched'));
    expect(await read('http://inside.example/')).toBe('private');
    expect(web.requests.length).toBe(before);
    web.set('http://outside.example/', 'by proxy');
    names['outside.example'] = ['93.184.216.34'];
    expect(await read('http://outside.example/')).toBe('fetched');
    expect(web.requests.at(-1)).toBe('http://outside.example/');
  });
});

describe('what ends a call', () => {
  it('ends redirects that lead in circles', async () => {
    redirect('/circle', '/circle');
    expect(await reason(get(web.at('/circle')))).toBe('redirects');
    expect(web.requests.filter((path) => path === '/circle')).toHaveLength(limits.redirects + 1);
  });

  it('ends a server that drips its bytes, and one that says nothing', async () => {
    web.set('/drip', (_, response) => {
      response.writeHead(200, { 'content-type': 'text/html' });
      const drip = setInterval(() => response.write('a'), 20);
      response.on('close', () => clearInterval(drip));
    });
    web.set('/silent', () => {});
    expect(await reason(get(web.at('/drip'), { limits: { ...limits, totalMs: 200 } }))).toBe('slow');
    expect(await reason(get(web.at('/silent'), { limits: { ...limits, totalMs: 200 } }))).toBe('slow');
  });

  it('ends a body that unpacks to more than is allowed before it is unpacked', async () => {
    const bomb = gzipSync(gzipSync(Buffer.alloc(200_000_000)));
    web.set('/bomb', (_, response) => response.writeHead(200, { 'content-encoding': 'gzip, gzip' }).end(bomb));
    web.set('/huge', (_, response) => {
      const more = (): void => {
        while (!response.destroyed && response.write(Buffer.alloc(65_536)));
      };
      response.on('drain', more).writeHead(200);
      more();
    });
    const before = process.memoryUsage().rss;
    expect(await reason(get(web.at('/bomb')))).toBe('too_large');
    expect(await reason(get(web.at('/huge')))).toBe('too_large');
    expect(process.memoryUsage().rss - before).toBeLessThan(150_000_000);
  });

  it('ends when the person does not wait', async () => {
    const own = new AbortController();
    web.set('/waits', () => own.abort());
    expect(await reason(get(web.at('/waits'), { signal: own.signal }))).toBe('cancelled');
  });

  it('names what went wrong', async () => {
    for (const [status, expected] of [
      [401, 'login'],
      [403, 'login'],
      [404, 'missing'],
      [410, 'missing'],
      [429, 'busy'],
      [503, 'busy'],
      [500, 'server'],
      [418, 'server'],
    ] as const) {
      web.set('/status', (_, response) => response.writeHead(status).end());
      expect([status, await reason(get(web.at('/status')))]).toEqual([status, expected]);
    }
    web.set('/broken', (_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end('no gzip'));
    expect(await reason(get(web.at('/broken')))).toBe('damaged');
    expect(await reason(get('http://nowhere.example/'))).toBe('unknown_host');
    expect(await reason(get(web.at('/').replace('http:', 'https:')))).toBe('tls');
    const closed = createServer();
    await new Promise<void>((listening) => closed.listen(0, '127.0.0.1', listening));
    const { port } = closed.address() as AddressInfo;
    await new Promise((done) => closed.close(done));
    expect(await reason(get(`http://127.0.0.1:${port}/`))).toBe('unreachable');
  });
});
