import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The body of a chat request, as a server of any protocol sees it. */
export type RawBody = Record<string, unknown>;

export interface RawProvider {
  /** Without a path. */
  readonly url: string;
  /** The bodies of the chat requests, in order. */
  readonly asked: RawBody[];
  close(): Promise<void>;
}

/** A real HTTP server on the loopback whose answers to chats the test writes, byte by byte. */
export const startRawProvider = async (
  answer: (response: ServerResponse, body: RawBody, path: string) => void | Promise<void>,
): Promise<RawProvider> => {
  const asked: RawBody[] = [];
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    // The server ignores clients that disconnect.
    response.on('error', () => {});
    if (request.method === 'GET') {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ object: 'list', data: [{ id: 'model-a' }], models: [{ name: 'model-a' }] }));
      return;
    }
    const body = JSON.parse(Buffer.concat(parts).toString('utf8')) as RawBody;
    if (request.url === '/api/show') {
      response.end('{}');
      return;
    }
    asked.push(body);
    await answer(response, body, request.url ?? '');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
};

export const openStream = (response: ServerResponse, headers: Record<string, string> = {}): void =>
  void response.writeHead(200, { 'content-type': 'text/event-stream', ...headers });

/** One server-sent event. */
export const event = (data: unknown, name?: string): string =>
  `${name ? `event: ${name}\n` : ''}data: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`;

/** One piece of a chat completion; `finish` undefined omits the field. */
export const piece = (delta: unknown, finish: unknown = null, more: object = {}): string =>
  event({ id: 'c', object: 'chat.completion.chunk', choices: [{ index: 0, delta, finish_reason: finish }], ...more });

export const sendJson = (response: ServerResponse, status: number, value: unknown): void => {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(typeof value === 'string' ? value : JSON.stringify(value));
};
