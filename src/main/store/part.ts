import type { Part } from '@main/parts/part';
import { requestRestore } from './backup';
import { noteForgotten } from './backupRetention';
import { createChangeBus } from './changes';
import { namedDamage, openStore } from './open';
import { createReserve } from './reserve';

export interface StorePartOptions {
  dataFolder: string;
  version: string;
  restore?: string | null | undefined;
  startEmpty?: boolean | undefined;
  now: () => number;
}

export type StorePart = ReturnType<typeof createStorePart>;

/**
 * Opens the data of the program, with the help of the reserve where the disk is full. Throws as `openStore` does, with the backup that
 * could replace damaged data.
 */
export const openData = (options: StorePartOptions): StorePart => {
  try {
    return createStorePart(options);
  } catch (error) {
    throw namedDamage(error, options.dataFolder, options.now());
  }
};

const createStorePart = ({ dataFolder, version, restore, startEmpty = false, now }: StorePartOptions) => {
  if (restore) requestRestore(dataFolder, restore);
  const reserve = createReserve(dataFolder);
  const store = reserve.spend(() => openStore({ dataFolder, version, startEmpty, now }));
  return {
    api: { store, db: store.db, reserve, changes: createChangeBus(), backupsUntil: () => noteForgotten(dataFolder) },
    startWrites: [{ what: 'note that the program runs', write: store.markOpen }],
    stop: store.close,
  } satisfies Part<unknown>;
};
