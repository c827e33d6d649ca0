import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, rmSync, statSync } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { EmergenceError, toEmergenceError } from '@shared/model';

/** Originals by content: one file for the same bytes, however often they are dropped. */
export interface Blobs {
  /** Streams bytes in: hashed while written, flushed to the disk, then put in place under their hash. */
  write(bytes: AsyncIterable<Uint8Array>, options: { maxBytes: number }): Promise<{ hash: string; size: number }>;
  writeFile(path: string, options: { maxBytes: number }): Promise<{ hash: string; size: number }>;
  path(hash: string): string;
  has(hash: string): boolean;
  /** At once: between the decision that nobody needs the bytes and their end nothing else may happen. */
  remove(hash: string): void;
  /** Removes what a crash left half-written; files of this run are left alone. */
  sweep(): Promise<void>;
}

/** `folder` is `<dataFolder>/blobs`; files stand at `ab/<sha256>`. */
export const createBlobs = ({ folder }: { folder: string }): Blobs => {
  const temporary = join(folder, 'tmp');
  const startedAt = Date.now();
  const path = (hash: string): string => join(folder, hash.slice(0, 2), hash);
  const sizeOf = (hash: string): number | null => statSync(path(hash), { throwIfNoEntry: false })?.size ?? null;
  const has = (hash: string): boolean => sizeOf(hash) !== null;

  const write: Blobs['write'] = async (bytes, { maxBytes }) => {
    await mkdir(temporary, { recursive: true });
    const file = join(temporary, randomUUID());
    const hash = createHash('sha256');
    let size = 0;
    try {
      const handle = await open(file, 'wx', 0o600);
      try {
        for await (const chunk of bytes) {
          size += chunk.length;
          if (size > maxBytes) throw new EmergenceError('document.too_large', { maxBytes });
          hash.update(chunk);
          // Goes on until all of it is written: a single write may take less.
          await handle.writeFile(chunk);
        }
        await handle.sync();
      } finally {
        await handle.close();
      }
      const digest = hash.digest('hex');
      // A file cut by a damaged disk is replaced by the bytes that are sent again.
      if (sizeOf(digest) === size) await rm(file);
      else {
        await mkdir(join(folder, digest.slice(0, 2)), { recursive: true });
        await rename(file, path(digest));
        await syncFolder(join(folder, digest.slice(0, 2)));
      }
      return { hash: digest, size };
    } catch (error) {
      await rm(file, { force: true });
      throw toEmergenceError(error);
    }
  };

  return {
    write,
    writeFile: (source, options) => write(createReadStream(source, { highWaterMark: 1 << 20 }), options),
    path,
    has,
    remove: (hash) => rmSync(path(hash), { force: true }),
    sweep: async () => {
      const left = await readdir(temporary).catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return [];
        throw error;
      });
      for (const name of left) {
        const file = join(temporary, name);
        if ((await stat(file)).mtimeMs < startedAt) await rm(file, { force: true });
      }
    },
  };
};

/** A rename is safe from a power cut only once its folder is flushed; Windows has no such call and does not need it. */
const syncFolder = async (folder: string): Promise<void> => {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};
