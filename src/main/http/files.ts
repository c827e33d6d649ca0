import type { BlobOwner } from '@shared/model';

/** The bytes that the hosts hand out without RPC. */
export interface OriginalFile {
  path: string;
  mime: string;
  fileName: string;
  bytes: number;
}

export interface LibraryFiles {
  /** The stored bytes of an owner. Throws `not_found`. */
  originalFile(owner: BlobOwner): OriginalFile | Promise<OriginalFile>;
  /** Receives the bytes announced by `library.beginUploads`; `announced` is the length that the sender declares. */
  receiveUpload(uploadId: string, bytes: AsyncIterable<Uint8Array>, announced?: number): Promise<unknown>;
}

export interface ByteRange {
  start: number;
  /** The last byte, inclusive. */
  end: number;
}

/** Reads a `Range` header: null without one (or with one to be ignored), 'unsatisfiable' when it lies outside the file. */
export const parseRange = (header: string | null | undefined, size: number): ByteRange | null | 'unsatisfiable' => {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '');
  if (!match || (match[1] === '' && match[2] === '')) return null;
  const [, first, last] = match;
  if (first === '') return Number(last) === 0 || size === 0 ? 'unsatisfiable' : { start: Math.max(0, size - Number(last)), end: size - 1 };
  const start = Number(first);
  const end = last === '' ? size - 1 : Math.min(Number(last), size - 1);
  return start >= size || end < start ? 'unsatisfiable' : { start, end };
};
