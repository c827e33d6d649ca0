import { Readable } from 'node:stream';
import type { ReadableStream as WebStream } from 'node:stream/web';
import { commonHeaders, contentSecurityPolicy } from '@main/http/contentSecurity';
import type { LibraryFiles } from '@main/http/files';
import type { OriginalAnswers } from '@main/http/originalAnswers';
import { readStaticFile } from '@main/http/staticFiles';
import type { Logger } from '@main/telemetry/telemetry';
import { EmergenceError, idSchema, toEmergenceError } from '@shared/model';
import { blobPath, uploadPath } from '@shared/wire';
import { protocol } from 'electron';
import { appOrigin, appScheme } from './appOrigin';

/** To be called before the app is ready. */
export const registerAppScheme = (): void =>
  protocol.registerSchemesAsPrivileged([
    { scheme: appScheme, privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true } },
  ]);

/** Serves `app://bundle`: the built window, originals by signed address, uploads. No network traffic uses it. */
export const serveAppProtocol = ({
  rendererFolder,
  originals,
  files,
  log,
}: {
  rendererFolder: string;
  originals: OriginalAnswers;
  files: Pick<LibraryFiles, 'receiveUpload'>;
  log: Logger;
}): void => {
  const answer = async (request: Request): Promise<Response> => {
    const url = new URL(request.url);
    if (!request.url.startsWith(`${appOrigin}/`)) throw new EmergenceError('not_found');
    if (request.method === 'PUT' && url.pathname.startsWith(uploadPath)) {
      const uploadId = idSchema.safeParse(url.pathname.slice(uploadPath.length));
      if (!uploadId.success) throw new EmergenceError('not_found');
      await files.receiveUpload(uploadId.data, Readable.fromWeb((request.body ?? new Blob([]).stream()) as WebStream<Uint8Array>));
      return Response.json({ ok: true });
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') throw new EmergenceError('not_found');
    if (url.pathname.startsWith(blobPath)) {
      const { status, headers, stream } = await originals.answer(url, request.headers.get('range'), request.method === 'HEAD');
      return new Response(stream && (Readable.toWeb(stream as Readable) as ReadableStream), { status, headers });
    }
    const file = readStaticFile(rendererFolder, url.pathname);
    if (!file) throw new EmergenceError('not_found');
    return new Response(new Uint8Array(file.body), {
      headers: { ...commonHeaders, 'content-type': file.type, 'content-security-policy': contentSecurityPolicy([]) },
    });
  };
  protocol.handle(appScheme, async (request) => {
    try {
      return await answer(request);
    } catch (error) {
      const known = toEmergenceError(error);
      if (known.code === 'internal') log.error({ err: error }, 'unexpected error in the app protocol');
      return Response.json(known.toRecord(), { status: known.status, headers: commonHeaders });
    }
  });
};
