import type { Logger } from '@main/telemetry/telemetry';
import { EmergenceError } from '@shared/model';

/** What was said or has ended but could not be saved, such as on a full disk. `save` may be tried again. */
export interface LateSave {
  readonly save: () => unknown;
  /** Why it could not be saved. */
  readonly cause?: unknown;
}

/** Keeps what could not be saved and tries again until there is room. */
export interface LateSaves {
  add(unsaved: LateSave): void;
  /** Tries everything now instead of at the next interval. */
  retry(): void;
  /** One last try; the rest is closed as interrupted at the next start, with the text of its last partial save. */
  close(): void;
}

const tryEveryMs = 5_000;

export const createLateSaves = ({
  log,
  everyMs = tryEveryMs,
}: {
  log: Pick<Logger, 'warn' | 'info'>;
  everyMs?: number | undefined;
}): LateSaves => {
  let waiting: LateSave[] = [];
  let timer: NodeJS.Timeout | null = null;

  const retry = (): void => {
    waiting = waiting.filter((unsaved) => {
      try {
        unsaved.save();
        log.info({}, 'what could not be saved is saved now');
        return false;
      } catch (error) {
        // Forgotten meanwhile: there is nothing to save it to.
        return !(error instanceof EmergenceError && error.code === 'not_found');
      }
    });
    if (waiting.length > 0) return;
    if (timer) clearInterval(timer);
    timer = null;
  };

  return {
    add: (unsaved) => {
      log.warn({ err: unsaved.cause }, 'something could not be saved; it is tried again');
      waiting.push(unsaved);
      timer ??= setInterval(retry, everyMs).unref();
    },
    retry,
    close: () => {
      if (timer) clearInterval(timer);
      timer = null;
      retry();
    },
  };
};
