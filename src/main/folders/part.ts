import type { Library } from '@main/knowledge/library';
import type { Part } from '@main/parts/part';
import type { ChangeBus } from '@main/store/changes';
import type { WritableDb } from '@main/store/database';
import type { DiskRoom } from '@main/store/diskRoom';
import type { Logger } from '@main/telemetry/telemetry';
import { createFolders } from './folders';
import { createFollower } from './follower';
import { createTakeFiles } from './takeFiles';

export interface FoldersPartDeps {
  db: WritableDb;
  changes: ChangeBus;
  library: Library;
  dataFolder: string;
  log: Pick<Logger, 'warn' | 'error'>;
  diskRoom: Pick<DiskRoom, 'retryLater'>;
  now: () => number;
}

/** The folders of this machine that the library follows. */
export const createFoldersPart = (deps: FoldersPartDeps) => {
  const takeFiles = createTakeFiles(deps);
  const follower = createFollower({ ...deps, takeFiles });
  const folders = createFolders({ ...deps, follower });
  let dropping: Promise<void> = Promise.resolve();
  return {
    api: { folders, idle: follower.idle },
    startLater: () => {
      follower.start();
      dropping = folders
        .dropLongGone()
        .catch((error: unknown) => deps.log.warn({ err: error }, 'documents of files that vanished long ago could not be deleted'));
    },
    stop: async () => {
      await follower.stop();
      await dropping;
    },
  } satisfies Part<unknown>;
};
