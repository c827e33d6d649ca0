// A Chromium for the end-to-end tests: the system's, Playwright's, or one that apt can install.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { begin, run } from './bootstrap.mjs';

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/snap/bin/chromium'];

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

/** Begins to install Chromium where there is none and apt is permitted, beside other work. Resolves when that has ended. */
export const beginBrowser = async (log) => {
  if (installedBrowser() || !aptIsPermitted()) return;
  await begin('node', ['-e', `import(${JSON.stringify(import.meta.url)}).then(({ ensureBrowser }) => ensureBrowser())`], log);
};

/** Installs Chromium by apt where permitted; returns its path, or null after printing what to install. */
export const ensureBrowser = () => {
  const found = installedBrowser();
  if (found) return found;
  if (aptIsPermitted()) {
    console.log('Installing Chromium for the end-to-end tests...');
    const quiet = { stdio: ['ignore', 'ignore', 'inherit'] };
    if (run('apt-get', ['update', '-q'], quiet) === 0)
      run('apt-get', ['install', '-y', '-q', '--no-install-recommends', 'chromium'], quiet);
    if (installedBrowser()) return installedBrowser();
  }
  console.log('The end-to-end tests need Chromium: install it (`npx playwright install chromium`), or name it in EMERGENCE_CHROMIUM.');
  return null;
};
