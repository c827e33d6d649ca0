import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSealedFileSecrets } from '@main/settings/sealedFileSecrets';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

/** Seals an entry as every release does. */
const sealAs = (ref: string, value: string, key: Buffer) => {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(ref));
  const data = Buffer.concat([cipher.update(value, 'utf8'), cipher.final()]);
  return { iv: iv.toString('base64'), tag: cipher.getAuthTag().toString('base64'), data: data.toString('base64') };
};
const unsealAs = (ref: string, { iv, tag, data }: ReturnType<typeof sealAs>, key: Buffer): string => {
  const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(iv, 'base64')).setAAD(Buffer.from(ref));
  decipher.setAuthTag(Buffer.from(tag, 'base64'));
  return decipher.update(data, 'base64', 'utf8') + decipher.final('utf8');
};

describe('sealed file of keys', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'secrets-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('keeps keys over restarts, never readable in its files', async () => {
    const secrets = createSealedFileSecrets({ folder });
    await secrets.set('a', 'first-canary');
    await secrets.set('b', 'sécond ☃');
    await secrets.remove('nothing');
    const again = createSealedFileSecrets({ folder });
    expect([await again.get('a'), await again.get('b'), await again.get('c')]).toEqual(['first-canary', 'sécond ☃', null]);
    await again.remove('a');
    expect([await again.get('a'), await again.get('b')]).toEqual([null, 'sécond ☃']);
    expect(readdirSync(folder).sort()).toEqual(['secrets.json', 'secrets.key']);
    for (const name of readdirSync(folder)) {
      expect(readFileSync(join(folder, name), 'utf8')).not.toContain('canary');
      expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
    }
  });

  it('loses nothing in parallel changes', async () => {
    const secrets = createSealedFileSecrets({ folder });
    await Promise.all(Array.from({ length: 20 }, (_, index) => secrets.set(`k${index}`, `v${index}`)));
    expect(await Promise.all(Array.from({ length: 20 }, (_, index) => secrets.get(`k${index}`)))).toEqual(
      Array.from({ length: 20 }, (_, index) => `v${index}`),
    );
  });

  it('takes a secret from outside instead of a key file, and replaces nothing with a wrong one', async () => {
    await createSealedFileSecrets({ folder, secretKey: 'outer' }).set('a', 'one');
    expect(readdirSync(folder)).toEqual(['secrets.json']);
    expect(await createSealedFileSecrets({ folder, secretKey: 'outer' }).get('a')).toBe('one');
    const before = readFileSync(join(folder, 'secrets.json'), 'utf8');
    for (const secretKey of ['other', undefined, '']) {
      const wrong = createSealedFileSecrets({ folder, secretKey });
      for (const ref of ['a', 'b']) await expect(wrong.get(ref)).rejects.toMatchObject({ code: 'secrets.locked' });
      for (const ref of ['a', 'b']) await expect(wrong.set(ref, 'two')).rejects.toMatchObject({ code: 'secrets.locked' });
    }
    expect(readFileSync(join(folder, 'secrets.json'), 'utf8')).toBe(before);
    expect(readdirSync(folder)).toEqual(['secrets.json']);
  });

  it('derives the sealing key slowly, with a salt of its own, stored beside the entries', async () => {
    const stored = async (name: string) => {
      const own = join(folder, name);
      await createSealedFileSecrets({ folder: own, secretKey: 'outer' }).set('a', 'one');
      return JSON.parse(readFileSync(join(own, 'secrets.json'), 'utf8'));
    };
    const [one, two] = [await stored('one'), await stored('two')];
    expect(one).toMatchObject({ version: 2, derivation: { N: 32_768, r: 8, p: 3, salt: expect.any(String) } });
    expect(one.derivation.salt).not.toBe(two.derivation.salt);
    const plainHash = createHash('sha256').update('outer').digest();
    expect(() => unsealAs('a', one.entries.a, plainHash)).toThrow();
  });

  it.each([
    ['a plain hash of the secret', createHash('sha256').update('outer').digest(), false],
    ['a key file', randomBytes(32), true],
  ])('opens a file that the last release sealed with %s, and seals it again', async (_, key, inFile) => {
    const entries = { a: sealAs('a', 'one', key), b: sealAs('b', 'two', key) };
    writeFileSync(join(folder, 'secrets.json'), JSON.stringify({ version: 1, entries }));
    if (inFile) writeFileSync(join(folder, 'secrets.key'), key.toString('base64'));
    const wrong = createSealedFileSecrets({ folder, secretKey: 'wrong' });
    if (!inFile) await expect(wrong.get('a')).rejects.toMatchObject({ code: 'secrets.locked' });
    const secrets = createSealedFileSecrets({ folder, secretKey: 'outer' });
    expect([await secrets.get('a'), await secrets.get('b'), await secrets.get('c')]).toEqual(['one', 'two', null]);
    const stored = JSON.parse(readFileSync(join(folder, 'secrets.json'), 'utf8'));
    expect(stored.version).toBe(2);
    expect(() => unsealAs('a', stored.entries.a, key)).toThrow();
    // A key file beside it would no longer open anything.
    expect(readdirSync(folder)).toEqual(['secrets.json']);
  });

  it('keeps entries it cannot seal again, with the key that may still open them', async () => {
    const key = randomBytes(32);
    const entries = { a: sealAs('a', 'one', key), lost: sealAs('lost', 'two', randomBytes(32)), odd: 7 };
    writeFileSync(join(folder, 'secrets.json'), JSON.stringify({ version: 1, entries }));
    writeFileSync(join(folder, 'secrets.key'), key.toString('base64'));
    const secrets = createSealedFileSecrets({ folder, secretKey: 'outer' });
    expect(await secrets.get('a')).toBe('one');
    for (const ref of ['lost', 'odd']) await expect(secrets.get(ref)).rejects.toMatchObject({ code: 'secrets.damaged' });
    expect(JSON.parse(readFileSync(join(folder, 'secrets.json'), 'utf8')).entries).toMatchObject({ lost: entries.lost, odd: 7 });
    expect(readdirSync(folder).sort()).toEqual(['secrets.json', 'secrets.key']);
  });

  it('copies a file sealed with an unknown secret aside before an entry is replaced', async () => {
    const before = JSON.stringify({ version: 1, entries: { a: sealAs('a', 'one', randomBytes(32)) } });
    writeFileSync(join(folder, 'secrets.json'), before);
    await createSealedFileSecrets({ folder }).set('a', 'two');
    expect(await createSealedFileSecrets({ folder }).get('a')).toBe('two');
    const aside = readdirSync(folder).filter((name) => name.startsWith('secrets.json.unopened-'));
    expect(aside.map((name) => readFileSync(join(folder, name), 'utf8'))).toEqual([before]);
  });

  it('opens entries despite a damaged check, and begins no impossible derivation', async () => {
    await createSealedFileSecrets({ folder, secretKey: 'outer' }).set('a', 'one');
    const path = join(folder, 'secrets.json');
    const stored = JSON.parse(readFileSync(path, 'utf8'));
    writeFileSync(path, JSON.stringify({ ...stored, check: 'x' }));
    expect(await createSealedFileSecrets({ folder, secretKey: 'outer' }).get('a')).toBe('one');
    for (const N of [2 ** 30, 1000, 3]) {
      writeFileSync(path, JSON.stringify({ ...stored, derivation: { ...stored.derivation, N } }));
      await expect(createSealedFileSecrets({ folder, secretKey: 'outer' }).get('a')).rejects.toMatchObject({ code: 'secrets.damaged' });
    }
  });

  it.each([undefined, 'outer'])('reports a folder in its place, and moves it when a key is entered (secret: %s)', async (secretKey) => {
    mkdirSync(join(folder, 'secrets.json', 'inside'), { recursive: true });
    const secrets = createSealedFileSecrets({ folder, secretKey });
    await expect(secrets.get('a')).rejects.toMatchObject({ code: 'secrets.damaged' });
    await secrets.set('a', 'one');
    expect(await secrets.get('a')).toBe('one');
    expect(readdirSync(folder).some((name) => name.startsWith('secrets.json.damaged-'))).toBe(true);
  });

  it.skipIf(process.platform === 'win32')('reports a refusal of the system in every call, and leaves the file unchanged', async () => {
    const secrets = createSealedFileSecrets({ folder });
    await secrets.set('a', 'one');
    const refused = { code: 'secrets.refused', details: { part: expect.any(String) } };
    // A name that is too long for the system, and a file in place of a folder: even the administrator is refused.
    const long = createSealedFileSecrets({ folder: join(folder, 'x'.repeat(300)) });
    const below = createSealedFileSecrets({ folder: join(folder, 'secrets.json') });
    for (const { get, set } of [long, below]) {
      await expect(get('a')).rejects.toMatchObject(refused);
      await expect(set('a', 'two')).rejects.toMatchObject(refused);
    }
    expect(await secrets.get('a')).toBe('one');
    if (process.getuid?.() === 0) return;
    chmodSync(join(folder, 'secrets.json'), 0);
    await expect(secrets.get('a')).rejects.toMatchObject(refused);
    await expect(secrets.set('a', 'two')).rejects.toMatchObject(refused);
    chmodSync(join(folder, 'secrets.json'), 0o600);
    chmodSync(folder, 0o500);
    await expect(secrets.set('a', 'two')).rejects.toMatchObject(refused);
    expect(await secrets.get('a')).toBe('one');
    chmodSync(folder, 0o700);
  });

  it('reports how the keys are protected', () => {
    expect([undefined, '', 'outer'].map((secretKey) => createSealedFileSecrets({ folder, secretKey }).kind)).toEqual([
      'sealed-file',
      'sealed-file',
      'secret-key',
    ]);
  });

  it('loses only a damaged entry', async () => {
    const secrets = createSealedFileSecrets({ folder });
    await secrets.set('a', 'one');
    await secrets.set('b', 'two');
    const file = join(folder, 'secrets.json');
    const content = JSON.parse(readFileSync(file, 'utf8'));
    content.entries.a.data = 'AAAA';
    writeFileSync(file, JSON.stringify(content));
    await expect(secrets.get('a')).rejects.toMatchObject({ code: 'secrets.damaged', action: 'open_provider_settings' });
    expect(await secrets.get('b')).toBe('two');
    await secrets.set('a', 'one again');
    expect([await secrets.get('a'), await secrets.get('b')]).toEqual(['one again', 'two']);
  });

  it.each(['', '{"version":1,"entr', 'null', '{"version":2,"entries":{}}', '{"version":3,"entries":{}}'])(
    'reports a file damaged to %j, leaves it, and moves it when a key is entered again',
    async (left) => {
      const secrets = createSealedFileSecrets({ folder });
      await secrets.set('a', 'one');
      const file = join(folder, 'secrets.json');
      writeFileSync(file, left);
      await expect(secrets.get('a')).rejects.toMatchObject({ code: 'secrets.damaged', details: { part: 'secrets.json' } });
      expect(readFileSync(file, 'utf8')).toBe(left);
      await secrets.set('b', 'two');
      expect([await secrets.get('a'), await secrets.get('b')]).toEqual([null, 'two']);
      const aside = readdirSync(folder).filter((name) => name.startsWith('secrets.json.damaged-'));
      expect(aside.map((name) => readFileSync(join(folder, name), 'utf8'))).toEqual([left]);
    },
  );

  it('reports each key of a lost or damaged sealing key, which can be entered again', async () => {
    const secrets = createSealedFileSecrets({ folder });
    await secrets.set('a', 'one');
    await secrets.set('b', 'two');
    const keyFile = join(folder, 'secrets.key');
    rmSync(keyFile);
    await expect(secrets.get('a')).rejects.toMatchObject({ code: 'secrets.damaged', details: { part: 'secrets.key' } });
    await secrets.set('a', 'one again');
    expect(await secrets.get('a')).toBe('one again');
    await expect(secrets.get('b')).rejects.toMatchObject({ code: 'secrets.damaged', details: { part: 'entry' } });
    writeFileSync(keyFile, 'short');
    await expect(secrets.get('a')).rejects.toMatchObject({ code: 'secrets.damaged', details: { part: 'secrets.key' } });
    await secrets.set('b', 'two again');
    expect(await secrets.get('b')).toBe('two again');
    const aside = readdirSync(folder).filter((name) => name.startsWith('secrets.key.damaged-'));
    expect(aside.map((name) => readFileSync(join(folder, name), 'utf8'))).toEqual(['short']);
  });

  it('detects swapped entries', async () => {
    const secrets = createSealedFileSecrets({ folder });
    await secrets.set('a', 'one');
    await secrets.set('b', 'two');
    const file = join(folder, 'secrets.json');
    const content = JSON.parse(readFileSync(file, 'utf8'));
    content.entries.b = content.entries.a;
    writeFileSync(file, JSON.stringify(content));
    await expect(secrets.get('b')).rejects.toMatchObject({ code: 'secrets.damaged' });
  });
});
