import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { ApiContext } from '@main/api/base';
import type { AppRouter } from '@main/api/router';
import { StandardRPCHandler } from '@orpc/server/standard';
import { createServerPeerHandleRequestFn } from '@orpc/server/standard-peer';
import { ServerPeer } from '@orpc/standard-server-peer';
import { readSocketProtocols } from '@shared/wire';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';

/** The longest text that may be added by paste, in UTF-8, with room for its envelope. */
const maxMessageBytes = 64 * 1024 * 1024;
const heartbeatMs = 30_000;

const bytesOf = (data: RawData): Uint8Array => (Array.isArray(data) ? Buffer.concat(data) : new Uint8Array(data));

/**
 * oRPC over WebSocket for the program's own window. `upgrade` is called after token, Host and Origin were checked. The library's
 * own socket adapter prints messages that it cannot read; this one does not. A peer that stops answering pings is disconnected,
 * which aborts its streams.
 */
export const createRpcSocket = ({ router, context }: { router: AppRouter; context: ApiContext }) => {
  const handle = createServerPeerHandleRequestFn(new StandardRPCHandler(router, {}), { context });
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: maxMessageBytes,
    perMessageDeflate: false,
    handleProtocols: (offered) => readSocketProtocols([...offered]).protocol ?? false,
  });
  const alive = new WeakSet<WebSocket>();

  server.on('connection', (socket) => {
    alive.add(socket);
    socket.on('pong', () => alive.add(socket));
    socket.on('error', (error) => context.log.debug({ err: error }, 'a window connection broke'));
    // Resolves when the bytes are sent, so that a fast stream waits for a slow reader instead of filling memory.
    const send = (data: string | ArrayBufferLike | Uint8Array): Promise<void> =>
      new Promise((resolve) => socket.send(data, () => resolve()));
    const peer = new ServerPeer(send);
    socket.on('message', (data, isBinary) => {
      peer.message(isBinary ? bytesOf(data) : data.toString(), handle).catch((error: unknown) => {
        // Its words may be the person's: a parser quotes text that it cannot read.
        const kind = error instanceof Error ? error.name : typeof error;
        context.log.debug({ kind }, 'a message of a window could not be read');
      });
    });
    socket.on('close', () => peer.close());
  });

  const heartbeat = setInterval(() => {
    for (const socket of server.clients) {
      if (!alive.delete(socket)) socket.terminate();
      else socket.ping();
    }
  }, heartbeatMs);
  heartbeat.unref();

  return {
    upgrade: (request: IncomingMessage, stream: Duplex, head: Buffer): void =>
      server.handleUpgrade(request, stream, head, (socket) => server.emit('connection', socket, request)),
    /** 1001 tells the page that it may connect again. */
    close: (): void => {
      clearInterval(heartbeat);
      for (const socket of server.clients) {
        socket.close(1001);
        setTimeout(() => socket.terminate(), 200).unref();
      }
      server.close();
    },
  };
};
