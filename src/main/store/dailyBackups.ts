import type { Logger } from '@main/telemetry/telemetry';
import type { Store } from './open';

/** The program may run for weeks, and the machine may sleep through an hour of the clock: so the day is checked often. */
const lookEveryMs = 30 * 60_000;

/** Makes the day's backup now and, while the program runs, soon after each day's beginning. Returns the function that stops it. */
export const startDailyBackups = ({
  store,
  log,
  onEnd = () => {},
  everyMs = lookEveryMs,
}: {
  store: Pick<Store, 'dailyBackup'>;
  log: Pick<Logger, 'error'>;
  /** Called after each attempt with its error, or with null when it succeeded. */
  onEnd?: (error: unknown) => void;
  everyMs?: number;
}): (() => void) => {
  let running = false;
  const look = async (): Promise<void> => {
    if (running) return;
    running = true;
    try {
      await store.dailyBackup();
      onEnd(null);
    } catch (error) {
      log.error({ err: error }, 'the daily backup failed');
      onEnd(error);
    } finally {
      running = false;
    }
  };
  void look();
  const timer = setInterval(() => void look(), everyMs);
  timer.unref();
  return () => clearInterval(timer);
};
