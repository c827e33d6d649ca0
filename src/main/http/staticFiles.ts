import { readFileSync } from 'node:fs';
import { extname, join, normalize, sep } from 'node:path';

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.txt': 'text/plain; charset=utf-8',
};

export interface StaticFile {
  body: Buffer;
  type: string;
  /** Built files carry a hash in their name and never change; pages are revalidated. */
  immutable: boolean;
}

/**
 * Reads a file of the built renderer. A path without an extension is a route of the window and returns its page. Null when there is
 * no such file, or the path leaves the folder.
 */
export const readStaticFile = (folder: string, pathname: string): StaticFile | null => {
  let relative: string;
  try {
    relative = normalize(decodeURIComponent(pathname));
  } catch {
    return null;
  }
  if (relative.includes('\0')) return null;
  const path = join(folder, extname(relative) === '' ? 'index.html' : relative);
  if (!path.startsWith(folder + sep)) return null;
  try {
    // At once: each of its steps would wait for a turn among the work of a start, and the files lie where the program's own code does.
    const body = readFileSync(path);
    return { body, type: types[extname(path)] ?? 'application/octet-stream', immutable: relative.startsWith(`${sep}assets${sep}`) };
  } catch (error) {
    if (['ENOENT', 'EISDIR', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return null;
    throw error;
  }
};
