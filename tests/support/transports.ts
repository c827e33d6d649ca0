import { loadAccess } from '@main/host/access';
import { createHttpHost, type HttpHost } from '@main/http/httpHost';
import { toPublicError } from '@main/http/publicError';
import { createORPCClient, ORPCError } from '@orpc/client';
import { RPCLink as PortLink } from '@orpc/client/message-port';
import { RPCLink as SocketLink } from '@orpc/client/websocket';
import type { ContractRouterClient } from '@orpc/contract';
import { OpenAPILink } from '@orpc/openapi-client/fetch';
import { createRouterClient } from '@orpc/server';
import { RPCHandler as PortHandler } from '@orpc/server/message-port';
import type { Contract } from '@shared/contract';
import { publicContract } from '@shared/contract/public';
import { socketProtocols } from '@shared/wire';
import { WebSocket } from 'ws';
import type { TestEngine } from './engine';

export type Client = ContractRouterClient<Contract>;

/** One way from a client to the engine: that of one window or program. */
export interface Connection {
  client: Client;
  /** Ends everything under way, as a page does when it closes. */
  drop(): Promise<void>;
}

export interface Transport {
  connect(): Promise<Connection>;
  close(): Promise<void>;
}

export const testToken = 'a-token-of-the-tests';

export const startHttp = async (engine: TestEngine): Promise<{ host: HttpHost; port: number; origin: string }> => {
  const host = createHttpHost({ ...engine, token: testToken, windows: loadAccess(engine.dataFolder).windows });
  const port = await host.listen(0);
  return { host, port, origin: `http://127.0.0.1:${port}` };
};

const inProcess = async (engine: TestEngine): Promise<Transport> => ({
  connect: async () => ({ client: createRouterClient(engine.router, { context: { log: engine.log } }), drop: async () => {} }),
  close: async () => {},
});

const webSocket = async (engine: TestEngine): Promise<Transport> => {
  const { host, origin } = await startHttp(engine);
  return {
    connect: async () => {
      const socket = new WebSocket(`${origin.replace('http', 'ws')}/rpc`, socketProtocols(testToken));
      await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
      return {
        client: createORPCClient(new SocketLink({ websocket: socket as unknown as globalThis.WebSocket })),
        drop: () => new Promise((resolve) => socket.once('close', () => resolve()).terminate()),
      };
    },
    close: () => host.close(),
  };
};

const messagePort = async (engine: TestEngine): Promise<Transport> => {
  const handler = new PortHandler(engine.router);
  return {
    connect: async () => {
      const { port1, port2 } = new MessageChannel();
      handler.upgrade(port2, { context: { log: engine.log } });
      port2.start();
      const client: Client = createORPCClient(new PortLink({ port: port1 }));
      port1.start();
      return { client, drop: async () => port1.close() };
    },
    close: async () => {},
  };
};

/** Reads the public form of an error, so that one suite can check it: codes by their public name. */
const readPublicError = (body: unknown, status: number): ORPCError<string, unknown> | null => {
  const known = body as { type?: unknown; error_code?: string; message?: string; details?: Record<string, unknown> } | undefined;
  if (known?.type !== 'error' || !known.error_code) return null;
  return new ORPCError(known.error_code, { status, message: known.message, data: { ...known.details, publicCode: known.error_code } });
};

const rest = async (engine: TestEngine): Promise<Transport> => {
  const { host, origin } = await startHttp(engine);
  return {
    connect: async () => {
      const leaving = new AbortController();
      const link = new OpenAPILink(publicContract, {
        url: `${origin}/api/v1`,
        headers: { authorization: `Bearer ${testToken}` },
        fetch: (request, init) => fetch(request, { ...init, signal: AbortSignal.any([request.signal, leaving.signal]) }),
        customErrorResponseBodyDecoder: (body, { status }) => readPublicError(body, status),
      });
      return { client: createORPCClient(link), drop: async () => leaving.abort() };
    },
    close: () => host.close(),
  };
};

export const transports = { 'in process': inProcess, WebSocket: webSocket, MessagePort: messagePort, REST: rest };

/** The facts of an error on any transport: its inner code (on REST its public name) and the issues of its input. */
export const describeError = (error: unknown): { code: string; action: unknown; issues: string[] } => {
  if (!(error instanceof ORPCError)) throw error;
  const data = (error.data ?? {}) as { action?: unknown; issues?: { path?: unknown }[]; publicCode?: string };
  const path = (value: unknown): string => (Array.isArray(value) ? value.map(String).join('.') : String(value));
  return {
    code: data.publicCode ?? toPublicError(error).error_code,
    action: data.action ?? 'none',
    issues: (data.issues ?? []).map((issue) => path(issue.path)),
  };
};
