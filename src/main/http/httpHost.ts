import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { AppRouter } from '@main/api/router';
import type { Logger } from '@main/telemetry/telemetry';
import { type EmergenceError, type Health, idSchema, isCancelled, toEmergenceError } from '@shared/model';
import { blobPath, readSocketProtocols, restPrefix, rpcPath, uploadPath, windowPath } from '@shared/wire';
import { createBlobs } from './blobs';
import { commonHeaders, contentSecurityPolicy } from './contentSecurity';
import { createExchangeCodes } from './exchangeCodes';
import type { LibraryFiles } from './files';
import { bearerToken, hostIsOwn, originIsOwn, sameToken, windowProof } from './guard';
import { toPublicError } from './publicError';
import { refuse, respond, respondJson } from './respond';
import { createRest } from './rest';
import { createRpcSocket } from './rpcSocket';
import { readStaticFile } from './staticFiles';
import type { UrlSigner } from './urlSigner';
import { createWindowProof } from './windowProof';
import { createWindowRoutes, type KnownWindows } from './windowRoutes';

export interface HttpHostDeps {
  router: AppRouter;
  /** What a caller must show as `Authorization: Bearer`. */
  token: string;
  windows: KnownWindows;
  /** Folder of the built renderer. */
  rendererFolder: string;
  files: LibraryFiles;
  signer: UrlSigner;
  health: () => Health | Promise<Health>;
  /** The metrics in Prometheus' text form. */
  metricsText: () => string | Promise<string>;
  version: string;
  log: Logger;
}

export interface HttpHost {
  /** Listens on 127.0.0.1; port 0 takes a free one. Returns the port. Rejects with the system's error, such as EADDRINUSE. */
  listen(port: number): Promise<number>;
  /** A code that a page exchanges for the token, once and soon: for an address that others may see. */
  issueCode(): string;
  /** Refuses new requests, lets go of open ones. */
  close(): Promise<void>;
}

const maxBodyBytes = 64 * 1024 * 1024;

/**
 * We have no service worker. One that a browser looks up here was left by another program that had this port before, and
 * would read what our page does: its successor ends it.
 */
const endOfWorker =
  "self.addEventListener('install', () => self.skipWaiting());" +
  "self.addEventListener('activate', (event) => event.waitUntil(self.registration.unregister()));";

/** The loopback server: the window's files, its wire, and REST for other programs, behind one token. */
export const createHttpHost = ({
  router,
  token,
  windows,
  rendererFolder,
  files,
  signer,
  health,
  metricsText,
  version,
  log,
}: HttpHostDeps): HttpHost => {
  const rest = createRest({ router, context: { log }, version });
  const socket = createRpcSocket({ router, context: { log } });
  const blobs = createBlobs({ files, signer });
  // Remembered: a server that is closing still hears those who are connected, and has no address any more.
  let listeningPort = 0;
  const port = (): number => listeningPort;
  const codes = createExchangeCodes();
  const proof = createWindowProof({ port });
  const serveWindow = createWindowRoutes({ token, proof, codes, windows });
  const isKnown = (shownToken: string | null, shownProof: string | null): boolean =>
    sameToken(shownToken, token) || proof.accepts(token, shownProof);

  const servePage = async (request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> => {
    if (request.headers['service-worker'] === 'script') return respond(response, 200, endOfWorker, 'text/javascript; charset=utf-8');
    const file = await readStaticFile(rendererFolder, url.pathname);
    if (!file) return refuse(response, 'not_found');
    respond(response, 200, file.body, file.type, {
      'content-security-policy': contentSecurityPolicy([`ws://${request.headers.host}`]),
      'cache-control': file.immutable ? 'public, max-age=31536000, immutable' : 'no-cache',
    });
  };

  const serveBlob = async (request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> => {
    const { status, headers, stream } = await blobs.answer(url, request.headers.range, request.method === 'HEAD');
    response.writeHead(status, headers);
    if (stream) await pipeline(stream, response);
    else response.end();
  };

  const takeUpload = async (request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> => {
    const uploadId = idSchema.safeParse(url.pathname.slice(uploadPath.length));
    if (!uploadId.success) return refuse(response, 'not_found');
    const declared = request.headers['content-length'];
    await files.receiveUpload(uploadId.data, request, declared === undefined ? undefined : Number(declared));
    respondJson(response, 200, { ok: true });
  };

  const serveHealth = async (response: ServerResponse): Promise<void> => {
    // Open to every program of this machine, so without facts about the person's set-up.
    const { state, uptimeSeconds, parts } = await health();
    respondJson(response, 200, { state, version, uptimeSeconds, parts: parts.map((part) => ({ id: part.id, state: part.state })) });
  };

  const serveRest = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (request.headers['transfer-encoding']) return refuse(response, 'input.invalid', { status: 411, message: 'Send a Content-Length.' });
    if (Number(request.headers['content-length'] ?? 0) > maxBodyBytes) return refuse(response, 'input.too_long');
    for (const [name, value] of Object.entries({ ...commonHeaders, 'cache-control': 'no-store' })) response.setHeader(name, value);
    if (!(await rest.handle(request, response))) refuse(response, 'not_found', { message: 'There is no such route.' });
  };

  const isOpen = (method: string, path: string): boolean =>
    (method === 'GET' || method === 'HEAD') && (path === '/api/health' || path.startsWith(blobPath) || !isGuarded(path));

  const route = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = addressOf(request);
    if (!url) return refuse(response, 'not_found', { message: 'This is no address.' });
    const method = request.method ?? 'GET';
    const path = url.pathname;
    if (!hostIsOwn(request, port())) return refuse(response, 'auth.required', { status: 403, message: 'This host name is not served.' });
    if (!originIsOwn(request, port()))
      return refuse(response, 'auth.required', { status: 403, message: 'Requests of other origins are refused.' });
    if (path.startsWith(windowPath) && method === 'POST') return serveWindow(request, response, path);
    if (!isOpen(method, path) && !isKnown(bearerToken(request), windowProof(request)))
      return refuse(response, 'auth.required', { headers: { 'www-authenticate': 'Bearer' } });

    const reads = method === 'GET' || method === 'HEAD';
    if (path === '/api/health' && reads) return serveHealth(response);
    if (path === '/metrics' && reads) return respond(response, 200, await metricsText(), 'text/plain; version=0.0.4; charset=utf-8');
    if (path === '/api/openapi.json' && reads) return respondJson(response, 200, await rest.document());
    if (path.startsWith(`${restPrefix}/`)) return serveRest(request, response);
    if (path.startsWith(blobPath) && reads) return serveBlob(request, response, url);
    if (path.startsWith(uploadPath) && method === 'PUT') return takeUpload(request, response, url);
    if (reads && !isGuarded(path)) return servePage(request, response, url);
    refuse(response, 'not_found', { message: 'There is no such route.' });
  };

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    try {
      await route(request, response);
    } catch (error) {
      // A reader that went away ends its request, nothing else.
      if (response.destroyed || (error as NodeJS.ErrnoException).code === 'ERR_STREAM_PREMATURE_CLOSE' || isCancelled(error)) {
        response.destroy();
        return;
      }
      const known = toEmergenceError(error, crypto.randomUUID().slice(0, 8));
      if (known.code === 'internal') log.error({ err: error, logId: known.details.logId }, 'unexpected error in the HTTP host');
      refuseWith(response, known);
    } finally {
      // After a refusal the client has a second to read why; the rest of its body is not wanted.
      if (!request.complete && response.writableEnded) setTimeout(() => request.destroy(), 1_000).unref();
    }
  };

  const upgrade = (request: IncomingMessage, stream: Duplex, head: Buffer): void => {
    const offered = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim());
    const shown = readSocketProtocols(offered);
    const status =
      addressOf(request)?.pathname !== rpcPath
        ? '404 Not Found'
        : !hostIsOwn(request, port()) || !originIsOwn(request, port())
          ? '403 Forbidden'
          : isKnown(shown.token ?? bearerToken(request), shown.proof)
            ? null
            : '401 Unauthorized';
    stream.on('error', (error) => log.debug({ err: error }, 'a connection broke while it was opened'));
    // Let go once said: a client that keeps its own end open would hold the connection for ever.
    if (status) stream.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`, () => stream.destroy());
    else socket.upgrade(request, stream, head);
  };

  // A client must send its headers within 10 s; a body may take long (uploads), an idle connection may not.
  const server: Server = createServer({
    headersTimeout: 10_000,
    requestTimeout: 10 * 60_000,
    keepAliveTimeout: 5_000,
    connectionsCheckingInterval: 5_000,
    // Some clients (Java's, curl's) offer HTTP/2 with their first request: an offer that is passed over.
    shouldUpgradeCallback: ({ headers }) => headers.upgrade?.toLowerCase() === 'websocket',
  });
  server.maxConnections = 256;
  server.on('request', (request, response) => void handle(request, response));
  server.on('upgrade', upgrade);

  return {
    issueCode: codes.issue,
    listen: (wanted) =>
      new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(wanted, '127.0.0.1', () => {
          server.off('error', reject);
          server.on('error', (error) => log.error({ err: error }, 'the HTTP host failed'));
          listeningPort = (server.address() as AddressInfo).port;
          resolve(listeningPort);
        });
      }),
    close: () =>
      new Promise((resolve) => {
        socket.close();
        server.close(() => resolve());
        server.closeIdleConnections();
        // Streams that are being followed would keep the server open for ever.
        setTimeout(() => server.closeAllConnections(), 300).unref();
      }),
  };
};

/** Null for a request line without a readable address, such as `GET //`, which any page may make a browser send. */
const addressOf = (request: IncomingMessage): URL | null => URL.parse(request.url ?? '/', 'http://127.0.0.1');

/** Everything that is not the static page. */
const isGuarded = (path: string): boolean =>
  path.startsWith('/api/') || path === '/metrics' || path === rpcPath || path.startsWith(blobPath) || path.startsWith(uploadPath);

const refuseWith = (response: ServerResponse, error: EmergenceError): void => {
  if (response.headersSent) response.destroy();
  else respondJson(response, error.status, toPublicError(error));
};
