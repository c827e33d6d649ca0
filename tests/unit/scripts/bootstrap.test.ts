import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { begin, dependenciesAreCurrent, shellLine } from '../../../scripts/lib/bootstrap.mjs';
import { buildIsCurrent, stampBuild } from '../../../scripts/lib/build.mjs';
import { installedElectron } from '../../../scripts/lib/electron.mjs';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bootstrap-'));
  mkdirSync(join(folder, 'node_modules'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const write = (path: string, packages: Record<string, { version: string; optional?: boolean }>): void =>
  writeFileSync(join(folder, path), JSON.stringify({ packages }));

test('requires an install for a clone without dependencies', () => {
  write('package-lock.json', { 'node_modules/a': { version: '1.0.0' } });
  expect(dependenciesAreCurrent(folder)).toBe(false);
});

test("compares npm's record with the lock file, except optional packages of other platforms", () => {
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

test('requires another install after an interrupted one left half a record', () => {
  write('package-lock.json', { 'node_modules/a': { version: '1.0.0' } });
  writeFileSync(join(folder, 'node_modules/.package-lock.json'), '{"packages":{"node_modules/a":{"ver');
  expect(dependenciesAreCurrent(folder)).toBe(false);
});

test('quotes words with spaces for a shell of Windows', () => {
  expect(shellLine('npm', ['rebuild', '--nodedir=C:\\Mes documents\\node', 'a&b', '--grep=x', 'é'])).toBe(
    'npm rebuild "--nodedir=C:\\Mes documents\\node" "a&b" --grep=x "é"',
  );
});

test('keeps all output and the exit status of a command that runs beside others', async () => {
  const log = join(folder, 'beside.log');
  const ended = begin(process.execPath, ['-e', 'console.log("one"); console.error("two"); process.exitCode = 3;'], log);
  expect(await ended).toBe(3);
  expect(readFileSync(log, 'utf8')).toBe('one\ntwo\n');
  expect(await begin('no-such-command', [], log)).toBeGreaterThan(0);
});

test('a build is current while its sources are unchanged and no other build began', () => {
  mkdirSync(join(folder, 'src/deep'), { recursive: true });
  mkdirSync(join(folder, 'out/main'), { recursive: true });
  writeFileSync(join(folder, 'src/deep/a.ts'), '1');
  writeFileSync(join(folder, 'package.json'), '{}');
  expect(buildIsCurrent(folder)).toBe(false);
  stampBuild(folder);
  expect(buildIsCurrent(folder)).toBe(true);
  for (const [path, text, before] of [
    ['src/deep/a.ts', '2', '1'],
    ['package.json', '{ }', '{}'],
  ] as const) {
    writeFileSync(join(folder, path), text);
    expect(buildIsCurrent(folder)).toBe(false);
    writeFileSync(join(folder, path), before);
    expect(buildIsCurrent(folder)).toBe(true);
  }
  writeFileSync(join(folder, 'src/b.ts'), '');
  expect(buildIsCurrent(folder)).toBe(false);
  rmSync(join(folder, 'src/b.ts'));
  // The first step of a build.
  rmSync(join(folder, 'out/main'), { recursive: true });
  expect(buildIsCurrent(folder)).toBe(false);
});

test("finds Electron's program after its installer finished, or its replacement", () => {
  mkdirSync(join(folder, 'dist'));
  writeFileSync(join(folder, 'dist/electron'), 'half of it');
  expect(installedElectron(folder, '')).toBeNull();
  writeFileSync(join(folder, 'path.txt'), 'electron');
  expect(installedElectron(folder, '')).toBe(join(folder, 'dist/electron'));
  expect(installedElectron(join(folder, 'nothing'), join(folder, 'dist'))).toBe(join(folder, 'dist/electron'));
});
