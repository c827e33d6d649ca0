import { randomFillSync } from 'node:crypto';
import { closeSync, openSync, readSync, rmSync, statfsSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { EmergenceError, toEmergenceError } from '@shared/model';

/** What a start, some reading and the deletion of a large document need on a full disk. */
const reserveBytes = 16 * 1024 * 1024;
/** Only where this much is free is the reserve taken: it must not be what fills the disk. */
const plentyBytes = 4 * reserveBytes;
const blockBytes = 1024 * 1024;

/**
 * Room kept for the day the disk is full: a file that is let go so that the program can open, and its person can read and
 * delete. SQLite needs room even to read a database in WAL mode. (CockroachDB calls the same thing a ballast file.)
 */
export interface DiskReserve {
  /** Does `work`; where the disk is full, once more with the reserve let go. */
  spend<T>(work: () => T): T;
  /** Takes the room, if it is not held already. Throws `storage.full` while there is not plenty. */
  keep(): void;
}

/** Chance cannot be compressed: on a disk that compresses, zeros would keep no room. No byte of it is a letter. */
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
      // A shorter one was cut by a crash or a full disk; one of an earlier version may hold words by chance.
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
