import { blobPath, rpcPath, uploadPath } from '@shared/wire';
import { contentSecurityPolicy } from '../contentSecurity';
import { refuse, respond } from '../respond';
import { readStaticFile } from '../staticFiles';
import { type HttpRoute, reads } from './route';

/**
 * The program has no service worker. A browser that requests one has it from another program that used this port before, and it
 * could read the content of the page: this successor ends it.
 */
const endOfWorker =
  "self.addEventListener('install', () => self.skipWaiting());" +
  "self.addEventListener('activate', (event) => event.waitUntil(self.registration.unregister()));";

/** Addresses that are never a page, even if nothing is served there: they require the token. */
const isReserved = (path: string): boolean =>
  path.startsWith('/api/') || path === '/metrics' || path === rpcPath || path.startsWith(blobPath) || path.startsWith(uploadPath);

/** The window's page and its files, at every address that is not reserved. */
export const pageRoute = (rendererFolder: string): HttpRoute => ({
  matches: ({ method, path }) => reads(method) && !isReserved(path),
  open: true,
  serve: ({ request, response, url }) => {
    if (request.headers['service-worker'] === 'script') return respond(response, 200, endOfWorker, 'text/javascript; charset=utf-8');
    const file = readStaticFile(rendererFolder, url.pathname);
    if (!file) return refuse(response, 'not_found');
    respond(response, 200, file.body, file.type, {
      'content-security-policy': contentSecurityPolicy([`ws://${request.headers.host}`]),
      'cache-control': file.immutable ? 'public, max-age=31536000, immutable' : 'no-cache',
    });
  },
});
