// Makes a fresh clone ready to run: dependencies, Node 24 and the compiled vector index. Plain Node 20, no dependencies.
import { spawn, spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const modules = join(root, 'node_modules');
const windows = process.platform === 'win32';

/** The environment of every started process: the project's own Node 24 and tools come first on the path. */
export const environment = (extra = {}) => {
  const pathName = Object.keys(process.env).find((name) => name.toLowerCase() === 'path') ?? 'PATH';
  return { ...process.env, [pathName]: [join(modules, '.bin'), process.env[pathName]].join(delimiter), ...extra };
};

/** The project's Node 24. */
export const node = join(modules, 'node', 'bin', windows ? 'node.exe' : 'node');

/** One line for the shell of Windows, which finds `npm.cmd` and the like: Node joins the words without quoting spaces. */
export const shellLine = (command, args) =>
  [command, ...args].map((word) => (/^[\w@+=:,./\\-]+$/.test(word) ? word : `"${word.replaceAll('"', '""')}"`)).join(' ');

/** Runs a command and returns its exit status; its output goes to the person. */
export const run = (command, args, options = {}) => {
  const settings = { cwd: root, stdio: 'inherit', env: environment(), ...options };
  const result = windows ? spawnSync(shellLine(command, args), { ...settings, shell: true }) : spawnSync(command, args, settings);
  if (result.error) console.error(`${command}: ${result.error.message}`);
  return result.status ?? 1;
};

/** Begins a command beside those that follow. Its output goes to the file `log`; resolves with its exit status. */
export const begin = (command, args, log) => {
  const output = openSync(log, 'w');
  const settings = { cwd: root, stdio: ['ignore', output, output], env: environment() };
  const child = windows ? spawn(shellLine(command, args), { ...settings, shell: true }) : spawn(command, args, settings);
  closeSync(output);
  return new Promise((resolve) => {
    child.once('error', () => resolve(1));
    child.once('exit', (status) => resolve(status ?? 1));
  });
};

/**
 * True when the packages in npm's own record are those of the lock file. Dates are not compared: a checkout changes them, and an
 * install by hand is just as good.
 */
export const dependenciesAreCurrent = (folder = root) => {
  const read = (path) => {
    if (!existsSync(path)) return null;
    try {
      return JSON.parse(readFileSync(path, 'utf8')).packages ?? {};
    } catch {
      // An install that was interrupted must be repeated.
      return null;
    }
  };
  const installed = read(join(folder, 'node_modules', '.package-lock.json'));
  if (!installed) return false;
  return Object.entries(read(join(folder, 'package-lock.json')) ?? {}).every(
    ([path, wanted]) => path === '' || wanted.optional || wanted.devOptional || installed[path]?.version === wanted.version,
  );
};

const nodeHeaders = () => {
  const folder = join(modules, 'node', 'node_modules');
  const name = existsSync(folder) && readdirSync(folder).find((entry) => existsSync(join(folder, entry, 'include', 'node')));
  return name ? join(folder, name) : null;
};

/** hnswlib-node must be compiled. If that fails, exact search is used until the next install. */
const buildVectorIndex = () => {
  const addon = join(modules, 'hnswlib-node');
  const failed = join(modules, '.vector-index-not-built');
  if (!existsSync(addon) || existsSync(join(addon, 'build', 'Release', 'addon.node')) || existsSync(failed)) return;
  const headers = nodeHeaders();
  const built =
    headers &&
    run('npm', ['rebuild', 'hnswlib-node', `--nodedir=${headers}`, '--loglevel=error'], { stdio: ['ignore', 'ignore', 'pipe'] }) === 0;
  if (built) return;
  try {
    writeFileSync(failed, '');
  } catch {
    // The checkout is read-only: this is tried again at the next start.
  }
  console.warn('The vector index could not be compiled (a C++ compiler and Python are needed); exact search is used instead.');
};

/** Leaves a tree that can build, start and test. Ends the process with an explanation when it cannot. */
export const bootstrap = () => {
  if (Number(process.versions.node.split('.')[0]) < 20) fail(`Node 20 or newer is needed; this is ${process.version}.`);
  if (!dependenciesAreCurrent()) {
    console.log('Installing dependencies (once, one to two minutes)...');
    const quietly = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
    // With a registry that lacks packages of other platforms, npm omits them from a lock file it writes, and `npm ci` then refuses
    // it; `npm install` takes the same versions from it.
    if (run('npm', ['ci', ...quietly], { stdio: 'ignore' }) !== 0 && run('npm', ['install', '--no-save', ...quietly]) !== 0)
      fail('The dependencies could not be installed: npm says why above. Is the npm registry reachable?');
  }
  if (!existsSync(node) && run('npm', ['rebuild', 'node', '--loglevel=error'], { stdio: ['ignore', 'ignore', 'inherit'] }) !== 0)
    fail("The package `node` could not fetch this platform's Node 24: npm says why above.");
  buildVectorIndex();
};

/** Ends with one sentence for the person. */
export function fail(message) {
  console.error(message);
  process.exit(1);
}

/** Empties `folder`. */
export const emptyFolder = (folder) => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
};
