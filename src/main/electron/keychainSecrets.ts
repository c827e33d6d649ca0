import { createKeyFile, damagedSecret, refusedSecret } from '@main/settings/keyFile';
import { createOneAtATime } from '@main/settings/oneAtATime';
import type { Secrets } from '@main/settings/secrets';
import { safeStorage } from 'electron';
import { z } from 'zod';

const storedSchema = z.record(z.string(), z.string());

/**
 * Keys sealed by the system's keychain, the sealed form in the file `path`. Null where the system offers none. `weak` on a Linux
 * without a keyring: Chromium then seals with a publicly known key, and health reports that. An entry that cannot be read is
 * reported as `secrets.damaged`, a keychain that seals nothing as `secrets.refused`; a damaged file is put aside when a key is
 * entered again.
 */
export const createKeychainSecrets = async (path: string): Promise<Secrets | null> => {
  if (!(await safeStorage.isAsyncEncryptionAvailable())) return null;
  const weak = process.platform === 'linux' && safeStorage.getSelectedStorageBackend() === 'basic_text';
  const inTurn = createOneAtATime();
  const file = createKeyFile({
    path,
    part: 'keychain.json',
    parse: (text) => storedSchema.parse(JSON.parse(text)),
    format: (sealed) => JSON.stringify(sealed),
  });
  const seal = async (value: string): Promise<string> => {
    try {
      return (await safeStorage.encryptStringAsync(value)).toString('base64');
    } catch (error) {
      throw refusedSecret('keychain', error);
    }
  };
  const unseal = async (sealed: string): ReturnType<typeof safeStorage.decryptStringAsync> => {
    try {
      return await safeStorage.decryptStringAsync(Buffer.from(sealed, 'base64'));
    } catch (error) {
      throw damagedSecret('entry', error);
    }
  };
  return {
    kind: weak ? 'weak' : 'keychain',
    get: (ref) =>
      inTurn(async () => {
        const stored = await file.read();
        const sealed = stored?.[ref];
        if (sealed === undefined) return null;
        const { result, shouldReEncrypt } = await unseal(sealed);
        // A full disk must not cost the key that was just read: it is sealed again another time.
        if (shouldReEncrypt) await file.write({ ...stored, [ref]: await seal(result) }).catch(() => {});
        return result;
      }),
    set: (ref, value) => inTurn(async () => file.write({ ...(await file.readToWrite()), [ref]: await seal(value) })),
    remove: (ref) =>
      inTurn(async () => {
        const { [ref]: removed, ...others } = (await file.readToWrite()) ?? {};
        if (removed !== undefined) await file.write(others);
      }),
  };
};
