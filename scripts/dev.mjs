// `npm run dev`: the window reloads while you type, and the engine is rebuilt and restarted. With `--electron`, in its own window.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { watch } from 'node:fs';
import { join } from 'node:path';
import { bootstrap, environment, fail, node, root } from './lib/bootstrap.mjs';
import { build } from './lib/build.mjs';
import { findElectron } from './lib/electron.mjs';

const flags = process.argv.slice(2);
const inWindow = flags.includes('--electron');
const passed = flags.filter((flag) => flag !== '--electron');
const settleMs = 300;

bootstrap();
build();

const electron = inWindow ? findElectron() : null;
if (electron?.reason) fail(`No Electron window: ${electron.reason}.`);

const children = new Set();
const start = (command, args, options = {}) => {
  const child = spawn(command, args, { cwd: root, env: environment(), stdio: 'inherit', shell: process.platform === 'win32', ...options });
  children.add(child);
  child.on('exit', () => children.delete(child));
  return child;
};

// One token for all restarts, so that the open page finds the engine again. A new one for each run: Vite calls the engine in the
// name of its own page, and any page of the web can reach Vite.
const token = process.env.EMERGENCE_TOKEN ?? randomBytes(18).toString('base64url');
const enginePort = '41417';
const engineArgs = electron ? ['.', ...passed] : [join('out', 'main', 'headless.js'), '--no-open', '--port', enginePort, ...passed];
let engine = null;
const startEngine = () => {
  engine = start(electron?.path ?? node, engineArgs, {
    shell: false,
    stdio: electron ? 'inherit' : ['inherit', 'ignore', 'inherit'],
    env: environment({ EMERGENCE_TOKEN: token }),
  });
};
const restartEngine = () => {
  if (!engine || engine.exitCode !== null) return startEngine();
  engine.once('exit', startEngine);
  engine.kill('SIGTERM');
};

// After a change the program is rebuilt; a failed build prints its error and leaves the running program alone.
let timer;
let building = null;
const rebuild = () => {
  if (building) return;
  building = start('electron-vite', ['build', '--logLevel', 'warn']);
  building.on('exit', (code) => {
    building = null;
    if (code === 0) restartEngine();
  });
};
const watched = electron ? ['src'] : ['src/main', 'src/shared'];
for (const folder of watched)
  watch(join(root, folder), { recursive: true }, () => {
    clearTimeout(timer);
    timer = setTimeout(rebuild, settleMs);
  });
startEngine();

if (!electron) {
  start('vite', ['--config', 'scripts/lib/vite.dev.config.mjs'], {
    env: environment({ EMERGENCE_ENGINE: `http://127.0.0.1:${enginePort}`, VITE_ENGINE_PORT: enginePort }),
  });
  console.log(`Open http://localhost:41418/#token=${token}`);
}
const end = () => {
  for (const child of children) child.kill('SIGTERM');
  setTimeout(() => process.exit(0), 500);
};
process.on('SIGINT', end);
process.on('SIGTERM', end);
