import { randomFillSync } from 'node:crypto';
import { closeSync, openSync, readSync, rmSync, statfsSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { EmergenceError, toEmergenceError } from '@shared/model';

/** Enough for a start, some reading and the deletion of a large document on a full disk. */
const reserveBytes = 16 * 1024 * 1024;
/** The reserve is taken only where this much is free: it must not be the file that fills the disk. */
const plentyBytes = 4 * reserveBytes;
const blockBytes = 1024 * 1024;

/**
 * Room kept for the day the disk is full: a file that is deleted so that the program can open, and the person can read and delete.
 * SQLite needs room even to read a database in WAL mode. (CockroachDB calls the same thing a ballast file.)
 */
export interface DiskReserve {
  /** Runs `work`; if the disk is full, deletes the reserve and runs `work` once more. */
  spend<T>(work: () => T): T;
  /** Makes the reserve, unless it exists. Throws `storage.full` while the disk has not plenty of room. */
  keep(): void;
}

/** Random bytes, since a disk that compresses would keep no room for zeros. No byte of them is a letter. */
const wordless = (block: Buffer): Buffer => {
  randomFillSync(block);
  for (let at = 0; at < block.length; at += 1) block[at] = (block[at] ?? 0) | 0x80;
  return block;
};

const isWordless = (path: string): boolean => {
  const start = Buffer.alloc(256);
  const file = openSync(path, 'r');
  try {
    readSync(file, start);
  } finally {
    closeSync(file);
  }
  return start.every((byte) => byte >= 0x80);
};

export const createReserve = (dataFolder: string): DiskReserve => {
  const path = join(dataFolder, 'reserve');
  const held = (): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  const release = (): void => rmSync(path, { force: true });

  return {
    spend: (work) => {
      try {
        return work();
      } catch (error) {
        if (toEmergenceError(error).code !== 'storage.full' || held() === 0) throw error;
        release();
        return work();
      }
    },
    keep: () => {
      // A shorter file was cut by a crash or a full disk; one of an earlier version may contain words by chance.
      if (held() === reserveBytes && isWordless(path)) return;
      const { bavail, bsize } = statfsSync(dataFolder);
      if (bavail * bsize < plentyBytes) throw new EmergenceError('storage.full');
      try {
        const block = wordless(Buffer.alloc(blockBytes));
        const file = openSync(path, 'w', 0o600);
        try {
          for (let written = 0; written < reserveBytes; ) written += writeSync(file, block);
        } finally {
          closeSync(file);
        }
      } catch (error) {
        release();
        throw error;
      }
    },
  };
};
