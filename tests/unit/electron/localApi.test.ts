import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createLocalApi } from '@main/electron/localApi';
import { createLogger } from '@main/telemetry/logger';
import { beforeEach, expect, onTestFinished, test } from 'vitest';

/** A server like the local API's, without its routes. */
const createHost = (servers: Server[]) => {
  const server = createServer();
  servers.push(server);
  return {
    issueCode: () => '',
    listen: (port: number) =>
      new Promise<number>((resolve, reject) =>
        server.once('error', reject).listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)),
      ),
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
};

const noted: string[] = [];
const notes = { onTaken: () => void noted.push('taken'), onClosed: () => void noted.push('closed') };
beforeEach(() => void noted.splice(0));

test('is off until it is wanted, on once, off again', async () => {
  const servers: Server[] = [];
  const ports: number[] = [];
  let wanted = false;
  const api = createLocalApi({
    wanted: () => wanted,
    create: () => createHost(servers),
    port: 0,
    onListening: (port) => ports.push(port),
    ...notes,
    log: createLogger(),
  });
  onTestFinished(() => api.close());
  await api.sync();
  expect(servers).toEqual([]);
  wanted = true;
  await Promise.all([api.sync(), api.sync()]);
  expect([servers.length, ports.length, servers[0]?.listening]).toEqual([1, 1, true]);
  wanted = false;
  await api.sync();
  expect(servers[0]?.listening).toBe(false);
  expect(noted).toEqual(['closed']);
});

test('replaces a port that another program took by a free one', async () => {
  const other = createHost([]);
  const taken = await other.listen(0);
  const ports: number[] = [];
  const api = createLocalApi({
    wanted: () => true,
    create: () => createHost([]),
    port: taken,
    onListening: (port) => ports.push(port),
    ...notes,
    log: createLogger(),
  });
  await api.sync();
  await api.close();
  await other.close();
  expect(ports).toHaveLength(1);
  expect(ports[0]).not.toBe(taken);
  // Noted before it listens elsewhere: the host created then has a new token.
  expect(noted).toEqual(['taken', 'closed']);
});

test('retries a failed start at the next change', async () => {
  const ports: number[] = [];
  let allowed = false;
  const api = createLocalApi({
    wanted: () => true,
    create: () => {
      const host = createHost([]);
      return { ...host, listen: (port) => (allowed ? host.listen(port) : Promise.reject(new Error('not allowed'))) };
    },
    port: 0,
    onListening: (port) => ports.push(port),
    ...notes,
    log: createLogger(),
  });
  onTestFinished(() => api.close());
  await api.sync();
  expect(ports).toEqual([]);
  allowed = true;
  await api.sync();
  expect(ports).toHaveLength(1);
});
