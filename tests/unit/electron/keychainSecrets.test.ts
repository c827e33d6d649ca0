import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createKeychainSecrets } from '@main/electron/keychainSecrets';
import type { SafeStorage } from 'electron';
import { expect, test, vi } from 'vitest';
import { temporaryFolder } from '../../support/temporaryFolder';

/** The system's keychain by its interface: here it reverses the text, and knows the texts it sealed. */
const safeStorage = vi.hoisted(() => ({
  available: true,
  isAsyncEncryptionAvailable: async () => safeStorage.available,
  getSelectedStorageBackend: () => 'gnome_libsecret' as const,
  encryptStringAsync: async (text: string) => Buffer.from(`sealed:${[...text].reverse().join('')}`),
  decryptStringAsync: async (sealed: Buffer) => {
    const text = sealed.toString();
    if (!text.startsWith('sealed:')) throw new Error('Error while decrypting the ciphertext.');
    return { result: [...text.slice(7)].reverse().join(''), shouldReEncrypt: false };
  },
}));
vi.mock('electron', () => ({ safeStorage: safeStorage satisfies Partial<SafeStorage> }));

const open = async (path: string) => {
  const secrets = await createKeychainSecrets(path);
  if (!secrets) throw new Error('no keychain');
  return secrets;
};

test('keeps keys over restarts, loses none in parallel changes, and needs a keychain', async () => {
  const path = join(temporaryFolder(), 'keychain.json');
  const secrets = await open(path);
  await Promise.all(Array.from({ length: 10 }, (_, index) => secrets.set(`k${index}`, `canary ${index}`)));
  await secrets.remove('k0');
  const again = await open(path);
  expect(await Promise.all(['k0', 'k1', 'k9', 'other'].map(again.get))).toEqual([null, 'canary 1', 'canary 9', null]);
  expect(readFileSync(path, 'utf8')).not.toContain('canary');
  safeStorage.available = false;
  expect(await createKeychainSecrets(path)).toBeNull();
  safeStorage.available = true;
});

test('reports keys that cannot be read, and puts the file aside when a key is entered again', async () => {
  const folder = temporaryFolder();
  const path = join(folder, 'keychain.json');
  const secrets = await open(path);
  await secrets.set('a', 'one');
  writeFileSync(path, JSON.stringify({ a: Buffer.from('of another machine').toString('base64') }));
  await expect(secrets.get('a')).rejects.toMatchObject({ code: 'secrets.damaged', action: 'open_provider_settings' });
  writeFileSync(path, '{"a":');
  await expect(secrets.get('a')).rejects.toMatchObject({ code: 'secrets.damaged' });
  expect(readFileSync(path, 'utf8')).toBe('{"a":');
  await secrets.set('a', 'one again');
  expect(await secrets.get('a')).toBe('one again');
  const aside = readdirSync(folder).filter((name) => name !== 'keychain.json');
  expect(aside.map((name) => readFileSync(join(folder, name), 'utf8'))).toEqual(['{"a":']);
});

test('reports a keychain that seals nothing, and keeps the stored keys', async () => {
  const path = join(temporaryFolder(), 'keychain.json');
  const secrets = await open(path);
  await secrets.set('a', 'one');
  const refused = vi.spyOn(safeStorage, 'encryptStringAsync').mockRejectedValue(new Error('The keychain is locked.'));
  await expect(secrets.set('a', 'two')).rejects.toMatchObject({ code: 'secrets.refused', details: { part: 'keychain' } });
  refused.mockRestore();
  expect(await secrets.get('a')).toBe('one');
});
