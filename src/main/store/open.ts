import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { EmergenceError, toEmergenceError } from '@shared/model';
import Database from 'better-sqlite3';
import { applyPendingRestore, type BackupEntry, listBackups, newBackup, pruneBackups, removeCutBackups } from './backup';
import { checkDatabase } from './checkDatabase';
import type { WritableDb } from './database';
import { latestVersion, migrate } from './migrate';

export interface Store {
  readonly db: WritableDb;
  /** False when the last run did not close the store. */
  readonly cleanExit: boolean;
  /** Notes that a run is open, until `close`; the next start finds the note where this run was cut. */
  markOpen(): void;
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
 * survives a power cut. Throws `storage.newer` for a database of a later version, `storage.damaged` for an unreadable one, and
 * SQLite's own error where the disk is too full to open it.
 */
export const openStore = ({ dataFolder, now = Date.now }: OpenStoreOptions): Store => {
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  const path = join(dataFolder, fileName);
  removeCutBackups(dataFolder);
  applyPendingRestore(dataFolder, path, now());
  const db = new Database(path);
  try {
    setUp(db);
    const version = db.pragma('user_version', { simple: true }) as number;
    if (version > latestVersion) throw new EmergenceError('storage.newer', { found: version, known: latestVersion });
    if (version > 0 && version < latestVersion) {
      const { part, keep, discard } = newBackup(dataFolder, 'migration', now());
      try {
        db.prepare('VACUUM INTO ?').run(part);
        keep();
      } catch (error) {
        discard();
        throw error;
      }
    }
    migrate(db);
    return createStore(db, dataFolder, now);
  } catch (error) {
    db.close();
    throw namedDamage(error, dataFolder);
  }
};

/** Names the backup that could take the place of a database that turns out to be damaged; any other error is as it was. */
export const namedDamage = (error: unknown, dataFolder: string): unknown => {
  const { code } = toEmergenceError(error);
  if (code !== 'storage.damaged') return error;
  const [newest] = listBackups(dataFolder);
  return new EmergenceError(code, { file: fileName, ...(newest && { backup: newest.name, backupAt: newest.at }) }, { cause: error });
};

const setUp = (db: WritableDb): void => {
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.pragma('foreign_keys = ON');
  // Deleted text is overwritten, so that `forget` leaves nothing in free pages.
  db.pragma('secure_delete = ON');
  db.pragma('busy_timeout = 5000');
};

/** A row in settings that `close` takes away; finding it means that the last run was cut. */
const openMark = 'internal.open';

const createStore = (db: WritableDb, dataFolder: string, now: () => number): Store => {
  const backups = (): BackupEntry[] => listBackups(dataFolder);
  const backup: Store['backup'] = async (reason) => {
    const { name, part, keep, discard } = newBackup(dataFolder, reason, now());
    try {
      await db.backup(part);
      keep();
    } catch (error) {
      discard();
      throw error;
    }
    const entry = backups().find((candidate) => candidate.name === name);
    if (!entry) throw new EmergenceError('internal', { backup: name });
    return entry;
  };
  return {
    db,
    cleanExit: db.prepare('SELECT 1 FROM settings WHERE key = ?').get(openMark) === undefined,
    markOpen: () => void db.prepare('INSERT OR REPLACE INTO settings(key, value) VALUES (?, ?)').run(openMark, 'true'),
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
      try {
        db.prepare('DELETE FROM settings WHERE key = ?').run(openMark);
        db.pragma('wal_checkpoint(TRUNCATE)');
      } catch (error) {
        // What was acknowledged stands in the write-ahead log; the next start folds it in and finds the mark.
        if (toEmergenceError(error).code !== 'storage.full') throw error;
      } finally {
        db.close();
      }
    },
  };
};
