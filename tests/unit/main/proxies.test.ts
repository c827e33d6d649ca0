import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createNetwork } from '@main/network/fetch';
import { environmentProxies } from '@main/network/proxies';
import { describe, expect, it, onTestFinished } from 'vitest';

const proxy = 'http://proxy.corp:3128/';
const all = { HTTP_PROXY: proxy, HTTPS_PROXY: proxy };

describe('proxies of the environment', () => {
  it.each<[string, Record<string, string>, string, string | null]>([
    ['http', { HTTP_PROXY: proxy }, 'http://a.example/v1', proxy],
    ['https', { HTTPS_PROXY: proxy }, 'https://a.example/v1', proxy],
    ['in lower case', { https_proxy: proxy }, 'https://a.example', proxy],
    ['the lower case first', { https_proxy: proxy, HTTPS_PROXY: 'http://other:1' }, 'https://a.example', proxy],
    ['one for all', { ALL_PROXY: proxy }, 'https://a.example', proxy],
    ['one for all, in lower case', { all_proxy: 'socks5h://s:1080' }, 'http://a.example', 'socks5h://s:1080'],
    ['the more exact one', { ALL_PROXY: 'http://other:1', HTTPS_PROXY: proxy }, 'https://a.example', proxy],
    ['not that of the other scheme', { HTTP_PROXY: proxy }, 'https://a.example', null],
    ['without a scheme', { HTTPS_PROXY: 'proxy.corp:3128' }, 'https://a.example', proxy],
    ['with a password', { HTTPS_PROXY: 'http://me:pw@proxy.corp:3128' }, 'https://a.example', 'http://me:pw@proxy.corp:3128/'],
    ['empty', { HTTPS_PROXY: '' }, 'https://a.example', null],
    ['none', {}, 'https://a.example', null],
    ['never for localhost', all, 'http://localhost:1234/v1', null],
    ['never for 127.0.0.1', all, 'http://127.0.0.1:11434', null],
    ['never for 127.9.9.9', all, 'http://127.9.9.9', null],
    ['never for ::1', all, 'http://[::1]:8080', null],
    ['not for a host excluded', { ...all, NO_PROXY: 'b.example,a.example' }, 'https://a.example', null],
    ['not for one below it', { ...all, no_proxy: 'example' }, 'https://a.example', null],
    ['not below a dot', { ...all, NO_PROXY: '.example' }, 'https://a.example', null],
    ['not below a star', { ...all, NO_PROXY: '*.example' }, 'https://a.example', null],
    ['not with spaces between', { ...all, NO_PROXY: 'x y, a.example' }, 'https://a.example', null],
    ['for a name that only ends alike', { ...all, NO_PROXY: 'ample' }, 'https://a.example', proxy],
    ['not for its port', { ...all, NO_PROXY: 'a.example:8443' }, 'https://a.example:8443', null],
    ['for another port', { ...all, NO_PROXY: 'a.example:8443' }, 'https://a.example', proxy],
    ['not in a network', { ...all, NO_PROXY: '10.0.0.0/8' }, 'http://10.1.2.3:8000', null],
    ['outside a network', { ...all, NO_PROXY: '10.0.0.0/8' }, 'http://11.1.2.3:8000', proxy],
    ['not for an IPv6 address', { ...all, NO_PROXY: 'fd00::1' }, 'http://[fd00::1]:8000', null],
    ['not at all', { ...all, NO_PROXY: '*' }, 'https://a.example', null],
  ])('%s', (_, environment, url, expected) => expect(environmentProxies(environment)(url)).toBe(expected));

  it.each(['ftp://proxy:1', 'http://', 'http://[bad'])('refuses %s as a proxy, and sends nothing past it', (bad) => {
    expect(() => environmentProxies({ HTTPS_PROXY: bad })('https://a.example')).toThrow(
      expect.objectContaining({ code: 'provider.unavailable' }),
    );
  });
});

describe('calls through a proxy', () => {
  const listen = async (server: Server): Promise<number> => {
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return (server.address() as AddressInfo).port;
  };

  it('use it fully for http, a tunnel for https, with its password, never for this machine', async () => {
    const seen: string[] = [];
    const server = createServer((request, response) => {
      seen.push(`${request.method} ${request.url} ${request.headers['proxy-authorization'] ?? ''}`.trim());
      response.end('from the proxy');
    });
    server.on('connect', (request, socket) => {
      seen.push(`CONNECT ${request.url}`);
      socket.end('HTTP/1.1 502 no\r\n\r\n');
    });
    const port = await listen(server);
    const own = await listen(createServer((_, response) => response.end('from here')));
    const network = createNetwork(environmentProxies({ HTTP_PROXY: `http://me:pw@127.0.0.1:${port}`, HTTPS_PROXY: `127.0.0.1:${port}` }));
    onTestFinished(network.close);
    expect(await (await network.fetch('http://models.corp.invalid/v1/models')).text()).toBe('from the proxy');
    await expect(network.fetch('https://api.corp.invalid/v1')).rejects.toThrow();
    expect(await (await network.fetch(`http://127.0.0.1:${own}/`)).text()).toBe('from here');
    expect(seen).toEqual([`GET http://models.corp.invalid/v1/models Basic ${btoa('me:pw')}`, 'CONNECT api.corp.invalid:443']);
  });
});
