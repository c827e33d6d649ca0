import { access, constants, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { HealthProbe, Part, PartHealth } from '@main/parts/part';
import type { Logger } from '@main/telemetry/telemetry';
import { createBackupService } from './backupService';
import type { ChangeBus } from './changes';
import { createDatabaseWatch } from './databaseWatch';
import type { DiskRoom } from './diskRoom';
import { mendFullText } from './fullText';
import { unreadableEntries } from './json';
import type { Store } from './open';
import type { DiskReserve } from './reserve';

export interface SafeguardsDeps {
  store: Store;
  reserve: DiskReserve;
  diskRoom: Pick<DiskRoom, 'write'>;
  changes: ChangeBus;
  dataFolder: string;
  log: Logger;
  now: () => number;
}

/** With less room than this, saving is at risk. */
const lowDiskBytes = 1024 ** 3;
/** The folders that hold all data. */
const folders = ['.', 'blobs', 'backups'] as const;

/** Keeps the data safe while the program runs: the watch over the database, the backups, the reserve of room. */
export const createSafeguardsPart = ({ store, reserve, diskRoom, changes, dataFolder, log, now }: SafeguardsDeps) => {
  const { db } = store;
  const onChange = (): void => changes.publish('health');
  const watch = createDatabaseWatch({
    path: db.name,
    check: store.check,
    mend: (problems) => mendFullText(db, problems),
    onChange,
    log,
  });
  const backups = createBackupService({
    store,
    dataFolder,
    onDamage: watch.suspect,
    onChange,
    onBackups: () => changes.publish('backup'),
    log,
    now,
  });

  const database = (): PartHealth => {
    watch.look();
    // A database that fails its check is down, even if a single query succeeds.
    const problems = watch.problems().length;
    if (problems > 0) return { state: 'down', data: { problems } };
    const started = performance.now();
    db.prepare('SELECT count(*) FROM settings').get();
    const unreadable = unreadableEntries();
    const backupFailure = backups.failure();
    return {
      state: unreadable > 0 || backupFailure !== null ? 'degraded' : 'ok',
      data: { ms: Math.round(performance.now() - started), lastBackupAt: backups.lastAt(), unreadable, backupFailure },
    };
  };
  const disk: HealthProbe = async () => {
    const { bavail, bsize } = await statfs(dataFolder);
    const free = bavail * bsize;
    const refused = await Promise.all(folders.map(async (name) => ((await isRefused(join(dataFolder, name))) ? [name] : [])));
    const names = refused.flat().join(', ');
    return { state: free < lowDiskBytes || names !== '' ? 'degraded' : 'ok', data: { freeBytes: free, refused: names } };
  };

  return {
    api: { watch, backups, isDamaged: () => watch.problems().length > 0 },
    startLater: () => {
      backups.start();
      watch.look();
      diskRoom.write('keep a reserve of room', reserve.keep);
    },
    stop: () => {
      backups.stop();
      watch.close();
    },
    health: { database, disk },
  } satisfies Part<unknown>;
};

/** True when nothing can be written in the folder. A folder that does not exist yet will be made. */
const isRefused = async (path: string): Promise<boolean> => {
  const found = await stat(path).catch(() => null);
  if (!found) return false;
  return (
    !found.isDirectory() ||
    (await access(path, constants.W_OK).then(
      () => false,
      () => true,
    ))
  );
};
