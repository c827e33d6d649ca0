import type { Logger } from '@main/telemetry/telemetry';
import type { Store } from './open';

/** The program may run for weeks, and sleep through an hour of the clock: it looks often whether a new day has begun. */
const lookEveryMs = 30 * 60_000;

/** Makes the day's backup now and, while the program runs, soon after each day's beginning. Returns what ends it. */
export const startDailyBackups = ({
  store,
  log,
  onEnd = () => {},
  everyMs = lookEveryMs,
}: {
  store: Pick<Store, 'dailyBackup'>;
  log: Pick<Logger, 'error'>;
  /** Told after each look what went wrong with it, null when nothing did. */
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
