import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import { createKeyFile, damagedSecret } from './keyFile';
import { createOneAtATime } from './oneAtATime';
import type { Secrets } from './secrets';

/** Each entry is sealed by itself, so that a damaged one costs nothing but itself. Binary as base64. */
const entrySchema = z.object({ iv: z.string(), tag: z.string(), data: z.string() });
const fileSchema = z.object({ version: z.literal(1), entries: z.record(z.string(), z.unknown()) });
const keyBytes = 32;

const seal = (ref: string, value: string, key: Buffer): z.infer<typeof entrySchema> => {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  cipher.setAAD(Buffer.from(ref));
  const data = Buffer.concat([cipher.update(value, 'utf8'), cipher.final()]);
  return { iv: iv.toString('base64'), tag: cipher.getAuthTag().toString('base64'), data: data.toString('base64') };
};

const unseal = (ref: string, entry: unknown, key: Buffer): string => {
  const { iv, tag, data } = entrySchema.parse(entry);
  const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(iv, 'base64'), { authTagLength: 16 });
  decipher.setAAD(Buffer.from(ref));
  decipher.setAuthTag(Buffer.from(tag, 'base64'));
  return Buffer.concat([decipher.update(Buffer.from(data, 'base64')), decipher.final()]).toString('utf8');
};

/**
 * Keys for the headless host: `secrets.json` in the data folder, AES-256-GCM with the name of the entry as associated data.
 * The sealing key is `secrets.key` beside it (0600), or derived from `secretKey` (EMERGENCE_SECRET_KEY) when that is given.
 * This keeps keys out of backups, logs and curious eyes; someone who can read both files can read the keys.
 * What is damaged is told as `secrets.damaged` and put aside when a key is entered again.
 */
export const createSealedFileSecrets = ({ folder, secretKey }: { folder: string; secretKey?: string | undefined }): Secrets => {
  /** Two changes at once must not lose one. */
  const inTurn = createOneAtATime();
  const entriesFile = createKeyFile<Record<string, unknown>>({
    path: join(folder, 'secrets.json'),
    part: 'secrets.json',
    parse: (text) => fileSchema.parse(JSON.parse(text)).entries,
    format: (entries) => JSON.stringify({ version: 1, entries }, null, 2),
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
  const outerKey = secretKey ? createHash('sha256').update(secretKey).digest() : null;

  const keyToSeal = async (): Promise<Buffer> => {
    const known = outerKey ?? (await keyFile.readToWrite());
    if (known) return known;
    const made = randomBytes(keyBytes);
    await keyFile.write(made);
    return made;
  };

  return {
    kind: 'sealed-file',
    get: (ref) =>
      inTurn(async () => {
        const entry = (await entriesFile.read())?.[ref];
        if (entry === undefined) return null;
        const key = outerKey ?? (await keyFile.read());
        if (!key) throw damagedSecret('secrets.key');
        try {
          return unseal(ref, entry, key);
        } catch (error) {
          throw damagedSecret('entry', error);
        }
      }),
    set: (ref, value) =>
      inTurn(async () => {
        const entries = await entriesFile.readToWrite();
        await entriesFile.write({ ...entries, [ref]: seal(ref, value, await keyToSeal()) });
      }),
    remove: (ref) =>
      inTurn(async () => {
        const { [ref]: removed, ...others } = (await entriesFile.readToWrite()) ?? {};
        if (removed !== undefined) await entriesFile.write(others);
      }),
  };
};
