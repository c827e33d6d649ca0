// Finds Electron's program, and decides if a window can be shown here.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { environment, node, root } from './bootstrap.mjs';

const packageFolder = join(root, 'node_modules', 'electron');

/**
 * Path of an installed Electron program (or of its replacement), else null. Downloads nothing. Electron's installer writes
 * `path.txt` last: without it a download or its unpacking was cut short.
 */
export const installedElectron = (folder = packageFolder, standIn = process.env.ELECTRON_OVERRIDE_DIST_PATH) => {
  const pathFile = join(folder, 'path.txt');
  const name = existsSync(pathFile) ? readFileSync(pathFile, 'utf8') : null;
  if (!standIn && !name) return null;
  const path = join(standIn || join(folder, 'dist'), name ?? 'electron');
  return existsSync(path) ? path : null;
};

/** Electron's own installer fetches the program on first use. Returns its path, or the reason why that failed. */
const fetchElectron = () => {
  console.log("Fetching Electron's program (once, about 110 MB)...");
  const result = spawnSync(node, [join(packageFolder, 'install.js')], { env: environment(), timeout: 300_000, encoding: 'utf8' });
  const path = installedElectron();
  if (path) return { path };
  if (result.signal) return { reason: 'its program could not be downloaded within 5 minutes' };
  const lines = `${result.stderr ?? ''}`.split('\n').filter((line) => /error|ENOTFOUND|ECONN|EAI_AGAIN|status|403|404|timeout/i.test(line));
  return { reason: `its program could not be downloaded: ${(lines[0] ?? 'see above').replace(/^\w*Error: /, '').trim()}`.slice(0, 160) };
};

const hasDisplay = () =>
  process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY || process.env.ELECTRON_OVERRIDE_DIST_PATH);

/** `{ path }` of a program that can show a window here (or just of the program), or `{ reason }` in words. */
export const findElectron = ({ displayNeeded = true } = {}) => {
  if (displayNeeded && !hasDisplay()) return { reason: 'there is no display' };
  const path = installedElectron();
  return path ? { path } : fetchElectron();
};
