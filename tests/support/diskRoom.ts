import { createDiskRoom, type DiskRoom } from '@main/store/diskRoom';

type Log = Parameters<typeof createDiskRoom>[0]['log'];

const silent: Log = { info: () => {}, warn: () => {}, error: () => {} };

/** Keeps refused writes, without a reserve. */
export const plainDiskRoom = (options: { log?: Log; everyMs?: number | undefined } = {}): DiskRoom =>
  createDiskRoom({ reserve: { spend: (work) => work() }, log: silent, ...options });
