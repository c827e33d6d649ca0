import { lstat, readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';

/** Folders and files that systems and tools keep for themselves. */
const systemNames = new Set([
  'node_modules',
  '__MACOSX',
  '$RECYCLE.BIN',
  'System Volume Information',
  'Thumbs.db',
  'desktop.ini',
  'Icon\r',
]);
const isHidden = (name: string): boolean => name.startsWith('.') || name.startsWith('~$') || systemNames.has(name);

/**
 * The files behind the paths a person dropped, each with its source: the name, with its folder where a folder was dropped.
 * A file that was chosen itself is taken even if hidden; inside folders hidden and system files and links are passed over.
 */
export async function* walkFiles(paths: readonly string[]): AsyncGenerator<{ path: string; source: string }> {
  for (const path of paths) yield* walk(path, basename(path));
}

async function* walk(path: string, source: string): AsyncGenerator<{ path: string; source: string }> {
  const entry = await lstat(path);
  if (entry.isFile()) yield { path, source };
  if (!entry.isDirectory()) return;
  const names = (await readdir(path)).filter((name) => !isHidden(name)).sort();
  for (const name of names) yield* walk(join(path, name), `${source}/${name}`);
}
