// A Chromium for the end-to-end tests: the system's, Playwright's, or one that apt can install.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { begin, run } from './bootstrap.mjs';

/**
 * Chromium without the parts that draw a browser's own window. Tests in it take about an eighth less of the processor's time, and
 * Chromium takes half where Electron's stand-in starts one for each test.
 */
const shell = '/usr/bin/chromium-headless-shell';
const places = [shell, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/snap/bin/chromium'];

const playwrightBrowser = () => {
  try {
    const path = execFileSync(process.execPath, ['-e', "process.stdout.write(require('playwright-core').chromium.executablePath())"], {
      encoding: 'utf8',
    });
    return existsSync(path) ? path : null;
  } catch {
    // Playwright has no browser for this system.
    return null;
  }
};

/** Path of an installed Chromium, else null. `EMERGENCE_CHROMIUM` comes first. */
export const installedBrowser = () =>
  [process.env.EMERGENCE_CHROMIUM, ...places].find((path) => path && existsSync(path)) ?? playwrightBrowser();

const aptIsPermitted = () => process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');

/** True where nothing better can be installed. Playwright's own Chromium has such a shell beside it, and starts that. */
const isBest = (path) => path !== null && (path === process.env.EMERGENCE_CHROMIUM || path === shell || !places.includes(path));

/** Begins to install Chromium where apt is permitted, beside other work. Resolves when that has ended. */
export const beginBrowser = async (log) => {
  if (isBest(installedBrowser()) || !aptIsPermitted()) return;
  await begin('node', ['-e', `import(${JSON.stringify(import.meta.url)}).then(({ ensureBrowser }) => ensureBrowser())`], log);
};

/** Installs Chromium by apt where permitted, its headless shell first; returns its path, or null after printing what to install. */
export const ensureBrowser = () => {
  if (!isBest(installedBrowser()) && aptIsPermitted()) {
    console.log('Installing Chromium for the end-to-end tests...');
    const quiet = { stdio: ['ignore', 'ignore', 'inherit'] };
    const install = (name) => run('apt-get', ['install', '-y', '-q', '--no-install-recommends', name], quiet) === 0;
    run('apt-get', ['update', '-q'], quiet);
    // Not every system has the shell as a package of its own.
    if (!install('chromium-headless-shell') && !installedBrowser()) install('chromium');
  }
  const found = installedBrowser();
  if (!found)
    console.log('The end-to-end tests need Chromium: install it (`npx playwright install chromium`), or name it in EMERGENCE_CHROMIUM.');
  return found;
};
