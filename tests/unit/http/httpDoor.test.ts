import { once } from 'node:events';
import { get, request } from 'node:http';
import type { Duplex } from 'node:stream';
import { createHttpDoor, type DoorHandlers, type HttpDoor } from '@main/http/httpDoor';
import { expect, onTestFinished, test } from 'vitest';

const handlers = (over: Partial<DoorHandlers> = {}): DoorHandlers => ({
  request: async (asked, response) => void response.end(`answer to ${asked.url}`),
  upgrade: (_, stream) => void stream.end(),
  failed: () => {},
  ...over,
});

const listening = async (): Promise<{ door: HttpDoor; port: number }> => {
  const door = createHttpDoor();
  const port = await door.listen(0);
  onTestFinished(() => door.close());
  return { door, port };
};

test('requests that come before the engine are answered in their order when it opens', async () => {
  const { door, port } = await listening();
  const seen: string[] = [];
  const asked = ['/first', '/second'].map(
    (path) =>
      new Promise<string>((resolve) => {
        get({ port, path }, async (response) => {
          const text = (await response.toArray()).join('');
          seen.push(text);
          resolve(text);
        });
      }),
  );
  const early = await Promise.race([...asked, new Promise((resolve) => setImmediate(() => resolve('nothing yet')))]);
  expect([early, door.port()]).toEqual(['nothing yet', port]);
  door.open(handlers());
  expect(await Promise.all(asked)).toEqual(['answer to /first', 'answer to /second']);
  expect(seen).toHaveLength(2);
});

test('a socket that is asked for before the engine is upgraded when it opens', async () => {
  const { door, port } = await listening();
  const upgrading = request({ port, headers: { connection: 'upgrade', upgrade: 'websocket' } });
  upgrading.flushHeaders();
  await once(upgrading, 'socket');
  door.open(
    handlers({
      upgrade: (_, stream: Duplex) => {
        stream.write('HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n');
        stream.once('data', (data) => stream.end(`heard ${String(data)}`));
      },
    }),
  );
  const [, socket] = (await once(upgrading, 'upgrade')) as [unknown, Duplex];
  socket.write('hello');
  expect(String((await once(socket, 'data'))[0])).toBe('heard hello');
});

test('a taken port is reported with the code of the system', async () => {
  const { port } = await listening();
  await expect(createHttpDoor().listen(port)).rejects.toMatchObject({ code: 'EADDRINUSE' });
});

test('a door that never opened closes, and drops those who wait', async () => {
  const door = createHttpDoor();
  const port = await door.listen(0);
  const waiting = get({ port });
  const dropped = once(waiting, 'error');
  await once(waiting, 'socket');
  await door.close();
  expect((await dropped)[0]).toMatchObject({ code: expect.stringMatching(/ECONNRESET|EPIPE|ECONNREFUSED/) });
});
