import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { Secrets } from '@main/settings/secrets';
import { safeStorage } from 'electron';
import { z } from 'zod';

const storedSchema = z.record(z.string(), z.string());

/**
 * Keys sealed by the system's keychain, the sealed form in the file `path`. Null where the system offers none.
 * `weak` on a Linux without a keyring: Chromium then seals with a key that everybody knows, and health says so.
 */
export const createKeychainSecrets = async (path: string): Promise<Secrets | null> => {
  if (!(await safeStorage.isAsyncEncryptionAvailable())) return null;
  const weak = process.platform === 'linux' && safeStorage.getSelectedStorageBackend() === 'basic_text';
  const read = (): Record<string, string> => (existsSync(path) ? storedSchema.parse(JSON.parse(readFileSync(path, 'utf8'))) : {});
  const write = (sealed: Record<string, string>): void => {
    // Whole or not at all: a crash in the middle must not cost the other keys.
    writeFileSync(`${path}.new`, JSON.stringify(sealed), { mode: 0o600 });
    renameSync(`${path}.new`, path);
  };
  const set = async (ref: string, value: string): Promise<void> => {
    const sealed = (await safeStorage.encryptStringAsync(value)).toString('base64');
    write({ ...read(), [ref]: sealed });
  };
  return {
    kind: weak ? 'weak' : 'keychain',
    get: async (ref) => {
      const sealed = read()[ref];
      if (sealed === undefined) return null;
      const { result, shouldReEncrypt } = await safeStorage.decryptStringAsync(Buffer.from(sealed, 'base64'));
      if (shouldReEncrypt) await set(ref, result);
      return result;
    },
    set,
    remove: async (ref) => {
      const { [ref]: _removed, ...rest } = read();
      write(rest);
    },
  };
};
