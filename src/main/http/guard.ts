import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { proofScheme } from '@shared/wire';

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Compares in constant time, so that the duration does not reveal how much was right. */
export const sameToken = (given: string | null | undefined, wanted: string): boolean =>
  typeof given === 'string' && timingSafeEqual(digest(given), digest(wanted));

export const bearerToken = (request: IncomingMessage): string | null =>
  /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? null;

/** The proof that a window shows instead of the token; see `windowProof.ts`. */
export const windowProof = (request: IncomingMessage): string | null => {
  const [scheme, shown] = (request.headers.authorization ?? '').split(' ');
  return scheme === proofScheme && shown ? shown : null;
};

/** The Host headers that this server accepts. With any other, a page has pointed its own name at this machine. */
export const ownHosts = (port: number): ReadonlySet<string> => new Set([`127.0.0.1:${port}`, `localhost:${port}`]);

export const hostIsOwn = (request: IncomingMessage, port: number): boolean => ownHosts(port).has(request.headers.host ?? '');

/**
 * A browser names the page that sends the request: only the program's own page may. Other programs send no Origin; they need the
 * token anyway.
 */
export const originIsOwn = (request: IncomingMessage, port: number): boolean => {
  const origin = request.headers.origin;
  if (origin !== undefined) return [...ownHosts(port)].some((host) => origin === `http://${host}`);
  const site = request.headers['sec-fetch-site'];
  return site === undefined || site === 'same-origin' || site === 'none';
};
