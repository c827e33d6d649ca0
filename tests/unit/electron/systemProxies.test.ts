import { createServer } from 'node:http';
import { connect, createServer as createTcpServer, type Server } from 'node:net';
import { createSystemProxies } from '@main/electron/systemProxies';
import { createFetch } from '@main/network/fetch';
import { expect, onTestFinished, test, vi } from 'vitest';

const proxy = vi.hoisted(() => ({ answer: 'DIRECT' }));
vi.mock('electron', () => ({ session: { defaultSession: { resolveProxy: async () => proxy.answer } } }));

const listen = (server: Server): Promise<number> => {
  onTestFinished(() => void server.close());
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port)));
};

/** A SOCKS5 server without passwords (RFC 1928) that connects everything to `target`; counts the connections. */
const startSocks = async (target: number): Promise<{ port: number; asked: string[] }> => {
  const asked: string[] = [];
  const server = createTcpServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', () => {
      socket.write(Buffer.from([5, 0]));
      socket.once('data', (request) => {
        const length = request[4] as number;
        asked.push(request[3] === 3 ? request.subarray(5, 5 + length).toString() : request.subarray(4, 8).join('.'));
        const onward = connect(target, '127.0.0.1', () => {
          socket.write(Buffer.from([5, 0, 0, 1, 0, 0, 0, 0, 0, 0]));
          socket.pipe(onward).pipe(socket);
        });
        onward.on('error', () => socket.destroy());
      });
    });
  });
  return { port: await listen(server), asked };
};

test("calls through the system's SOCKS proxy, without resolving the name itself", async () => {
  const web = createServer((_request, response) => response.end('answer'));
  const socks = await startSocks(await listen(web));
  proxy.answer = `SOCKS5 127.0.0.1:${socks.port}`;
  const fetch = createFetch(createSystemProxies());
  const response = await fetch('http://provider.invalid/v1/models');
  expect([await response.text(), socks.asked]).toEqual(['answer', ['provider.invalid']]);
  web.closeAllConnections();
});
