// `npm start`: everything from a fresh clone to an open window.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { bootstrap, environment, node, root } from './lib/bootstrap.mjs';
import { build } from './lib/build.mjs';
import { findElectron } from './lib/electron.mjs';
import { takeToken, visibleTokenWarning } from './lib/token.mjs';

const flags = process.argv.slice(2);
const headlessAsked = flags.includes('--headless');
const { passed, token } = takeToken(flags.filter((flag) => flag !== '--headless'));

/** Starts the program and waits for its end. A terminal sends Ctrl-C to both processes; every other signal is passed on. */
const start = (command, args, { onOutput, onExit }) => {
  const child = spawn(command, args, {
    cwd: root,
    env: environment(token === null ? {} : { EMERGENCE_TOKEN: token }),
    stdio: onOutput ? ['inherit', 'pipe', 'inherit'] : 'inherit',
  });
  if (onOutput) child.stdout.on('data', onOutput);
  process.on('SIGINT', () => process.stdin.isTTY || child.kill('SIGINT'));
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => onExit(1, null, error.message));
  child.on('exit', (code, signal) => onExit(code, signal));
};

const startHeadless = () =>
  start(node, [join('out', 'main', 'headless.js'), ...passed], {
    onExit: (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)),
  });

const startElectron = (path) => {
  let ready = false;
  start(path, ['.', ...passed], {
    onOutput: (chunk) => {
      if (String(chunk).includes('Emergence is ready')) ready = true;
      process.stdout.write(chunk);
    },
    onExit: (code, signal, problem) => {
      if (!ready && (code !== 0 || signal)) {
        console.error(`Electron ended before its window was ready (${problem ?? (signal ? `signal ${signal}` : `code ${code}`)}).`);
        console.error('What it said stands above. Without a window, in your browser: npm start -- --headless');
      }
      process.exit(code ?? 1);
    },
  });
};

if (token !== null) console.warn(visibleTokenWarning);
bootstrap();
build();
const electron = headlessAsked ? { reason: null } : findElectron();
if (electron.path) startElectron(electron.path);
else {
  if (electron.reason) console.log(`No Electron window (${electron.reason}): starting the headless host for your browser.`);
  startHeadless();
}
