import { restPrefix } from '@shared/wire';
import { commonHeaders } from '../contentSecurity';
import { refuse, respondJson } from '../respond';
import type { Rest } from '../rest';
import { type HttpRoute, reads } from './route';

const maxBodyBytes = 64 * 1024 * 1024;

export const openApiRoute = (rest: Rest): HttpRoute => ({
  matches: ({ method, path }) => path === '/api/openapi.json' && reads(method),
  open: false,
  serve: async ({ response }) => respondJson(response, 200, await rest.document()),
});

export const restRoute = (rest: Rest): HttpRoute => ({
  matches: ({ path }) => path.startsWith(`${restPrefix}/`),
  open: false,
  serve: async ({ request, response }) => {
    if (request.headers['transfer-encoding']) return refuse(response, 'input.invalid', { status: 411, message: 'Send a Content-Length.' });
    if (Number(request.headers['content-length'] ?? 0) > maxBodyBytes) return refuse(response, 'input.too_long');
    for (const [name, value] of Object.entries({ ...commonHeaders, 'cache-control': 'no-store' })) response.setHeader(name, value);
    if (!(await rest.handle(request, response))) refuse(response, 'not_found', { message: 'There is no such route.' });
  },
});
