import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSealedFileSecrets } from '@main/settings/sealedFileSecrets';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

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

  it('loses nothing when many change at once', async () => {
    const secrets = createSealedFileSecrets({ folder });
    await Promise.all(Array.from({ length: 20 }, (_, index) => secrets.set(`k${index}`, `v${index}`)));
    expect(await Promise.all(Array.from({ length: 20 }, (_, index) => secrets.get(`k${index}`)))).toEqual(
      Array.from({ length: 20 }, (_, index) => `v${index}`),
    );
  });

  it('takes a sealing key from outside instead of a file', async () => {
    await createSealedFileSecrets({ folder, secretKey: 'outer' }).set('a', 'one');
    expect(readdirSync(folder)).toEqual(['secrets.json']);
    expect(await createSealedFileSecrets({ folder, secretKey: 'outer' }).get('a')).toBe('one');
    await expect(createSealedFileSecrets({ folder, secretKey: 'other' }).get('a')).rejects.toMatchObject({ code: 'secrets.damaged' });
  });

  it('a damaged entry costs only itself', async () => {
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

  it.each(['', '{"version":1,"entr', 'null', '{"version":2,"entries":{}}'])(
    'a file damaged to %j is told and left alone, and put aside when a key is entered again',
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

  it('a lost or damaged sealing key costs the keys it sealed, which are told one by one and entered again', async () => {
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

  it('entries cannot be swapped', async () => {
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
