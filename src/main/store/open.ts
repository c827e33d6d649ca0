import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { EmergenceError, toEmergenceError } from '@shared/model';
import Database from 'better-sqlite3';
import { applyPendingRestore, checkBackups, findSoundBackup } from './backup';
import { type BackupEntry, listBackups, markBackup, newBackup, removeCutBackups } from './backupFiles';
import { hasBackupOfDay, pruneBackups } from './backupRetention';
import { hasOtherData, putAside } from './beginAnew';
import { checkDatabase } from './checkDatabase';
import type { WritableDb } from './database';
import { inspectDatabase } from './inspectDatabase';
import { latestVersion, migrate } from './migrate';
import { dropKeptOriginals, keepOriginalsGently } from './originals';
import { pruneSetAside } from './setAside';
import { backupsKeepOriginals } from './settings';

export interface Store {
  readonly db: WritableDb;
  /** False when the last run did not close the store. */
  readonly cleanExit: boolean;
  /** Notes that a run is open, until `close`. The next start finds the note when this run was cut. */
  markOpen(): void;
  backups(): BackupEntry[];
  /** Copies the database while it is in use and checks the copy; resolves when both are done. */
  backup(reason: BackupEntry['reason']): Promise<BackupEntry>;
  /** Makes today's backup if it is missing, checks those never checked and drops those past retention. */
  dailyBackup(): Promise<void>;
  /** The problems found in the file, empty when it is sound. Runs in a thread of its own. */
  check(): Promise<string[]>;
  close(): void;
}

export interface OpenStoreOptions {
  dataFolder: string;
  /** Version of the program, noted with the backups it makes. */
  version?: string;
  /** Begin with an empty database where the old one is gone; the files that belonged to the old one are set aside. */
  startEmpty?: boolean;
  now?: () => number;
}

const fileName = 'emergence.db';

/**
 * Opens `emergence.db`, restoring a chosen backup and migrating first. WAL and `synchronous=FULL`: an acknowledged write survives a
 * power cut. Throws `storage.newer` for a database of a later version, `storage.damaged` for an unreadable one, `storage.foreign`
 * for one of another program, `storage.path` for a folder in its place, `storage.empty` where it is missing or empty beside data
 * that belonged to it, and the system's own error where the disk is too full or access to the folder is denied.
 */
export const openStore = ({ dataFolder, version = '', startEmpty = false, now = Date.now }: OpenStoreOptions): Store => {
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  const path = join(dataFolder, fileName);
  refuseFolders(path);
  removeCutBackups(dataFolder);
  applyPendingRestore(dataFolder, path, now());
  if (isEmpty(path) && hasOtherData(dataFolder)) {
    if (!startEmpty) throw new EmergenceError('storage.empty', { file: fileName });
    putAside(dataFolder, now());
  }
  const db = new Database(path);
  try {
    const found = db.pragma('user_version', { simple: true }) as number;
    refuseForeign(db, found);
    if (found > latestVersion) throw new EmergenceError('storage.newer', { found, known: latestVersion });
    setUp(db);
    if (found > 0 && found < latestVersion) {
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
    return createStore(db, { dataFolder, version, now });
  } catch (error) {
    db.close();
    const known = toEmergenceError(error);
    throw known.code === 'storage.damaged' ? known : error;
  }
};

/** For a folder in the place of a database file SQLite would only report that it cannot be opened. */
const refuseFolders = (database: string): void => {
  for (const path of [database, `${database}-wal`, `${database}-shm`])
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) throw new EmergenceError('storage.path', { reason: 'EISDIR', path });
};

/** The largest page of SQLite: a database without a table is one page. */
const largestPageBytes = 65_536;

/** True where there is no file, one of 0 bytes, or a database in which nothing was ever made. */
const isEmpty = (path: string): boolean => {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (size === 0 || size > largestPageBytes) return size === 0;
  const db = new Database(path);
  try {
    return db.prepare('SELECT count(*) FROM sqlite_master').pluck().get() === 0 && db.pragma('user_version', { simple: true }) === 0;
  } catch {
    // The database is damaged or locked: opening it reports which.
    return false;
  } finally {
    db.close();
  }
};

/** The database of another program is not changed by a byte. */
const refuseForeign = (db: WritableDb, version: number): void => {
  const tables = db.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").pluck().all() as string[];
  const ours = tables.includes('conversations') && tables.includes('settings');
  if (version === 0 ? tables.length > 0 : !ours) throw new EmergenceError('storage.foreign', { file: fileName });
};

/** The reasons why a database does not open for which a backup can replace it. */
const replaceable: ReadonlySet<string> = new Set(['storage.damaged', 'storage.empty', 'storage.backup_damaged', 'storage.foreign']);

/**
 * Adds the sound backup that could replace a damaged or missing database, or that of another program, to the error; returns any other
 * error unchanged.
 */
export const namedDamage = (error: unknown, dataFolder: string, now: number): unknown => {
  const { code, details } = toEmergenceError(error);
  if (!replaceable.has(code)) return error;
  // A failing check of the backups must not hide the reason why the program does not start.
  const sound = ((): BackupEntry | null => {
    try {
      return findSoundBackup(dataFolder, now);
    } catch {
      return null;
    }
  })();
  return new EmergenceError(
    code,
    { file: fileName, ...details, ...(sound && { advised: sound.name, advisedAt: sound.at }), backups: listBackups(dataFolder).length },
    { cause: error },
  );
};

const setUp = (db: WritableDb): void => {
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.pragma('foreign_keys = ON');
  // Deleted text is overwritten, so that `forget` leaves nothing in free pages.
  db.pragma('secure_delete = ON');
  db.pragma('busy_timeout = 5000');
};

/** A row in settings that `close` deletes; a start that finds it knows that the last run was cut. */
const openMark = 'internal.open';

const createStore = (db: WritableDb, { dataFolder, version, now }: Required<Omit<OpenStoreOptions, 'startEmpty'>>): Store => {
  const backups = (): BackupEntry[] => listBackups(dataFolder);
  const backup: Store['backup'] = async (reason) => {
    const { name, part, keep, discard } = newBackup(dataFolder, reason, now());
    try {
      await db.backup(part);
      const found = await inspectDatabase(part);
      const kept = backupsKeepOriginals(db) ? await keepOriginalsGently(dataFolder, found.originals) : 0;
      keep();
      markBackup(dataFolder, name, found, now(), { app: version, kept });
    } catch (error) {
      discard();
      throw error;
    }
    const entry = backups().find((candidate) => candidate.name === name);
    if (!entry) throw new EmergenceError('not_found', { backup: name });
    return entry;
  };
  return {
    db,
    cleanExit: db.prepare('SELECT 1 FROM settings WHERE key = ?').get(openMark) === undefined,
    markOpen: () => void db.prepare('INSERT OR REPLACE INTO settings(key, value) VALUES (?, ?)').run(openMark, 'true'),
    backups,
    backup,
    dailyBackup: async () => {
      if (!hasBackupOfDay(dataFolder, now())) await backup('daily');
      await checkBackups(dataFolder, now(), backupsKeepOriginals(db));
      if (!backupsKeepOriginals(db)) dropKeptOriginals(dataFolder);
      pruneBackups(dataFolder);
      await pruneSetAside(dataFolder);
    },
    check: () => checkDatabase(db.name),
    close: () => {
      if (!db.open) return;
      try {
        db.prepare('DELETE FROM settings WHERE key = ?').run(openMark);
        db.pragma('wal_checkpoint(TRUNCATE)');
      } catch (error) {
        // All acknowledged writes are in the write-ahead log; the next start folds them in and finds the mark.
        if (toEmergenceError(error).code !== 'storage.full') throw error;
      } finally {
        db.close();
      }
    },
  };
};
