import { createCipheriv, createDecipheriv, createHash, randomBytes, scrypt } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { EmergenceError } from '@shared/model';
import { z } from 'zod';
import { createKeyFile, damagedSecret } from './keyFile';
import { createOneAtATime } from './oneAtATime';
import type { Secrets } from './secrets';

/** Each entry is sealed by itself, so that a damaged one does not affect the others. Binary as base64. */
const entrySchema = z.object({ iv: z.string(), tag: z.string(), data: z.string() });
const entriesSchema = z.record(z.string(), z.unknown());
/** Bounded, since the file may come from elsewhere. */
const derivationSchema = z.object({
  salt: z.string().min(16).max(200),
  // scrypt accepts powers of two only.
  N: z
    .int()
    .min(2)
    .max(131_072)
    .refine((cost) => Number.isInteger(Math.log2(cost))),
  r: z.int().min(1).max(16),
  p: z.int().min(1).max(16),
});
const fileSchema = z.union([
  /** Sealed with the key in `secrets.key`; the last release also used this version with a plain hash of EMERGENCE_SECRET_KEY. */
  z.object({ version: z.literal(1), entries: entriesSchema }),
  /** Sealed with a key derived from EMERGENCE_SECRET_KEY. `check` detects a wrong key before anything is written. */
  z.object({ version: z.literal(2), derivation: derivationSchema, check: z.unknown(), entries: entriesSchema }),
]);
type Stored = z.infer<typeof fileSchema>;
type Derived = Extract<Stored, { version: 2 }>;

const keyBytes = 32;
/** 32 MB and a few tenths of a second a try (OWASP's figures for scrypt). */
const derivationCost = { N: 32_768, r: 8, p: 3 };
const checkName = 'check';
const checkText = 'Emergence';

const seal = (ref: string, value: string, key: Buffer): z.infer<typeof entrySchema> => {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  cipher.setAAD(Buffer.from(ref));
  const data = Buffer.concat([cipher.update(value, 'utf8'), cipher.final()]);
  return { iv: iv.toString('base64'), tag: cipher.getAuthTag().toString('base64'), data: data.toString('base64') };
};

/** Throws for an entry that was sealed with another key, under another name, or was damaged. */
const unseal = (ref: string, entry: unknown, key: Buffer): string => {
  const { iv, tag, data } = entrySchema.parse(entry);
  const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(iv, 'base64'), { authTagLength: 16 });
  decipher.setAAD(Buffer.from(ref));
  decipher.setAuthTag(Buffer.from(tag, 'base64'));
  return Buffer.concat([decipher.update(Buffer.from(data, 'base64')), decipher.final()]).toString('utf8');
};

const tryUnseal = (ref: string, entry: unknown, keys: readonly Buffer[]): string | null => {
  for (const key of keys) {
    try {
      return unseal(ref, entry, key);
    } catch {
      // Sealed with another of the keys, or damaged.
    }
  }
  return null;
};

const derive = (secretKey: string, { salt, N, r, p }: z.infer<typeof derivationSchema>): Promise<Buffer> =>
  new Promise((resolve, reject) =>
    scrypt(secretKey, Buffer.from(salt, 'base64'), keyBytes, { N, r, p, maxmem: 512 * 1024 * 1024 }, (error, key) =>
      error ? reject(error) : resolve(key),
    ),
  );

/**
 * Keys for the headless host: `secrets.json` in the data folder, AES-256-GCM with the name of the entry as associated data. The
 * sealing key is `secrets.key` beside it (0600): this keeps keys out of backups, logs and curious eyes, but does not stop someone
 * who can read both files. Where `secretKey` (EMERGENCE_SECRET_KEY) is given, the sealing key is derived from it by scrypt and
 * stored nowhere; a file sealed in another way is sealed again with it. A damaged part is reported as `secrets.damaged` and put
 * aside when a key is entered again. A file that the secret of this start does not open is reported as `secrets.locked`, and
 * nothing in it is replaced.
 */
export const createSealedFileSecrets = ({ folder, secretKey }: { folder: string; secretKey?: string | undefined }): Secrets => {
  /** Two changes at once must not lose one. */
  const inTurn = createOneAtATime();
  const file = createKeyFile<Stored>({
    path: join(folder, 'secrets.json'),
    part: 'secrets.json',
    parse: (text) => fileSchema.parse(JSON.parse(text)),
    format: (stored) => JSON.stringify(stored, null, 2),
  });
  const keyFile = createKeyFile<Buffer>({
    path: join(folder, 'secrets.key'),
    part: 'secrets.key',
    parse: (text) => {
      const key = Buffer.from(text, 'base64');
      if (key.length !== keyBytes) throw new Error(`A sealing key has ${keyBytes} bytes.`);
      return key;
    },
    format: (key) => key.toString('base64'),
  });

  let derived: { salt: string; key: Promise<Buffer> } | null = null;
  const deriveOnce = (secret: string, derivation: Derived['derivation']): Promise<Buffer> => {
    const known = derived?.salt === derivation.salt ? derived : { salt: derivation.salt, key: derive(secret, derivation) };
    derived = known;
    return known.key;
  };

  const newDerived = async (secret: string): Promise<{ stored: Derived; key: Buffer }> => {
    const derivation = { salt: randomBytes(16).toString('base64'), ...derivationCost };
    const key = await deriveOnce(secret, derivation);
    return { stored: { version: 2, derivation, check: seal(checkName, checkText, key), entries: {} }, key };
  };

  /**
   * The file as it is sealed with the secret; one sealed in another way is opened and sealed again, in memory. Throws
   * `secrets.locked`.
   */
  const openWithSecret = async (secret: string, stored: Stored | null): Promise<{ stored: Derived; key: Buffer; isNew: boolean }> => {
    if (stored?.version === 2) {
      const key = await deriveOnce(secret, stored.derivation);
      // A damaged check must not lock entries that the key opens.
      const opens = tryUnseal(checkName, stored.check, [key]) === checkText;
      if (!opens && !Object.entries(stored.entries).some(([ref, entry]) => tryUnseal(ref, entry, [key]) !== null))
        throw new EmergenceError('secrets.locked', { part: 'secrets.json' });
      return { stored, key, isNew: false };
    }
    const next = await newDerived(secret);
    const old = Object.entries(stored?.entries ?? {});
    if (old.length === 0) return { ...next, isNew: stored !== null };
    const beside = await keyFile.read().catch(() => null);
    const keys = [createHash('sha256').update(secret).digest(), ...(beside ? [beside] : [])];
    const opened = old.map(([ref, entry]) => ({ ref, entry, value: tryUnseal(ref, entry, keys) }));
    if (opened.every(({ value }) => value === null)) throw new EmergenceError('secrets.locked', { part: 'secrets.json' });
    for (const { ref, entry, value } of opened) next.stored.entries[ref] = value === null ? entry : seal(ref, value, next.key);
    return { ...next, isNew: true };
  };

  /** Writes the newly sealed entries. The key file then opens nothing and is deleted, unless an entry may still need it. */
  const keepWithSecret = async (stored: Derived, key: Buffer): Promise<void> => {
    await file.write(stored);
    const entries = Object.entries(stored.entries);
    if (entries.every(([ref, entry]) => tryUnseal(ref, entry, [key]) !== null)) await rm(join(folder, 'secrets.key'), { force: true });
  };

  const keyToSeal = async (): Promise<Buffer> => {
    const known = await keyFile.readToWrite();
    if (known) return known;
    const made = randomBytes(keyBytes);
    await keyFile.write(made);
    return made;
  };

  const getWithSecret = async (secret: string, ref: string): Promise<string | null> => {
    const found = await file.read();
    if (!found) return null;
    const { stored, key, isNew } = await openWithSecret(secret, found);
    // A disk that is full or read-only must not cost the key that was just read: it is sealed again another time.
    if (isNew) await keepWithSecret(stored, key).catch(() => {});
    const entry = stored.entries[ref];
    if (entry === undefined) return null;
    const value = tryUnseal(ref, entry, [key]);
    if (value === null) throw damagedSecret('entry');
    return value;
  };

  const getWithKeyFile = async (ref: string): Promise<string | null> => {
    const stored = await file.read();
    if (stored?.version === 2) throw new EmergenceError('secrets.locked', { part: 'secrets.json' });
    const entry = stored?.entries[ref];
    if (entry === undefined) return null;
    const key = await keyFile.read();
    if (!key) throw damagedSecret('secrets.key');
    const value = tryUnseal(ref, entry, [key]);
    if (value === null) throw damagedSecret('entry');
    return value;
  };

  const setWithKeyFile = async (ref: string, value: string): Promise<void> => {
    const stored = await file.readToWrite();
    if (stored?.version === 2) throw new EmergenceError('secrets.locked', { part: 'secrets.json' });
    const key = await keyToSeal();
    const old = stored?.entries[ref];
    // The entry may be sealed with a secret that this start was not given.
    if (old !== undefined && tryUnseal(ref, old, [key]) === null) await file.copyAside();
    await file.write({ version: 1, entries: { ...stored?.entries, [ref]: seal(ref, value, key) } });
  };

  return {
    kind: secretKey ? 'secret-key' : 'sealed-file',
    get: (ref) => inTurn(() => (secretKey ? getWithSecret(secretKey, ref) : getWithKeyFile(ref))),
    set: (ref, value) =>
      inTurn(async () => {
        if (!secretKey) return setWithKeyFile(ref, value);
        const { stored, key } = await openWithSecret(secretKey, await file.readToWrite());
        await keepWithSecret({ ...stored, entries: { ...stored.entries, [ref]: seal(ref, value, key) } }, key);
      }),
    remove: (ref) =>
      inTurn(async () => {
        const stored = await file.readToWrite();
        if (!stored) return;
        const { [ref]: removed, ...others } = stored.entries;
        if (removed !== undefined) await file.write({ ...stored, entries: others });
      }),
  };
};
