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

interface FoundFile {
  path: string;
  /** Its name, with its folder where a folder was dropped. */
  source: string;
}

/**
 * The files behind the paths a person dropped. A file that was chosen itself is taken even if hidden; inside folders hidden and
 * system files and links are passed over. What cannot be looked into is told to `onProblem`, and the walk goes on.
 */
export async function* walkFiles(paths: readonly string[], onProblem: (error: unknown) => void): AsyncGenerator<FoundFile> {
  for (const path of paths) yield* walk({ path, source: basename(path) }, onProblem);
}

async function* walk(found: FoundFile, onProblem: (error: unknown) => void): AsyncGenerator<FoundFile> {
  let names: string[];
  try {
    const entry = await lstat(found.path);
    if (entry.isFile()) return yield found;
    if (!entry.isDirectory()) return;
    names = await readdir(found.path);
  } catch (error) {
    return onProblem(error);
  }
  for (const name of names.filter((one) => !isHidden(one)).sort())
    yield* walk({ path: join(found.path, name), source: `${found.source}/${name}` }, onProblem);
}
