import { existsSync, mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createBlobs } from '@main/knowledge/blobs';
import { expect, test } from 'vitest';
import { canMount, smallDisk } from '../../support/smallDisk';
import { temporaryFolder } from '../../support/temporaryFolder';

async function* parts(...texts: string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield Buffer.from(text);
}
const maxBytes = 1000;
const hello = '2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824';

test('stores the same bytes as one file under their hash', async () => {
  const folder = join(temporaryFolder(), 'blobs');
  const blobs = createBlobs({ folder });
  expect(await blobs.write(parts('hel', 'lo'), { maxBytes })).toEqual({ hash: hello, size: 5 });
  expect(await blobs.write(parts('hello'), { maxBytes })).toEqual({ hash: hello, size: 5 });
  expect(readFileSync(blobs.path(hello), 'utf8')).toBe('hello');
  expect(readdirSync(join(folder, 'tmp'))).toEqual([]);
  expect([blobs.has(hello), blobs.has('00'.repeat(32))]).toEqual([true, false]);
  blobs.remove(hello);
  expect(blobs.has(hello)).toBe(false);
});

test('leaves nothing of too many bytes, a full disk or a cut stream', async () => {
  const folder = join(temporaryFolder(), 'blobs');
  const blobs = createBlobs({ folder });
  await expect(blobs.write(parts('x'.repeat(1001)), { maxBytes })).rejects.toMatchObject({ code: 'document.too_large' });
  const failing = async function* (error: Error): AsyncGenerator<Uint8Array> {
    yield Buffer.from('some');
    throw error;
  };
  const full = Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
  await expect(blobs.write(failing(full), { maxBytes })).rejects.toMatchObject({ code: 'storage.full', action: 'free_disk_space' });
  await expect(blobs.write(failing(new Error('cut')), { maxBytes })).rejects.toMatchObject({ code: 'internal' });
  expect(readdirSync(folder, { recursive: true })).toEqual(['tmp']);
});

test('replaces a file that the disk cut by the bytes sent again', async () => {
  const blobs = createBlobs({ folder: join(temporaryFolder(), 'blobs') });
  await blobs.write(parts('hello'), { maxBytes });
  writeFileSync(blobs.path(hello), 'hel');
  await blobs.write(parts('hello'), { maxBytes });
  expect(readFileSync(blobs.path(hello), 'utf8')).toBe('hello');
});

test.skipIf(!canMount)('reports a disk that fills up, and frees its room (needs Linux and root)', async () => {
  const disk = smallDisk(4);
  const blobs = createBlobs({ folder: join(disk.folder, 'blobs') });
  const large = 'x'.repeat(3_000_000);
  await expect(blobs.write(parts(large, large), { maxBytes: 10_000_000 })).rejects.toMatchObject({ code: 'storage.full' });
  expect(readdirSync(join(disk.folder, 'blobs'), { recursive: true })).toEqual(['tmp']);
  expect((await blobs.write(parts(large), { maxBytes: 10_000_000 })).size).toBe(3_000_000);
});

test('sweeps only what an earlier run left half-written', async () => {
  const folder = join(temporaryFolder(), 'blobs');
  mkdirSync(join(folder, 'tmp'), { recursive: true });
  const old = join(folder, 'tmp/old');
  writeFileSync(old, 'x');
  utimesSync(old, 1_000, 1_000);
  const blobs = createBlobs({ folder });
  const present = join(folder, 'tmp/present');
  writeFileSync(present, 'x');
  utimesSync(present, Date.now() / 1000 + 10, Date.now() / 1000 + 10);
  const cut = join(folder, 'ab', `${'ab'.repeat(32)}.part`);
  mkdirSync(join(folder, 'ab'));
  writeFileSync(cut, 'x');
  await blobs.sweep(() => true);
  expect([existsSync(old), existsSync(present), existsSync(cut)]).toEqual([false, true, false]);
});
