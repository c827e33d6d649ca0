import { pipeline } from 'node:stream/promises';
import { idSchema } from '@shared/model';
import { blobPath, uploadPath } from '@shared/wire';
import type { LibraryFiles } from '../files';
import type { OriginalAnswers } from '../originalAnswers';
import { refuse, respondJson } from '../respond';
import { type HttpRoute, reads } from './route';

/** Open without a token, because the address itself is signed. */
export const originalRoute = (originals: OriginalAnswers): HttpRoute => ({
  matches: ({ method, path }) => path.startsWith(blobPath) && reads(method),
  open: true,
  serve: async ({ request, response, url }) => {
    const { status, headers, stream } = await originals.answer(url, request.headers.range, request.method === 'HEAD');
    response.writeHead(status, headers);
    if (stream) await pipeline(stream, response);
    else response.end();
  },
});

export const uploadRoute = (files: Pick<LibraryFiles, 'receiveUpload'>): HttpRoute => ({
  matches: ({ method, path }) => path.startsWith(uploadPath) && method === 'PUT',
  open: false,
  serve: async ({ request, response, url }) => {
    const uploadId = idSchema.safeParse(url.pathname.slice(uploadPath.length));
    if (!uploadId.success) return refuse(response, 'not_found');
    const declared = request.headers['content-length'];
    await files.receiveUpload(uploadId.data, request, declared === undefined ? undefined : Number(declared));
    respondJson(response, 200, { ok: true });
  },
});
