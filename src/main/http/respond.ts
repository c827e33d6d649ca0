import type { ServerResponse } from 'node:http';
import { EmergenceError, type ErrorCode, errorTable } from '@shared/model';
import { commonHeaders } from './contentSecurity';
import { toPublicError } from './publicError';

/** Sends a small body with the headers of every answer. */
export const respond = (
  response: ServerResponse,
  status: number,
  body: string | Buffer,
  type: string,
  headers: Record<string, string> = {},
): void => {
  if (response.headersSent || response.destroyed) {
    response.destroy();
    return;
  }
  response.writeHead(status, {
    ...commonHeaders,
    'cache-control': 'no-store',
    'content-type': type,
    'content-length': Buffer.byteLength(body),
    ...headers,
  });
  response.end(response.req.method === 'HEAD' ? undefined : body);
};

export const respondJson = (response: ServerResponse, status: number, value: unknown, headers: Record<string, string> = {}): void =>
  respond(response, status, JSON.stringify(value), 'application/json; charset=utf-8', headers);

/** Refuses in the public form. `status` overrides the code's own. */
export const refuse = (
  response: ServerResponse,
  code: ErrorCode,
  {
    status = errorTable[code].status as number,
    message,
    headers,
  }: { status?: number; message?: string; headers?: Record<string, string> } = {},
): void => respondJson(response, status, toPublicError(new EmergenceError(code, {}, { message })), headers);
