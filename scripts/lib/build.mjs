// Builds when there is no build, or when it does not come from the present sources.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fail, root, run } from './bootstrap.mjs';

const sources = ['src', 'electron.vite.config.ts', 'tsconfig.base.json', 'package.json', 'package-lock.json'];
/** In a folder that every build empties first: a build that was cut short, or made by hand, leaves no stamp. */
const stampFile = (folder) => join(folder, 'out', 'main', '.sources');

/** The files of a source: itself or all below it. */
const files = (path) => {
  if (!existsSync(path)) return [];
  if (statSync(path).isFile()) return [path];
  const entries = readdirSync(path, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort();
};

/** A hash of everything that goes into the build: dates are wrong after a checkout, contents are not. */
const sourcesHash = (folder) => {
  const hash = createHash('sha256');
  for (const path of sources.flatMap((source) => files(join(folder, source))))
    hash.update(path.slice(folder.length)).update('\0').update(readFileSync(path)).update('\0');
  return hash.digest('hex');
};

/** True when the build comes from the present sources. */
export const buildIsCurrent = (folder = root) =>
  existsSync(stampFile(folder)) && readFileSync(stampFile(folder), 'utf8') === sourcesHash(folder);

/** Stores the hash of the sources; to be called when the build is complete. */
export const stampBuild = (folder = root) => writeFileSync(stampFile(folder), sourcesHash(folder));

export const build = () => {
  if (buildIsCurrent()) return;
  console.log('Building...');
  if (run('electron-vite', ['build', '--logLevel', 'warn']) !== 0) fail('The build failed; the reason stands above.');
  stampBuild();
};
