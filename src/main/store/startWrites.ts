import { toEmergenceError } from '@shared/model';
import type { DiskReserve } from './reserve';

/**
 * What a start has to write. On a full disk the program opens all the same, for reading and for making room: what could not
 * be written waits, in its order, and is tried again until there is room.
 */
export interface StartWrites {
  /** Writes now, or as soon as there is room. Throws what has another cause than a full disk. */
  attempt(what: string, write: () => void): void;
  /** Ends the tries; what still waits is done by the next start. */
  close(): void;
}

const tryEveryMs = 5_000;

export const createStartWrites = ({
  reserve,
  log,
  everyMs = tryEveryMs,
}: {
  reserve: Pick<DiskReserve, 'spend'>;
  log: { warn(fields: object, message: string): void; error(fields: object, message: string): void };
  everyMs?: number;
}): StartWrites => {
  const waiting: { what: string; write: () => void }[] = [];
  let timer: NodeJS.Timeout | null = null;

  /** False where the disk is full. */
  const written = (write: () => void): boolean => {
    try {
      reserve.spend(write);
      return true;
    } catch (error) {
      if (toEmergenceError(error).code !== 'storage.full') throw error;
      return false;
    }
  };

  const close = (): void => {
    if (timer) clearInterval(timer);
    timer = null;
  };

  const tryWaiting = (): void => {
    for (let next = waiting[0]; next; next = waiting[0]) {
      try {
        if (!written(next.write)) return;
      } catch (error) {
        log.error({ err: error, what: next.what }, 'a write of the start failed');
      }
      waiting.shift();
    }
    close();
  };

  return {
    attempt: (what, write) => {
      // Behind what waits already: a later write may rest on an earlier one.
      if (waiting.length === 0 && written(write)) return;
      log.warn({ what }, 'there is no room on the disk; tried again');
      waiting.push({ what, write });
      timer ??= setInterval(tryWaiting, everyMs).unref();
    },
    close,
  };
};
