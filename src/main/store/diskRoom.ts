import { toEmergenceError } from '@shared/model';
import type { DiskReserve } from './reserve';

export interface RetryOptions {
  /** Why the write failed, for the log. */
  cause?: unknown;
  /** True when a write that failed with this code should be tried again. By default only when the disk is full. */
  again?: (code: string) => boolean;
}

/** Keeps the writes that a full disk refused, and tries them again until the disk has room. */
export interface DiskRoom {
  /**
   * Writes now with the help of the reserve, or as soon as there is room. These writes keep their order, since a later one may
   * depend on an earlier one. Throws an error that has another cause than a full disk.
   */
  write(what: string, write: () => void): void;
  /** Tries a failed write again, independently of the others. A function that is waiting already is not added twice. */
  retryLater(what: string, write: () => unknown, options?: RetryOptions): void;
  /** Tries all waiting writes now instead of at the next interval. */
  retryNow(): void;
  /** Tries the writes of `retryLater` once more and stops trying. The next start makes up for those that fail. */
  close(): void;
}

interface Waiting {
  what: string;
  write: () => unknown;
  ordered: boolean;
  again: (code: string) => boolean;
}

const tryEveryMs = 5_000;
const isFull = (code: string): boolean => code === 'storage.full';

export const createDiskRoom = ({
  reserve,
  log,
  everyMs = tryEveryMs,
}: {
  reserve: Pick<DiskReserve, 'spend'>;
  log: Record<'info' | 'warn' | 'error', (fields: object, message: string) => void>;
  everyMs?: number | undefined;
}): DiskRoom => {
  let waiting: Waiting[] = [];
  let timer: NodeJS.Timeout | null = null;
  let closed = false;

  /** False when the write has to be tried again. */
  const isDone = ({ what, write, again }: Waiting): boolean => {
    try {
      write();
      log.info({ what }, 'a write that had failed is done');
      return true;
    } catch (error) {
      const { code } = toEmergenceError(error);
      if (again(code)) return false;
      // The row was forgotten meanwhile, so there is nothing left to write to.
      if (code !== 'not_found') log.error({ err: error, what }, 'a write failed and is not tried again');
      return true;
    }
  };

  const endTimer = (): void => {
    if (timer) clearInterval(timer);
    timer = null;
  };

  const tryThese = (tried: readonly Waiting[]): void => {
    // A write that fails after its return may add itself meanwhile: such entries stay in the list.
    waiting = waiting.filter((one) => !tried.includes(one));
    const left: Waiting[] = [];
    for (const one of tried) {
      const blocked = one.ordered && left.some(({ ordered }) => ordered);
      if (blocked || !isDone(one)) left.push(one);
    }
    waiting = [...left, ...waiting];
    if (waiting.length === 0) endTimer();
  };
  const retryNow = (): void => tryThese(waiting);

  const keep = (one: Waiting, cause: unknown): void => {
    log.warn({ what: one.what, err: cause }, 'a write failed; it is tried again');
    waiting.push(one);
    if (!closed) timer ??= setInterval(retryNow, everyMs).unref();
  };

  return {
    write: (what, write) => {
      const spending = (): void => reserve.spend(write);
      let cause: unknown;
      if (!waiting.some(({ ordered }) => ordered)) {
        try {
          return spending();
        } catch (error) {
          if (!isFull(toEmergenceError(error).code)) throw error;
          cause = error;
        }
      }
      keep({ what, write: spending, ordered: true, again: isFull }, cause);
    },
    retryLater: (what, write, { cause, again = isFull } = {}) => {
      if (!waiting.some((one) => one.write === write)) keep({ what, write, ordered: false, again }, cause);
    },
    retryNow,
    close: () => {
      closed = true;
      endTimer();
      tryThese(waiting.filter(({ ordered }) => !ordered));
    },
  };
};
