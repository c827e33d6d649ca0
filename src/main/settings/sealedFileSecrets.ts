import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { EmergenceError } from '@shared/model';
import { z } from 'zod';
import type { Secrets } from './secrets';

/** Each entry is sealed by itself, so that a damaged one costs nothing but itself. Binary as base64. */
const entrySchema = z.object({ iv: z.string(), tag: z.string(), data: z.string() });
const fileSchema = z.object({ version: z.literal(1), entries: z.record(z.string(), z.unknown()) });
type Entries = z.infer<typeof fileSchema>['entries'];

const isMissing = (error: unknown): boolean => (error as { code?: unknown } | null)?.code === 'ENOENT';

const damaged = (what: string, cause: unknown): EmergenceError =>
  new EmergenceError(
    'storage.damaged',
    { part: what },
    { message: `The sealed file of keys is damaged (${what}).`, action: 'open_provider_settings', cause },
  );

/** Writes beside the target, flushes and renames: a crash leaves the old file or the new one. */
const writeAtomically = async (file: string, text: string): Promise<void> => {
  const temporary = `${file}.${randomBytes(6).toString('hex')}.tmp`;
  const handle = await open(temporary, 'wx', 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(temporary, file);
};

/**
 * Keys for the headless host: `secrets.json` in the data folder, AES-256-GCM with the name of the entry as associated data.
 * The sealing key is `secrets.key` beside it (0600), or derived from `secretKey` (EMERGENCE_SECRET_KEY) when that is given.
 * This keeps keys out of backups, logs and curious eyes; someone who can read both files can read the keys.
 */
export const createSealedFileSecrets = ({ folder, secretKey }: { folder: string; secretKey?: string | undefined }): Secrets => {
  const file = join(folder, 'secrets.json');
  const keyFile = join(folder, 'secrets.key');
  let queue: Promise<unknown> = Promise.resolve();

  /** One operation at a time: two changes at once must not lose one. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const result = queue.then(work, work);
    queue = result.catch(() => undefined);
    return result;
  };

  const readKey = async (): Promise<Buffer | null> => {
    if (secretKey) return createHash('sha256').update(secretKey).digest();
    try {
      const key = Buffer.from(await readFile(keyFile, 'utf8'), 'base64');
      if (key.length !== 32) throw damaged('secrets.key', undefined);
      return key;
    } catch (error) {
      if (isMissing(error)) return null;
      throw error;
    }
  };

  const makeKey = async (): Promise<Buffer> => {
    await mkdir(dirname(keyFile), { recursive: true });
    const key = randomBytes(32);
    await writeAtomically(keyFile, key.toString('base64'));
    return key;
  };

  const readEntries = async (): Promise<Entries> => {
    try {
      return fileSchema.parse(JSON.parse(await readFile(file, 'utf8'))).entries;
    } catch (error) {
      if (isMissing(error)) return {};
      if (error instanceof SyntaxError || error instanceof z.ZodError) throw damaged('secrets.json', error);
      throw error;
    }
  };

  const writeEntries = async (entries: Entries): Promise<void> => {
    await mkdir(folder, { recursive: true });
    await writeAtomically(file, JSON.stringify({ version: 1, entries }, null, 2));
  };

  return {
    kind: 'sealed-file',
    get: (ref) =>
      inTurn(async () => {
        const entry = (await readEntries())[ref];
        if (entry === undefined) return null;
        const key = await readKey();
        if (!key) throw damaged('secrets.key is missing', undefined);
        try {
          const { iv, tag, data } = entrySchema.parse(entry);
          const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(iv, 'base64'));
          decipher.setAAD(Buffer.from(ref));
          decipher.setAuthTag(Buffer.from(tag, 'base64'));
          return Buffer.concat([decipher.update(Buffer.from(data, 'base64')), decipher.final()]).toString('utf8');
        } catch (error) {
          throw damaged('entry', error);
        }
      }),
    set: (ref, value) =>
      inTurn(async () => {
        const entries = await readEntries();
        const key = (await readKey()) ?? (await makeKey());
        const iv = randomBytes(12);
        const cipher = createCipheriv('aes-256-gcm', key, iv);
        cipher.setAAD(Buffer.from(ref));
        const data = Buffer.concat([cipher.update(value, 'utf8'), cipher.final()]);
        const sealed = { iv: iv.toString('base64'), tag: cipher.getAuthTag().toString('base64'), data: data.toString('base64') };
        await writeEntries({ ...entries, [ref]: sealed });
      }),
    remove: (ref) =>
      inTurn(async () => {
        const { [ref]: removed, ...others } = await readEntries();
        if (removed !== undefined) await writeEntries(others);
      }),
  };
};
