import { createHash, randomUUID } from 'node:crypto';
import { constants, rmSync, statSync } from 'node:fs';
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as nextTick } from 'node:timers/promises';
import { EmergenceError, toEmergenceError } from '@shared/model';
import { toFileError, toStoreError } from './fileErrors';

/** Originals by the hash of their content: one file for the same bytes, however often they are dropped. */
export interface Blobs {
  /** Stores a stream of bytes: hashed while written, flushed to the disk, then put in place under their hash. */
  write(bytes: AsyncIterable<Uint8Array>, options: WriteOptions): Promise<{ hash: string; size: number }>;
  /** Throws `file.unreadable` for a path that is no file, cannot be read, or changes while it is read. */
  writeFile(path: string | Buffer, options: WriteOptions): Promise<{ hash: string; size: number }>;
  path(hash: string): string;
  has(hash: string): boolean;
  /** Synchronous: between the decision that nobody needs the bytes and their deletion nothing else may happen. */
  remove(hash: string): void;
  /** Those of the hashes whose file is missing or incomplete. */
  missing(wanted: Iterable<{ hash: string; size: number }>): Promise<string[]>;
  /** How many of the stored originals nothing names: `sweep` would delete them. */
  unnamed(isNamed: (hash: string) => boolean): Promise<number>;
  /**
   * Deletes files that a crash left half-written, and originals for which `isNamed` is false, except those stored during this run.
   * Returns how many originals were deleted.
   */
  sweep(isNamed: (hash: string) => boolean): Promise<number>;
}

interface WriteOptions {
  maxBytes: number;
  /** The error for a stream of more than `maxBytes`. */
  tooMany?: () => EmergenceError;
}

const hashName = /^[0-9a-f]{64}$/;
/** Files checked between two pauses. */
const lookedAtOnce = 100;

/** `folder` is `<dataFolder>/blobs`; the path of a file is `ab/<sha256>`. */
export const createBlobs = ({ folder }: { folder: string }): Blobs => {
  const temporary = join(folder, 'tmp');
  const startedAt = Date.now();
  const path = (hash: string): string => join(folder, hash.slice(0, 2), hash);
  const sizeOf = (hash: string): number | null => statSync(path(hash), { throwIfNoEntry: false })?.size ?? null;
  const has = (hash: string): boolean => sizeOf(hash) !== null;

  /** Originals stored since the start: an intake may be about to name them. */
  const fresh = new Set<string>();

  const write: Blobs['write'] = async (bytes, { maxBytes, tooMany = () => new EmergenceError('document.too_large', { maxBytes }) }) => {
    const file = join(temporary, randomUUID());
    const hash = createHash('sha256');
    let size = 0;
    try {
      const handle = await ours(async () => {
        await mkdir(temporary, { recursive: true });
        return open(file, 'wx', 0o600);
      });
      try {
        for await (const chunk of bytes) {
          size += chunk.length;
          if (size > maxBytes) throw tooMany();
          hash.update(chunk);
          // Loops until all of it is written: a single write may take less.
          await ours(() => handle.writeFile(chunk));
        }
        await ours(() => handle.sync());
      } finally {
        await handle.close();
      }
      const digest = hash.digest('hex');
      fresh.add(digest);
      await ours(async () => {
        // A file cut by a damaged disk is replaced by the bytes that came again.
        if (sizeOf(digest) === size) return rm(file);
        await mkdir(join(folder, digest.slice(0, 2)), { recursive: true });
        await rename(file, path(digest));
        await syncFolder(join(folder, digest.slice(0, 2)));
      });
      return { hash: digest, size };
    } catch (error) {
      // A file that cannot be deleted now is deleted at the next start.
      await rm(file, { force: true }).catch(() => {});
      throw toEmergenceError(error);
    }
  };

  const writeFile: Blobs['writeFile'] = async (source, options) => {
    try {
      // Without O_NONBLOCK, opening a pipe without a writer would block for ever.
      const handle = await open(source, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
      try {
        const before = await handle.stat();
        if (!before.isFile()) throw new EmergenceError('file.unreadable', { reason: 'special' });
        if (before.size > options.maxBytes) throw new EmergenceError('document.too_large', { maxBytes: options.maxBytes });
        const written = await write(handle.createReadStream({ highWaterMark: 1 << 20, autoClose: false }), options);
        const after = await handle.stat();
        if (after.size !== written.size || after.mtimeMs !== before.mtimeMs) {
          throw new EmergenceError('file.unreadable', { reason: 'changed' });
        }
        return written;
      } finally {
        await handle.close();
      }
    } catch (error) {
      throw toFileError(error);
    }
  };

  const sweepTemporary = async (): Promise<void> => {
    for (const name of await namesIn(temporary)) {
      const file = join(temporary, name);
      const age = statSync(file, { throwIfNoEntry: false })?.mtimeMs;
      if (age !== undefined && age < startedAt) await rm(file, { force: true });
    }
  };

  return {
    write,
    writeFile,
    path,
    has,
    remove: (hash) => rmSync(path(hash), { force: true }),
    missing: async (wanted) => {
      const found: string[] = [];
      let looked = 0;
      for (const { hash, size } of wanted) {
        if (sizeOf(hash) !== size) found.push(hash);
        looked += 1;
        if (looked % lookedAtOnce === 0) await nextTick();
      }
      return found;
    },
    unnamed: async (isNamed) => {
      let found = 0;
      for (const part of await namesIn(folder)) {
        if (part.length !== 2) continue;
        for (const name of await namesIn(join(folder, part))) if (hashName.test(name) && !fresh.has(name) && !isNamed(name)) found += 1;
        await nextTick();
      }
      return found;
    },
    sweep: async (isNamed) => {
      await sweepTemporary();
      let removed = 0;
      for (const part of await namesIn(folder)) {
        if (part.length !== 2) continue;
        for (const name of await namesIn(join(folder, part))) {
          // A copy from the backups that was cut.
          if (name.endsWith('.part')) rmSync(join(folder, part, name), { force: true });
          // No pause between the check and the deletion of the file.
          if (!hashName.test(name) || fresh.has(name) || isNamed(name)) continue;
          rmSync(join(folder, part, name), { force: true });
          removed += 1;
        }
        await nextTick();
      }
      return removed;
    },
  };
};

/** Runs work on the library's own folder: a failure there is no fault of the file. */
const ours = async <Result>(work: () => Promise<Result>): Promise<Result> => {
  try {
    return await work();
  } catch (error) {
    throw toStoreError(error);
  }
};

const namesIn = async (folder: string): Promise<string[]> => {
  try {
    return await readdir(folder);
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return [];
    throw error;
  }
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
