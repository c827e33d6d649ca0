import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';

/** Not imported: an import reads all names of the module, and one of them loads Node's own HTTP client, which nothing here uses. */
const { createServer } = process.getBuiltinModule('node:http');

export interface DoorHandlers {
  request(request: IncomingMessage, response: ServerResponse): Promise<void>;
  upgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void;
  /** Hears the errors of a server that listens already. */
  failed(error: Error): void;
}

export interface HttpDoor {
  /** Listens on 127.0.0.1; port 0 takes a free one. Returns the port. Rejects with the system's error, such as EADDRINUSE. */
  listen(port: number): Promise<number>;
  /** The port of the last `listen`; 0 before. */
  port(): number;
  /** Handles requests from now on, first those that came before. */
  open(handlers: DoorHandlers): void;
  /** Refuses new requests and closes open ones. */
  close(): Promise<void>;
}

/**
 * The loopback server without anything behind it: it listens while the engine is still being loaded, and the requests of a window
 * that is opened meanwhile wait for `open`.
 */
export const createHttpDoor = (): HttpDoor => {
  // Stored, because a closing server still serves its connections but no longer has an address.
  let listeningPort = 0;
  const opened = Promise.withResolvers<DoorHandlers>();

  // A client must send its headers within 10 s; a body may take long (uploads), an idle connection may not.
  const server: Server = createServer({
    headersTimeout: 10_000,
    requestTimeout: 10 * 60_000,
    keepAliveTimeout: 5_000,
    connectionsCheckingInterval: 5_000,
    // Some clients (Java's, curl's) offer HTTP/2 with their first request; the offer is ignored.
    shouldUpgradeCallback: ({ headers }) => headers.upgrade?.toLowerCase() === 'websocket',
  });
  server.maxConnections = 256;
  server.on('request', (request, response) => void opened.promise.then((handlers) => handlers.request(request, response)));
  server.on('upgrade', (request, stream, head) => {
    // A stream without a listener for its errors ends the program with the first one.
    const ignore = (): void => {};
    stream.on('error', ignore);
    void opened.promise.then((handlers) => {
      handlers.upgrade(request, stream, head);
      stream.off('error', ignore);
    });
  });

  return {
    port: () => listeningPort,
    open: opened.resolve,
    listen: (wanted) =>
      new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(wanted, '127.0.0.1', () => {
          server.off('error', reject);
          server.on('error', (error) => void opened.promise.then((handlers) => handlers.failed(error)));
          listeningPort = (server.address() as AddressInfo).port;
          resolve(listeningPort);
        });
      }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
        // Open event streams would keep the server running for ever.
        setTimeout(() => server.closeAllConnections(), 300).unref();
      }),
  };
};
