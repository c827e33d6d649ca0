import { setTimeout as wait } from 'node:timers/promises';
import type { WritableDb } from './database';

const tries = 20;
const pauseMs = 50;

/**
 * Empties the write-ahead log, which still holds deleted pages. A reader in another process can block this for a moment, so it is
 * tried several times. Returns false when the log is emptied only at the next checkpoint.
 */
export const emptyLog = async (db: WritableDb): Promise<boolean> => {
  for (let attempt = 0; attempt < tries && db.open; attempt += 1) {
    const [result] = db.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[];
    if (result?.busy === 0) return true;
    await wait(pauseMs);
  }
  return false;
};
