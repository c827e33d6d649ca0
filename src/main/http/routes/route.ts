import type { IncomingMessage, ServerResponse } from 'node:http';

/** A request whose host and origin are the program's own, with its response. */
export interface Exchange {
  request: IncomingMessage;
  response: ServerResponse;
  url: URL;
}

/** An entry of the route table. The first matching route handles the request. */
export interface HttpRoute {
  matches(asked: { method: string; path: string }): boolean;
  /** True for a route that is served without the token. */
  open: boolean;
  /** Throws an error of the family, which the host sends in its public form. */
  serve(exchange: Exchange): void | Promise<void>;
}

export const reads = (method: string): boolean => method === 'GET' || method === 'HEAD';
