import type { Logger } from '@main/telemetry/telemetry';
import { EmergenceError, type Message } from '@shared/model';

/** An answer that is written but could not be saved, such as on a full disk. `save` may be tried again. */
export class UnsavedAnswer extends Error {
  readonly text: string;
  readonly save: () => Message;

  constructor(text: string, save: () => Message, cause: unknown) {
    super('An answer could not be saved.', { cause });
    this.text = text;
    this.save = save;
  }
}

/** Keeps answers that could not be saved and tries again until there is room. */
export interface LateSaves {
  add(answer: UnsavedAnswer): void;
  /** One last try; the rest is closed as interrupted at the next start, with the text of its last partial save. */
  close(): void;
}

const tryEveryMs = 5_000;

export const createLateSaves = ({ log, everyMs = tryEveryMs }: { log: Pick<Logger, 'warn' | 'info'>; everyMs?: number }): LateSaves => {
  let waiting: UnsavedAnswer[] = [];
  let timer: NodeJS.Timeout | null = null;

  const tryAll = (): void => {
    waiting = waiting.filter((answer) => {
      try {
        answer.save();
        log.info({}, 'an answer that could not be saved is saved now');
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
    add: (answer) => {
      log.warn({ err: answer.cause }, 'an answer could not be saved; it is tried again');
      waiting.push(answer);
      timer ??= setInterval(tryAll, everyMs).unref();
    },
    close: () => {
      if (timer) clearInterval(timer);
      tryAll();
    },
  };
};
