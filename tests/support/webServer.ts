import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Answer = (request: IncomingMessage, response: ServerResponse) => void;

export interface WebServer {
  /** The address of a path. */
  at(path: string): string;
  /** Sets what a path answers from now: a page as text, or what is to be done. */
  set(path: string, answer: string | Answer): void;
  /** The requests so far, as their paths. */
  readonly requests: string[];
  /** The headers of the last request. */
  lastHeaders(): IncomingMessage['headers'];
  close(): Promise<void>;
}

/** A web server on the loopback address; a path that was not set is not found. */
export const startWebServer = async (): Promise<WebServer> => {
  const answers = new Map<string, Answer>();
  const requests: string[] = [];
  let last: IncomingMessage['headers'] = {};
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    requests.push(path);
    last = request.headers;
    const answer = answers.get(path);
    if (answer) return answer(request, response);
    response.writeHead(404).end('not here');
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  return {
    requests,
    at: (path) => `http://127.0.0.1:${port}${path}`,
    set: (path, answer) =>
      void answers.set(
        path,
        typeof answer === 'string'
          ? (_, response) => response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(answer)
          : answer,
      ),
    lastHeaders: () => last,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
};

const sentences = 'The mill of Kerguen stands by the river, and its wheel has not turned since the flood of last winter. ';

/** A page as a site writes it: navigation, pictures and scripts around an article that says `fact`. */
export const pageOf = (fact: string, { title = 'The mill of Kerguen', head = '', around = '' } = {}): string => `<!doctype html>
<html lang="en"><head><title>${title}</title><meta name="author" content="Ann Le Goff"><meta property="og:site_name" content="River News">
<meta property="article:published_time" content="2026-03-04T10:00:00Z">${head}<script src="/script.js"></script></head>
<body><nav><a href="/a">Home</a> <a href="/b">Subscribe now</a></nav>${around}
<article><h1>${title}</h1><p>${sentences.repeat(3)}</p><p>${fact}</p><p>${sentences.repeat(2)}</p><img src="/picture.png" alt="a wheel"></article>
<footer>All rights reserved</footer></body></html>`;
