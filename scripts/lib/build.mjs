// Builds when the build is missing or does not come from the present sources.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fail, root, run } from './bootstrap.mjs';

const sources = ['src', 'electron.vite.config.ts', 'tsconfig.base.json', 'package.json', 'package-lock.json'];
const stampFile = join(root, 'out', '.sources');

const files = (path) => {
  const full = join(root, path);
  if (!existsSync(full)) return [];
  const entries = readdirSync(full, { withFileTypes: true, recursive: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath ?? entry.path, entry.name));
};

/** A hash of everything the build is made of: dates lie after a checkout, contents do not. */
const sourcesHash = () => {
  const hash = createHash('sha256');
  for (const source of sources) {
    const paths = /\.\w+$/.test(source) ? [join(root, source)] : files(source).sort();
    for (const path of paths) hash.update(path.slice(root.length)).update('\0').update(readFileSync(path)).update('\0');
  }
  return hash.digest('hex');
};

export const build = () => {
  const hash = sourcesHash();
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === hash) return;
  console.log('Building...');
  if (run('electron-vite', ['build', '--logLevel', 'warn']) !== 0) fail('The build failed; the reason stands above.');
  writeFileSync(stampFile, hash);
};
