import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import ignore from 'ignore';

/** Names that systems, tools and unfinished downloads make; a person's line such as `!.notes` takes one of them in again. */
const defaults = [
  '.*',
  'node_modules',
  '__MACOSX',
  '__pycache__',
  '$RECYCLE.BIN',
  'System Volume Information',
  'Thumbs.db',
  'desktop.ini',
  'Icon\r',
  '~$*',
  '*~',
  // Copies that Logseq keeps of its own pages.
  'logseq/bak/',
  'logseq/version-files/',
  '*.tmp',
  '*.temp',
  '*.swp',
  '*.part',
  '*.partial',
  '*.crdownload',
  '*.download',
];
/** Cloud services of macOS leave `.name.icloud` in place of a file that is not on this disk. */
const cloudStub = /^\.(.+)\.icloud$/;

/** The name of the file that a stub of a cloud service stands for; null for any other name. */
export const stubbedName = (name: string): string | null => cloudStub.exec(name)?.[1] ?? null;

/** The list of patterns that a folder may hold of its own, at its top. */
export const ignoreFile = '.emergenceignore';
const longestIgnoreFile = 200_000;

/** Decides by path (within the folder, with forward slashes; folders end in one) if it is left out. */
export type IgnoreRules = (path: string) => boolean;

/** The rules of a folder: the defaults, the person's own lines, then those of the folder's `.emergenceignore`, in the order of a `.gitignore`. */
export const readIgnoreRules = async (root: string, own: string): Promise<IgnoreRules> => {
  const listed = await readFile(join(root, ignoreFile), 'utf8').catch(() => '');
  const rules = ignore({ allowRelativePaths: true }).add(defaults).add(own).add(listed.slice(0, longestIgnoreFile));
  return (path) => rules.ignores(path);
};
