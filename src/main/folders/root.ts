import { readdir, stat } from 'node:fs/promises';

/** The device and number of a folder, by which it is told from another one at the same path. Throws as the system does. */
export const rootIdentity = async (path: string): Promise<string> => {
  const facts = await stat(path, { bigint: true });
  if (!facts.isDirectory()) throw Object.assign(new Error('not a folder'), { code: 'ENOTDIR' });
  return `${facts.dev}:${facts.ino}`;
};

/**
 * False where a watched folder is not there. The place where a disk was mounted often stays as an empty folder: one that is empty, and
 * another than the folder that was looked through before, says nothing about the files.
 */
export const isReachable = async ({ path, root }: { path: string; root: string }): Promise<boolean> => {
  try {
    if ((await rootIdentity(path)) === root) return true;
    return (await readdir(path)).length > 0;
  } catch {
    return false;
  }
};
