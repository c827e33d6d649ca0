import type { BigIntStats } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import { setImmediate as nextTick } from 'node:timers/promises';
import { toFileError } from '@main/knowledge/fileErrors';
import { keyOfPath } from '@main/knowledge/sources';
import type { WritableDb } from '@main/store/database';
import { deleteFile, dirsOf, type FileRow, fileAt, filesIn, noteSeen, setFileState } from '@main/store/watchedFiles';
import { maxFileBytes } from '@shared/contract/library';
import { EmergenceError, type FileProblem, isNamedDocument, type WatchedFileState } from '@shared/model';
import { type IgnoreRules, stubbedName } from './ignoreRules';
import { dirOf, isWithin, keyWithin, openable, shownName } from './paths';

/** A file that is there, with what the system says of it. */
export type Seen = Pick<FileRow, 'folderId' | 'key' | 'dir' | 'path' | 'place' | 'size' | 'changedUs' | 'inode'>;

export interface Look {
  /** Files to be read: new ones, and those whose size or time changed. */
  fresh: Seen[];
  /** Entries of files that are not where they were. */
  missing: FileRow[];
  /** The folders in which files are just being written. */
  unsettled: Set<string>;
  /** The folders that were looked through. */
  dirs: Set<string>;
  seen: number;
  /** True when the look ended early, because there are more files than are looked at. */
  tooMany: boolean;
}

export interface LookOptions {
  db: WritableDb;
  folderId: string;
  root: string;
  rules: IgnoreRules;
  /** The folder of the program's own data, which is left out wherever it lies. */
  dataFolder: string;
  /** The folders to look through, with all that are new below them; null for all. */
  only: ReadonlySet<string> | null;
  /** The folders that were looked through before. */
  knownDirs: ReadonlySet<string>;
  signal: AbortSignal;
  now: () => number;
  onProgress: (seen: number) => void;
}

export const mostEntries = 200_000;
/** A file that changed this recently may still be written: it is read once it has rested. */
export const settleMs = 2_000;
/** Files asked of the system at once. */
const askedAtOnce = 64;
/** Smaller files may lie within the file system's own tables, without a block of their own. */
const leastWithBlocks = 4_096;

/**
 * Looks through a folder without reading a file: its entries are compared with what was stored, by size and modification time. Links
 * are not followed. Throws `file.unreadable` where the folder itself cannot be listed.
 */
export const lookThrough = async (options: LookOptions): Promise<Look> => {
  const { db, folderId, only, knownDirs } = options;
  const look: Look = { fresh: [], missing: [], unsettled: new Set(), dirs: new Set(), seen: 0, tooMany: false };
  /** Folders that are there but cannot be listed: nothing below them is missing. */
  const closed: string[] = [];
  /** Folders that are there and known, and not asked for. */
  const skipped: string[] = [];
  const open = only ? [...only].map((dir) => ({ dir, shown: dir })) : [{ dir: '', shown: '' }];
  for (let next = open.pop(); next; next = open.pop()) {
    options.signal.throwIfAborted();
    if (look.dirs.has(next.dir)) continue;
    if (look.seen >= mostEntries) {
      look.tooMany = true;
      break;
    }
    let names: Buffer[];
    try {
      names = await readdir(openable(options.root, next.dir), { encoding: 'buffer' });
    } catch (error) {
      const problem = problemOf(error);
      if (next.dir === '') throw error;
      // A folder that is gone is found missing with its files below.
      if (problem !== 'missing') {
        closed.push(next.dir);
        noteSeen(db, { ...closedFolder(folderId, options.root, next), state: 'unreadable', problem });
      }
      continue;
    }
    look.dirs.add(next.dir);
    const wasClosed = next.dir === '' ? null : fileAt(db, folderId, closedKey(next.dir));
    if (wasClosed) deleteFile(db, wasClosed.n);
    for (const sub of await listFolder(options, look, next, names))
      if (!only || only.has(sub.dir) || !knownDirs.has(sub.dir)) open.push(sub);
      else skipped.push(sub.dir);
    options.onProgress(look.seen);
  }
  if (!look.tooMany) await findLostFolders(options, look, [...closed, ...skipped]);
  return look;
};

/** Compares one folder with what was stored of it; returns the folders in it. */
const listFolder = async (
  options: LookOptions,
  look: Look,
  { dir, shown }: { dir: string; shown: string },
  names: readonly Buffer[],
): Promise<{ dir: string; shown: string }[]> => {
  const { db, folderId, root, rules, dataFolder, now } = options;
  const rows = new Map(filesIn(db, folderId, dir).map((row) => [row.key, row]));
  const folders: { dir: string; shown: string }[] = [];
  const notes: Parameters<typeof noteSeen>[1][] = [];
  const back: FileRow[] = [];
  const inFolder = (name: string): string => (shown === '' ? name : `${shown}/${name}`);
  const entries = names.flatMap((name) => {
    const stands = stubbedName(shownName(name));
    const entry = { key: keyWithin(dir, stands === null ? name : Buffer.from(stands)), at: keyWithin(dir, name), isStub: stands !== null };
    return [{ ...entry, path: inFolder(stands ?? shownName(name)) }];
  });
  for (let first = 0; first < entries.length; first += askedAtOnce) {
    options.signal.throwIfAborted();
    const part = entries.slice(first, first + askedAtOnce);
    const facts = await Promise.all(part.map(({ at }) => factsOf(openable(root, at))));
    for (const [index, entry] of part.entries()) {
      const fact = facts[index] ?? new EmergenceError('internal');
      if (!(fact instanceof Error) && fact.isDirectory()) {
        if (openable(root, entry.key) === dataFolder || rules(`${entry.path}/`)) continue;
        rows.delete(closedKey(entry.key));
        folders.push({ dir: entry.key, shown: entry.path });
        continue;
      }
      if (rules(entry.path)) continue;
      look.seen += 1;
      const row = rows.get(entry.key);
      const path = { folderId, key: entry.key, dir, path: entry.path, place: row?.place ?? keyOfPath(openable(root, entry.key)) };
      if (fact instanceof Error) {
        // Deleted since the folder was listed: the entry is missing.
        if (problemOf(fact) === 'missing') continue;
        rows.delete(entry.key);
        notes.push({ ...path, size: 0, changedUs: 0, inode: '', state: 'unreadable', problem: problemOf(fact) });
        continue;
      }
      rows.delete(entry.key);
      const seen: Seen = { ...path, size: Number(fact.size), changedUs: Number(fact.mtimeNs / 1000n), inode: `${fact.dev}:${fact.ino}` };
      const same = row?.hash != null && row.size === seen.size && row.changedUs === seen.changedUs;
      const state = same && !entry.isStub ? 'document' : stateOf(entry, seen, fact, now());
      if (same && row.state === 'gone') look.fresh.push(seen);
      else if (same && (row.state === 'document' || row.state === 'left_out')) continue;
      else if (same) back.push(row);
      else if (state === 'document') look.fresh.push(seen);
      else {
        if (state === 'writing') look.unsettled.add(dir);
        // Seen before as it is: nothing to write.
        if (row?.state !== state || (row.hash === null && row.size !== seen.size)) notes.push({ ...seen, state, problem: null });
      }
    }
  }
  for (const row of rows.values()) if (row.state !== 'gone') look.missing.push(row);
  if (notes.length + back.length > 0)
    db.transaction(() => {
      for (const note of notes) noteSeen(db, note);
      for (const row of back) setFileState(db, row.n, 'document');
    })();
  return folders;
};

const factsOf = (path: string | Buffer): Promise<BigIntStats | Error> => lstat(path, { bigint: true }).catch((error: Error) => error);

const problemOf = (error: unknown): FileProblem => (toFileError(error).details.reason as FileProblem | undefined) ?? 'other';

/** The state of a file that is new or changed; `document` for one that is to be read. */
const stateOf = (entry: { path: string; isStub: boolean }, { size, changedUs }: Seen, fact: BigIntStats, now: number): WatchedFileState => {
  if (fact.isSymbolicLink()) return 'link';
  if (!fact.isFile()) return 'special';
  if (!isNamedDocument(entry.path)) return 'other';
  if (entry.isStub || (size > leastWithBlocks && fact.blocks === 0n)) return 'placeholder';
  if (size === 0) return 'empty';
  if (size > maxFileBytes) return 'too_large';
  return Math.abs(now - changedUs / 1000) < settleMs ? 'writing' : 'document';
};

/** The key of the entry of a folder that cannot be listed, beside the files of the folder in which it lies. */
const closedKey = (dir: string): string => `${dir}/`;

const closedFolder = (folderId: string, root: string, { dir, shown }: { dir: string; shown: string }) => {
  const place = keyOfPath(openable(root, dir));
  return { folderId, key: closedKey(dir), dir: dirOf(dir), path: `${shown}/`, place, size: 0, changedUs: 0, inode: '' };
};

/** Adds the files of folders that are no longer there, or are ignored now; `there` names those of which nothing is missing. */
const findLostFolders = async ({ db, folderId, only }: LookOptions, look: Look, there: readonly string[]): Promise<void> => {
  for (const dir of dirsOf(db, folderId)) {
    if (look.dirs.has(dir) || there.some((one) => isWithin(dir, one))) continue;
    if (only && ![...only].some((asked) => isWithin(dir, asked))) continue;
    for (const row of filesIn(db, folderId, dir)) if (row.state !== 'gone') look.missing.push(row);
    await nextTick();
  }
};
