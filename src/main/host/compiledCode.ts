import { statfsSync } from 'node:fs';
import module from 'node:module';
import { join } from 'node:path';

/** The compiled code takes a few megabytes; a disk with less room than this keeps it for the person's data. */
const roomNeeded = 256 * 1024 * 1024;
/** By then everything that a start needs was loaded. */
const savedAfterMs = 10_000;

const hasRoom = (folder: string): boolean => {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize > roomNeeded;
  } catch {
    // The folder does not exist yet: the first start makes it.
    return false;
  }
};

/**
 * Keeps the compiled form of all code that is imported from now on in the data folder, where only the person may write, so that the
 * next start does not compile it again. A start without it is only slower, so nothing that fails here is reported.
 */
export const keepCompiledCode = (dataFolder: string): void => {
  if (!hasRoom(dataFolder)) return;
  module.enableCompileCache?.(join(dataFolder, 'compiled'));
  // The end of the process saves it too, but not when the process is killed.
  setTimeout(() => module.flushCompileCache?.(), savedAfterMs).unref();
};
