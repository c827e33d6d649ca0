import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { AppRouter } from '@main/api/router';
import type { Logger } from '@main/telemetry/telemetry';
import { type EmergenceError, isCancelled, toEmergenceError } from '@shared/model';
import { readSocketProtocols, rpcPath } from '@shared/wire';
import { createExchangeCodes, type ExchangeCodes } from './exchangeCodes';
import { bearerToken, hostIsOwn, originIsOwn, sameToken, windowProof } from './guard';
import { createHttpDoor, type HttpDoor } from './httpDoor';
import { createOriginalAnswers } from './originalAnswers';
import { toPublicError } from './publicError';
import { refuse, respondJson } from './respond';
import { createRest } from './rest';
import { createRoutes, type RoutesDeps } from './routes';
import { createRpcSocket } from './rpcSocket';
import type { UrlSigner } from './urlSigner';
import { createWindowProof } from './windowProof';

export interface HttpHostDeps extends Omit<RoutesDeps, 'proof' | 'codes' | 'rest' | 'originals'> {
  router: AppRouter;
  signer: UrlSigner;
  log: Logger;
  /** Where the server listens; by default one of its own. */
  door?: HttpDoor;
  codes?: ExchangeCodes;
}

export interface HttpHost extends Pick<HttpDoor, 'listen'> {
  /** A code that a page exchanges for the token, once and within a short time: for an address that others may see. */
  issueCode(): string;
  /** Refuses new requests and closes open ones. */
  close(): Promise<void>;
}

/** The loopback server: the window's files, its RPC socket, and REST for other programs, behind one token. */
export const createHttpHost = ({
  router,
  signer,
  log,
  door = createHttpDoor(),
  codes = createExchangeCodes(),
  ...served
}: HttpHostDeps): HttpHost => {
  const { token, files, version } = served;
  const socket = createRpcSocket({ router, context: { log } });
  const { port } = door;
  const proof = createWindowProof({ port });
  const routes = createRoutes({
    ...served,
    proof,
    codes,
    rest: createRest({ router, context: { log }, version }),
    originals: createOriginalAnswers({ files, signer }),
  });
  const isKnown = (shownToken: string | null, shownProof: string | null): boolean =>
    sameToken(shownToken, token) || proof.accepts(token, shownProof);

  const route = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = addressOf(request);
    if (!url) return refuse(response, 'not_found', { message: 'This is no address.' });
    if (!hostIsOwn(request, port())) return refuse(response, 'auth.required', { status: 403, message: 'This host name is not served.' });
    if (!originIsOwn(request, port()))
      return refuse(response, 'auth.required', { status: 403, message: 'Requests of other origins are refused.' });
    const asked = { method: request.method ?? 'GET', path: url.pathname };
    const found = routes.find((candidate) => candidate.matches(asked));
    // Callers without the token must not learn which addresses exist.
    if (!found?.open && !isKnown(bearerToken(request), windowProof(request)))
      return refuse(response, 'auth.required', { headers: { 'www-authenticate': 'Bearer' } });
    if (!found) return refuse(response, 'not_found', { message: 'There is no such route.' });
    await found.serve({ request, response, url });
  };

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    try {
      await route(request, response);
    } catch (error) {
      // A reader that disconnects ends only its own request.
      if (response.destroyed || (error as NodeJS.ErrnoException).code === 'ERR_STREAM_PREMATURE_CLOSE' || isCancelled(error)) {
        response.destroy();
        return;
      }
      const known = toEmergenceError(error, crypto.randomUUID().slice(0, 8));
      if (known.code === 'internal') log.error({ err: error, logId: known.details.logId }, 'unexpected error in the HTTP host');
      refuseWith(response, known);
    } finally {
      // After a refusal the client has a second to read the reason; the rest of its body is ignored.
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
    // Destroyed after the answer: a client that keeps its own end open would hold the connection for ever.
    if (status) stream.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`, () => stream.destroy());
    else socket.upgrade(request, stream, head);
  };

  door.open({ request: handle, upgrade, failed: (error) => log.error({ err: error }, 'the HTTP host failed') });

  return {
    issueCode: codes.issue,
    listen: door.listen,
    close: () => {
      socket.close();
      return door.close();
    },
  };
};

/** Null for a request line without a readable address, such as `GET //`, which any page may make a browser send. */
const addressOf = (request: IncomingMessage): URL | null => URL.parse(request.url ?? '/', 'http://127.0.0.1');

const refuseWith = (response: ServerResponse, error: EmergenceError): void => {
  if (response.headersSent) response.destroy();
  else respondJson(response, error.status, toPublicError(error));
};
