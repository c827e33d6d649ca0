import type { Logger } from '@main/telemetry/telemetry';
import { toEmergenceError } from '@shared/model';
import { advisedBackup, planRestore } from './backup';
import { type BackupEntry, originalsOfBackup } from './backupFiles';
import { pruneBackups } from './backupRetention';
import { startDailyBackups } from './dailyBackups';
import type { Store } from './open';
import { missingOriginals } from './originals';

export type ListedBackup = BackupEntry & { advised: boolean };

/** Makes, lists and restores backups while the program runs. */
export interface BackupService {
  /** The newest first; the one that is advised, where any is sound, is marked. */
  list(): ListedBackup[];
  /** Makes a backup now. */
  create(): Promise<ListedBackup>;
  /** Returns how many of the originals that the backup's documents need exist nowhere. */
  restoreAtNextStart(name: string): Promise<{ missingOriginals: number }>;
  /** Why the last daily backup could not be made; null when it was made. */
  failure(): string | null;
  /** When the newest backup not known to be damaged was made; null where there is none or their folder cannot be read. */
  lastAt(): number | null;
  /** Starts the daily backups. */
  start(): void;
  stop(): void;
}

export const createBackupService = ({
  store,
  dataFolder,
  onDamage,
  onChange,
  onBackups,
  log,
  now,
}: {
  store: Store;
  dataFolder: string;
  /** Called when a backup made now is damaged, and so perhaps the database. */
  onDamage: () => void;
  /** Called when `failure` has changed. */
  onChange: () => void;
  /** Called when a backup was made, or the attempt to make one failed. */
  onBackups: () => void;
  log: Pick<Logger, 'error'>;
  now: () => number;
}): BackupService => {
  let failure: string | null = null;
  let stopDaily = (): void => {};
  /** Empty where the folder cannot be read; the health of the disk reports that. */
  const readable = (): BackupEntry[] => {
    try {
      return store.backups();
    } catch {
      return [];
    }
  };
  const onDailyEnd = (error: unknown): void => {
    if (readable()[0]?.state === 'damaged') onDamage();
    const before = failure;
    failure = error === null ? null : toEmergenceError(error).code;
    if (failure !== before) onChange();
    onBackups();
  };

  return {
    list: () => {
      const list = store.backups();
      const advised = advisedBackup(list)?.name;
      return list.map((backup) => ({ ...backup, advised: backup.name === advised }));
    },
    create: async () => {
      const made = await store.backup('manual');
      if (made.state === 'damaged') onDamage();
      pruneBackups(dataFolder);
      onBackups();
      return { ...made, advised: made.state === 'sound' };
    },
    restoreAtNextStart: async (name) => {
      await planRestore(dataFolder, name, now());
      return { missingOriginals: missingOriginals(dataFolder, originalsOfBackup(dataFolder, name) ?? []).length };
    },
    failure: () => failure,
    lastAt: () => readable().find(({ state }) => state !== 'damaged')?.at ?? null,
    start: () => {
      stopDaily = startDailyBackups({ store, log, onEnd: onDailyEnd });
    },
    stop: () => stopDaily(),
  };
};
