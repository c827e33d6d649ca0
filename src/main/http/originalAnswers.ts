import { createReadStream } from 'node:fs';
import { EmergenceError } from '@shared/model';
import { commonHeaders, originalHeaders } from './contentSecurity';
import { type LibraryFiles, parseRange } from './files';
import type { UrlSigner } from './urlSigner';

export interface OriginalAnswer {
  status: number;
  headers: Record<string, string>;
  /** Null for an answer without bytes. The reader destroys it when it no longer wants it. */
  stream: (NodeJS.ReadableStream & { destroy(): void }) | null;
}

/**
 * Answers `/blob/<kind of owner>/<its id>?expires&signature`, whole or one range, the same on both hosts. Throws `auth.required`
 * for a wrong or old signature and `not_found` for an unknown owner.
 */
export const createOriginalAnswers = ({ files, signer }: { files: Pick<LibraryFiles, 'originalFile'>; signer: UrlSigner }) => ({
  async answer(url: URL, range: string | null | undefined, headOnly = false): Promise<OriginalAnswer> {
    const owner = signer.verify(url);
    if (!owner) throw new EmergenceError('auth.required', {}, { message: 'This address is no longer valid.' });
    const file = await files.originalFile(owner);
    const wanted = parseRange(range, file.bytes);
    const headers = {
      ...commonHeaders,
      ...originalHeaders(file.fileName),
      'content-type': file.mime,
      'accept-ranges': 'bytes',
      // The bytes of an owner never change; the signature limits how long the address is valid.
      'cache-control': 'private, max-age=600, immutable',
    };
    if (wanted === 'unsatisfiable') return { status: 416, headers: { ...headers, 'content-range': `bytes */${file.bytes}` }, stream: null };
    const { start, end } = wanted ?? { start: 0, end: file.bytes - 1 };
    return {
      status: wanted ? 206 : 200,
      headers: {
        ...headers,
        'content-length': String(end - start + 1),
        ...(wanted ? { 'content-range': `bytes ${start}-${end}/${file.bytes}` } : {}),
      },
      stream: headOnly || file.bytes === 0 ? null : createReadStream(file.path, { start, end }),
    };
  },
});
export type OriginalAnswers = ReturnType<typeof createOriginalAnswers>;
