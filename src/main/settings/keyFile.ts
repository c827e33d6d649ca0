import { randomBytes } from 'node:crypto';
import { copyFile, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { EmergenceError, toEmergenceError } from '@shared/model';

/** The error for a stored key, or the file of keys, that cannot be read: the person must enter the key again. */
export const damagedSecret = (part: string, cause?: unknown): EmergenceError => new EmergenceError('secrets.damaged', { part }, { cause });

/** Converts a refusal of the system (a file that may not be read or written, a locked keychain); a full disk keeps its own code. */
export const refusedSecret = (part: string, error: unknown): EmergenceError => {
  const known = toEmergenceError(error);
  const named = error instanceof EmergenceError || known.code === 'storage.full' || known.code === 'cancelled';
  return named ? known : new EmergenceError('secrets.refused', { part }, { cause: error });
};

/**
 * A small file that keys depend on: written whole or not at all, readable by the person only, and never deleted. Each method throws
 * `secrets.refused` when the system refuses access.
 */
export interface KeyFile<T> {
  /** Returns its content; null when there is none. Throws `secrets.damaged` and leaves the file unchanged. */
  read(): Promise<T | null>;
  /** Reads like `read`, before a write: a damaged file is renamed to `<name>.damaged-<time>` and counts as none. */
  readToWrite(): Promise<T | null>;
  write(value: T): Promise<void>;
  /** Keeps a copy as `<name>.unopened-<time>` of content that is about to be replaced without having been read. */
  copyAside(): Promise<void>;
}

/** `parse` throws for text that it cannot read. */
export const createKeyFile = <T>({
  path,
  part,
  parse,
  format,
}: {
  path: string;
  /** The name of the file in the error. */
  part: string;
  parse: (text: string) => T;
  format: (value: T) => string;
}): KeyFile<T> => {
  const read = async (): Promise<T | null> => {
    let text: string;
    try {
      text = await readFile(path, 'utf8');
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'ENOENT') return null;
      // A folder lies in its place.
      if (code === 'EISDIR') throw damagedSecret(part, error);
      throw refusedSecret(part, error);
    }
    try {
      return parse(text);
    } catch (error) {
      throw damagedSecret(part, error);
    }
  };
  return {
    read,
    readToWrite: async () => {
      try {
        return await read();
      } catch (error) {
        if (!(error instanceof EmergenceError) || error.code !== 'secrets.damaged') throw error;
        await rename(path, `${path}.damaged-${Date.now()}`).catch((refused: unknown) => {
          throw refusedSecret(part, refused);
        });
        return null;
      }
    },
    copyAside: async () => {
      try {
        await copyFile(path, `${path}.unopened-${Date.now()}`);
      } catch (error) {
        throw refusedSecret(part, error);
      }
    },
    write: async (value) => {
      // Written beside the target, flushed, then renamed: a crash leaves the old file or the new one.
      const temporary = `${path}.${randomBytes(6).toString('hex')}.tmp`;
      try {
        await mkdir(dirname(path), { recursive: true });
        const handle = await open(temporary, 'wx', 0o600);
        try {
          await handle.writeFile(format(value));
          await handle.sync();
        } finally {
          await handle.close();
        }
        await rename(temporary, path);
      } catch (error) {
        await rm(temporary, { force: true }).catch(() => {});
        throw refusedSecret(part, error);
      }
    },
  };
};
