import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { dependenciesAreCurrent } from '../../../scripts/lib/bootstrap.mjs';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bootstrap-'));
  mkdirSync(join(folder, 'node_modules'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const write = (path: string, packages: Record<string, { version: string; optional?: boolean }>): void =>
  writeFileSync(join(folder, path), JSON.stringify({ packages }));

test('a clone without dependencies needs them', () => {
  write('package-lock.json', { 'node_modules/a': { version: '1.0.0' } });
  expect(dependenciesAreCurrent(folder)).toBe(false);
});

test('what npm recorded is compared with the lock file, optional packages of other platforms aside', () => {
  write('package-lock.json', {
    '': { version: '0.1.0' },
    'node_modules/a': { version: '1.0.0' },
    'node_modules/b': { version: '2.0.0', optional: true },
  });
  write('node_modules/.package-lock.json', { 'node_modules/a': { version: '1.0.0' } });
  expect(dependenciesAreCurrent(folder)).toBe(true);
  write('node_modules/.package-lock.json', { 'node_modules/a': { version: '0.9.0' } });
  expect(dependenciesAreCurrent(folder)).toBe(false);
});
