import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readStaticFile } from '@main/http/staticFiles';
import { afterAll, expect, test } from 'vitest';

const parent = mkdtempSync(join(tmpdir(), 'static-'));
const folder = join(parent, 'renderer');
mkdirSync(join(folder, 'assets'), { recursive: true });
writeFileSync(join(folder, 'index.html'), '<!doctype html>');
writeFileSync(join(folder, 'assets', 'main-1a2b.js'), 'export {};');
writeFileSync(join(parent, 'secret.txt'), 'secret');
afterAll(() => rmSync(parent, { recursive: true }));

const read = async (path: string) => {
  const file = readStaticFile(folder, path);
  return file && { ...file, body: file.body.toString() };
};

test('serves files of the build with their type', async () => {
  expect(await read('/assets/main-1a2b.js')).toEqual({ body: 'export {};', type: 'text/javascript; charset=utf-8', immutable: true });
});

test('serves the page for a route of the window', async () => {
  expect(await read('/')).toMatchObject({ body: '<!doctype html>', immutable: false });
  expect(await read('/library/0190')).toMatchObject({ body: '<!doctype html>' });
});

test.each(['/../secret.txt', '/%2e%2e/secret.txt', '/assets/..%2f..%2fsecret.txt', '/missing.js', '/%E0%A4%A', '/a%00.js', '/assets/..'])(
  '%s serves nothing from outside',
  async (path) => {
    const file = await read(path);
    expect(file?.body ?? '').not.toContain('secret');
  },
);
