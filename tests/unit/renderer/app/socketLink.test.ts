import { createORPCClient, ORPCError } from '@orpc/client';
import { os, type RouterClient } from '@orpc/server';
import { RPCHandler } from '@orpc/server/ws';
import { createSocketLink } from '@renderer/app/socketLink';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { WebSocketServer } from 'ws';

/** What the host does with the next calls: answer, refuse, or break the line before it answers. */
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

const connect = (refused = false) => {
  const states: string[] = [];
  const mine = running;
  const lasting = createSocketLink({
    // After the test nobody is called any more.
    open: () => (running !== mine ? ({ addEventListener: () => {} } as unknown as WebSocket) : new WebSocket(`ws://127.0.0.1:${port}`)),
    isRefused: async () => refused,
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

test('a call that a lost connection cut is made again on the next, with the same input', async () => {
  plans = ['break', 'answer'];
  const { client, states } = connect();
  await expect(client.save('a' as never)).resolves.toBe('saved a');
  expect(received).toEqual(['a', 'a']);
  expect(states).toEqual(['open', 'reconnecting', 'open']);
});

test('a call made while there is no host waits for it', async () => {
  const { client } = connect();
  await client.save('before' as never);
  await hangUp();
  const waiting = client.save('meanwhile' as never);
  await listen(port);
  await expect(waiting).resolves.toBe('saved meanwhile');
});

test('what the host refuses is not asked twice', async () => {
  plans = ['refuse'];
  const { client } = connect();
  await expect(client.save('a' as never)).rejects.toMatchObject({ code: 'CONFLICT' });
  expect(received).toEqual(['a']);
});

test('trying now opens no second socket while one is there or on its way', async () => {
  const { tryNow, whenOpen, client } = connect();
  tryNow();
  await whenOpen();
  tryNow();
  await client.save('a' as never);
  expect(sockets).toBe(1);
});

test('a host that refuses the token for good is not asked again', async () => {
  await hangUp();
  const { states } = connect(true);
  await expect.poll(() => states).toEqual(['reconnecting', 'refused']);
  await listen(port);
  await new Promise((resolve) => setTimeout(resolve, 60));
  expect(sockets).toBe(0);
});
