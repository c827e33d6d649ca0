import { createORPCClient, ORPCError } from '@orpc/client';
import { os, type RouterClient } from '@orpc/server';
import { RPCHandler } from '@orpc/server/ws';
import { createSocketLink } from '@renderer/app/socketLink';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { WebSocketServer } from 'ws';

/** The host's reaction to the next calls: answer, refuse, or break the connection before the answer. */
let plans: ('answer' | 'refuse' | 'break')[];
let received: string[];
let server: WebSocketServer;
let port: number;
let sockets: number;
let running = 0;

const router = {
  save: os.handler(({ input }) => {
    received.push(String(input));
    const plan = plans.shift() ?? 'answer';
    if (plan === 'refuse') throw new ORPCError('CONFLICT');
    if (plan === 'break') {
      for (const client of server.clients) client.terminate();
      return new Promise<string>(() => {});
    }
    return Promise.resolve(`saved ${input}`);
  }),
};

const listen = async (at = 0): Promise<void> => {
  server = new WebSocketServer({ port: at, host: '127.0.0.1' });
  const handler = new RPCHandler(router);
  server.on('connection', (socket) => {
    sockets += 1;
    handler.upgrade(socket);
  });
  await new Promise((resolve) => server.once('listening', resolve));
  port = (server.address() as { port: number }).port;
};
const hangUp = async (): Promise<void> => {
  for (const client of server.clients) client.terminate();
  await new Promise((resolve) => server.close(resolve));
};

class Stranger extends Error {}

const connect = (strange = (): boolean => false) => {
  const states: string[] = [];
  const mine = running;
  const lasting = createSocketLink({
    // After the test no server is called any more.
    open: async () => {
      if (running !== mine) return { addEventListener: () => {} } as unknown as WebSocket;
      if (strange()) throw new Stranger();
      return new WebSocket(`ws://127.0.0.1:${port}`);
    },
    isRefusal: (error) => error instanceof Stranger,
    onState: (state) => states.push(state),
    firstDelayMs: 10,
    longestDelayMs: 40,
  });
  const client: RouterClient<typeof router> = createORPCClient(lasting.link);
  return { states, client, ...lasting };
};

beforeEach(async () => {
  plans = [];
  received = [];
  sockets = 0;
  running += 1;
  await listen();
});
afterEach(async () => {
  running += 1;
  await hangUp();
});

test('repeats a call that a lost connection cut on the next one, with the same input', async () => {
  plans = ['break', 'answer'];
  const { client, states } = connect();
  await expect(client.save('a' as never)).resolves.toBe('saved a');
  expect(received).toEqual(['a', 'a']);
  expect(states).toEqual(['open', 'reconnecting', 'open']);
});

test('a call without a host waits for it', async () => {
  const { client } = connect();
  await client.save('before' as never);
  await hangUp();
  const waiting = client.save('meanwhile' as never);
  await listen(port);
  await expect(waiting).resolves.toBe('saved meanwhile');
});

test('does not repeat a call that the host refused', async () => {
  plans = ['refuse'];
  const { client } = connect();
  await expect(client.save('a' as never)).rejects.toMatchObject({ code: 'CONFLICT' });
  expect(received).toEqual(['a']);
});

test('opens no second socket on a try while one is open or opening', async () => {
  const { tryNow, whenOpen, client } = connect();
  tryNow();
  await whenOpen();
  tryNow();
  await client.save('a' as never);
  expect(sockets).toBe(1);
});

test('sends a stranger nothing, and tries until the program is back', async () => {
  let strange = true;
  const { states, client } = connect(() => strange);
  const waiting = client.save('a' as never);
  await expect.poll(() => states.filter((state) => state === 'refused').length).toBeGreaterThan(2);
  expect(sockets).toBe(0);
  strange = false;
  await expect(waiting).resolves.toBe('saved a');
  expect(states.at(-1)).toBe('open');
});

test('waits where nobody listens', async () => {
  await hangUp();
  const { states } = connect();
  await expect.poll(() => states.length).toBeGreaterThan(2);
  expect(new Set(states)).toEqual(new Set(['reconnecting']));
  await listen(port);
  await expect.poll(() => states.at(-1)).toBe('open');
});
