import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { z } from 'zod';

const holderSchema = z.object({
  pid: z.number(),
  host: z.enum(['electron', 'headless']),
  /** The address of the holder; null while it starts, and for a window without a server. */
  address: z.string().nullable(),
});
export type Holder = z.infer<typeof holderSchema>;

export interface InstanceLock {
  /** Stores the address for a second start. Throws where that cannot be written. */
  announce(address: string): void;
  release(): void;
}

/**
 * Locks the data folder for this process, or returns its holder. The lock is SQLite's on a file of its own: the system releases it
 * when the process dies, however it dies, so that there are no stale locks to check by process ids.
 */
export const takeInstanceLock = (dataFolder: string, host: Holder['host']): { lock: InstanceLock } | { holder: Holder | null } => {
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  const holderFile = join(dataFolder, 'instance.json');
  const file = new Database(join(dataFolder, 'instance.lock'), { timeout: 0 });
  try {
    // Nothing is ever written into it, so that the lock also works on a full disk.
    file.pragma('journal_mode = MEMORY');
    file.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    file.close();
    if ((error as { code?: string }).code !== 'SQLITE_BUSY') throw error;
    return { holder: readHolder(holderFile) };
  }
  const write = (address: string | null): void =>
    // The address contains the token: as private as the data beside it.
    writeFileSync(holderFile, JSON.stringify({ pid: process.pid, host, address } satisfies Holder), { mode: 0o600 });
  try {
    write(null);
  } catch {
    // The disk is full: the address only helps a second start; the lock itself is held.
  }
  return {
    lock: {
      announce: write,
      release: () => {
        rmSync(holderFile, { force: true });
        file.close();
      },
    },
  };
};

const readHolder = (path: string): Holder | null => {
  try {
    return holderSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    // Not written yet, or half written: the holder has just started.
    return null;
  }
};

/** One sentence for the person who started a second time. */
export const describeHolder = (dataFolder: string, holder: Holder | null): string => {
  const where = holder?.address ? `: ${holder.address}` : holder?.host === 'electron' ? ' in its window' : '';
  return `Emergence is already running on ${dataFolder} (process ${holder?.pid ?? 'unknown'})${where}`;
};
