import type { IncomingMessage, ServerResponse } from 'node:http';

/** A request whose host and origin are our own, with what answers it. */
export interface Exchange {
  request: IncomingMessage;
  response: ServerResponse;
  url: URL;
}

/** Something that the server serves. The first route of the table that matches decides. */
export interface HttpRoute {
  matches(asked: { method: string; path: string }): boolean;
  /** Served to callers without the token. */
  open: boolean;
  /** Throws an error of the family, which the host answers in its public form. */
  serve(exchange: Exchange): void | Promise<void>;
}

export const reads = (method: string): boolean => method === 'GET' || method === 'HEAD';
