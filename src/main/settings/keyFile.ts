import { randomBytes } from 'node:crypto';
import { copyFile, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { EmergenceError, toEmergenceError } from '@shared/model';

/** A stored key, or the file that holds them, that cannot be read: the person enters the key again. */
export const damagedSecret = (part: string, cause?: unknown): EmergenceError => new EmergenceError('secrets.damaged', { part }, { cause });

/** Names what the system refused (a file that may not be read or written, a keychain that stays shut); a full disk keeps its own name. */
export const refusedSecret = (part: string, error: unknown): EmergenceError => {
  const known = toEmergenceError(error);
  const named = error instanceof EmergenceError || known.code === 'storage.full' || known.code === 'cancelled';
  return named ? known : new EmergenceError('secrets.refused', { part }, { cause: error });
};

/**
 * A small file that keys depend on: whole or not at all, readable by the person only, and never thrown away. Each method
 * throws `secrets.refused` for what the system does not allow.
 */
export interface KeyFile<T> {
  /** Returns its content; null when there is none. Throws `secrets.damaged` and leaves the file alone. */
  read(): Promise<T | null>;
  /** As `read`, for one who is about to write: a damaged file is put aside as `<name>.damaged-<time>` and counts as none. */
  readToWrite(): Promise<T | null>;
  write(value: T): Promise<void>;
  /** Keeps a copy as `<name>.unopened-<time>`, for what is about to be replaced without having been read. */
  copyAside(): Promise<void>;
}

/** `parse` throws for what it does not understand. */
export const createKeyFile = <T>({
  path,
  part,
  parse,
  format,
}: {
  path: string;
  /** Its name in the error. */
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
      // A folder in its place.
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
      // Beside the target, flushed, then renamed: a crash leaves the old file or the new one.
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
