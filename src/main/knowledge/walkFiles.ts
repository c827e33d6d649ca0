import { isUtf8 } from 'node:buffer';
import { lstat, readdir, realpath } from 'node:fs/promises';
import { basename, join, sep } from 'node:path';

/** Folders and files that systems and tools create for themselves. */
const systemNames = new Set([
  'node_modules',
  '__MACOSX',
  '$RECYCLE.BIN',
  'System Volume Information',
  'Thumbs.db',
  'desktop.ini',
  'Icon\r',
]);
/** True for names of files that a person did not make: hidden ones, and those of systems and tools. */
export const isHiddenName = (name: string): boolean => name.startsWith('.') || name.startsWith('~$') || systemNames.has(name);

interface FoundFile {
  /** Bytes where the name is not UTF-8: only the bytes open the file. */
  path: string | Buffer;
  /** The name of the file, with its folder where a folder was dropped. */
  source: string;
}
type OnProblem = (error: unknown, source: string) => void;

/**
 * Yields the files behind the paths that a person dropped. A file that was chosen itself is taken even if hidden or a link; inside
 * folders hidden and system files and links are skipped. A path that cannot be read, or is no file, is reported to `onProblem`, and
 * the walk continues.
 */
export async function* walkFiles(paths: readonly string[], onProblem: OnProblem): AsyncGenerator<FoundFile> {
  for (const path of paths) {
    const source = basename(path);
    try {
      const isLink = (await lstat(path)).isSymbolicLink();
      // A chosen link is replaced by its target, whose path is its identity.
      yield* walk({ path: isLink ? await realpath(path) : path, source }, onProblem);
    } catch (error) {
      onProblem(error, source);
    }
  }
}

async function* walk(found: FoundFile, onProblem: OnProblem): AsyncGenerator<FoundFile> {
  let names: Buffer[];
  try {
    const entry = await lstat(found.path);
    if (entry.isFile()) return yield found;
    if (entry.isSymbolicLink()) return;
    // Uses the system's code for a missing device: a pipe or a socket has no end to read to.
    if (!entry.isDirectory()) throw Object.assign(new Error('neither a file nor a folder'), { code: 'ENXIO' });
    names = await readdir(found.path, { encoding: 'buffer' });
  } catch (error) {
    return onProblem(error, found.source);
  }
  const entries = names.map((bytes) => ({ bytes, name: readName(bytes) })).sort((one, other) => (one.name < other.name ? -1 : 1));
  for (const { bytes, name } of entries)
    if (!isHiddenName(name)) yield* walk({ path: within(found.path, bytes), source: `${found.source}/${name}` }, onProblem);
}

/** A name as it is shown; one that is not UTF-8 mostly comes from an older system with one byte a letter. */
const readName = (bytes: Buffer): string => (isUtf8(bytes) ? bytes.toString('utf8') : bytes.toString('latin1'));

const within = (folder: string | Buffer, name: Buffer): string | Buffer =>
  typeof folder === 'string' && isUtf8(name)
    ? join(folder, name.toString('utf8'))
    : Buffer.concat([Buffer.from(folder as string), Buffer.from(sep), name]);
