import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { EmergenceError } from '@shared/model';
import Database from 'better-sqlite3';
import { applyPendingRestore, type BackupEntry, listBackups, newBackup, pruneBackups, removeCutBackups } from './backup';
import { checkDatabase } from './checkDatabase';
import type { WritableDb } from './database';
import { latestVersion, migrate } from './migrate';

export interface Store {
  readonly db: WritableDb;
  /** False when the last run did not close the store. */
  readonly cleanExit: boolean;
  backups(): BackupEntry[];
  /** Copies the database while it is in use; resolves when the copy is whole. */
  backup(reason: BackupEntry['reason']): Promise<BackupEntry>;
  /** Makes today's backup if it is missing and drops those past retention. */
  dailyBackup(): Promise<void>;
  /** The problems found in the file, empty when it is sound. Runs in a thread of its own. */
  check(): Promise<string[]>;
  close(): void;
}

export interface OpenStoreOptions {
  dataFolder: string;
  now?: () => number;
}

const fileName = 'emergence.db';

/**
 * Opens `emergence.db`, restoring a chosen backup and migrating first. WAL and `synchronous=FULL`: what was acknowledged
 * survives a power cut. Throws `storage.newer` for a database of a later version and `storage.damaged` for an unreadable one.
 */
export const openStore = ({ dataFolder, now = Date.now }: OpenStoreOptions): Store => {
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  const path = join(dataFolder, fileName);
  removeCutBackups(dataFolder);
  applyPendingRestore(dataFolder, path, now());
  const db = openDatabase(path);
  try {
    const version = db.pragma('user_version', { simple: true }) as number;
    if (version > latestVersion) throw new EmergenceError('storage.newer', { found: version, known: latestVersion });
    if (version > 0 && version < latestVersion) {
      const { part, keep } = newBackup(dataFolder, 'migration', now());
      db.prepare('VACUUM INTO ?').run(part);
      keep();
    }
    migrate(db);
    const cleanExit = markOpen(db);
    return createStore(db, dataFolder, cleanExit, now);
  } catch (error) {
    db.close();
    throw error;
  }
};

const openDatabase = (path: string): WritableDb => {
  try {
    const db = new Database(path);
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = FULL');
    db.pragma('foreign_keys = ON');
    // Deleted text is overwritten, so that `forget` leaves nothing in free pages.
    db.pragma('secure_delete = ON');
    db.pragma('busy_timeout = 5000');
    return db;
  } catch (error) {
    const code = (error as { code?: string }).code ?? '';
    if (code === 'SQLITE_NOTADB' || code === 'SQLITE_CORRUPT')
      throw new EmergenceError('storage.damaged', { file: fileName }, { cause: error });
    throw error;
  }
};

/** A row in settings that `close` takes away; finding it means that the last run was cut. */
const openMark = 'internal.open';
const markOpen = (db: WritableDb): boolean => {
  const found = db.prepare('SELECT 1 FROM settings WHERE key = ?').get(openMark) !== undefined;
  db.prepare('INSERT OR REPLACE INTO settings(key, value) VALUES (?, ?)').run(openMark, 'true');
  return !found;
};

const createStore = (db: WritableDb, dataFolder: string, cleanExit: boolean, now: () => number): Store => {
  const backups = (): BackupEntry[] => listBackups(dataFolder);
  const backup: Store['backup'] = async (reason) => {
    const { name, part, keep } = newBackup(dataFolder, reason, now());
    try {
      await db.backup(part);
      keep();
    } catch (error) {
      rmSync(part, { force: true });
      throw error;
    }
    const entry = backups().find((candidate) => candidate.name === name);
    if (!entry) throw new EmergenceError('internal', { backup: name });
    return entry;
  };
  return {
    db,
    cleanExit,
    backups,
    backup,
    dailyBackup: async () => {
      const startOfDay = new Date(now()).setHours(0, 0, 0, 0);
      if (!backups().some((entry) => entry.reason === 'daily' && entry.at >= startOfDay)) await backup('daily');
      pruneBackups(dataFolder);
    },
    check: () => checkDatabase(db.name),
    close: () => {
      if (!db.open) return;
      db.prepare('DELETE FROM settings WHERE key = ?').run(openMark);
      db.pragma('wal_checkpoint(TRUNCATE)');
      db.close();
    },
  };
};
