import { setImmediate as letOthersGo } from 'node:timers/promises';
import type { WritableDb } from './database';

/** A slice with its commit stays well below a frame or two of the window's stream. */
const sliceMs = 10;

/**
 * Runs `work`, which only reads, in tasks of about 10 ms with other work between them. No statement may be open where it yields. Throws
 * what the work throws, and the signal's reason.
 */
export const readInSlices = async <T>(work: Generator<void, T, void>, signal?: AbortSignal): Promise<T> => {
  for (;;) {
    signal?.throwIfAborted();
    const until = performance.now() + sliceMs;
    do {
      const step = work.next();
      if (step.done) return step.value;
    } while (performance.now() < until);
    await letOthersGo();
  }
};

/**
 * Runs `work` in transactions of about 10 ms, so that other work runs between them; its writes must therefore not be visible until
 * its last step. A transaction ends only where the work yields. Throws what the work throws (the slice in which it happens is
 * undone) and the signal's reason.
 */
export const writeInSlices = async (db: WritableDb, work: Generator<void, void, void>, signal?: AbortSignal): Promise<void> => {
  for (let done = false; !done; ) {
    signal?.throwIfAborted();
    db.transaction(() => {
      const until = performance.now() + sliceMs;
      do done = work.next().done === true;
      while (!done && performance.now() < until);
    })();
    if (!done) await letOthersGo();
  }
};
