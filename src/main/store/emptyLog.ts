import { setTimeout as wait } from 'node:timers/promises';
import type { WritableDb } from './database';

const tries = 20;
const pauseMs = 50;

/**
 * Empties the write-ahead log, which still holds the pages that were deleted. A reader in another process can hold it back for a
 * moment, so it is tried again; returns whether it was emptied (else it is at the next checkpoint).
 */
export const emptyLog = async (db: WritableDb): Promise<boolean> => {
  for (let attempt = 0; attempt < tries && db.open; attempt += 1) {
    const [result] = db.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[];
    if (result?.busy === 0) return true;
    await wait(pauseMs);
  }
  return false;
};
