import type { WritableDb } from '@main/store/database';
import type { DiskRoom } from '@main/store/diskRoom';
import { toEmergenceError } from '@shared/model';
import type { GaugeName } from './definitions';
import { createHistory } from './history';
import { createRegistry } from './registry';
import { snapshotText } from './snapshots';
import type { Logger, Telemetry } from './telemetry';

const flushEveryMs = 10_000;
const compactEveryMs = 3_600_000;

export interface TelemetryService extends Telemetry {
  /** Prometheus text of `/metrics`. */
  metricsText(): Promise<string>;
  readonly metricsContentType: string;
  /** Last value set to a gauge without labels; null when none was. */
  gauge(name: GaugeName): number | null;
  /** Writes the counts to the history now, so that a reader sees them. */
  flush(): void;
  /** Flushes a last time and stops the timers. */
  close(): void;
}

/** Counts for Prometheus (from the start of the process) and for the panel (in SQLite, over restarts), and the log. */
export const createTelemetry = ({
  db,
  now,
  log,
  diskRoom,
  onCount = () => undefined,
}: {
  db: WritableDb;
  now: () => number;
  log: Logger;
  diskRoom: Pick<DiskRoom, 'retryLater'>;
  /** Called after each count and each observation. */
  onCount?: () => void;
}): TelemetryService => {
  const registry = createRegistry();
  const history = createHistory({ db, now });

  /** Metrics must never end the program: health reports a full disk, and the counts wait for room. */
  const quietly = (what: string, action: () => void): void => {
    try {
      action();
    } catch (cause) {
      if (toEmergenceError(cause).code === 'storage.full') diskRoom.retryLater(what, action, { cause });
      else log.warn({ err: cause, what }, 'the metrics history could not be written');
    }
  };
  const flush = (): void => quietly('write the metrics history', history.flush);
  const compact = (): void => quietly('compact the metrics history', history.compact);
  compact();
  const timers = [setInterval(flush, flushEveryMs), setInterval(compact, compactEveryMs)];
  for (const timer of timers) timer.unref();

  return {
    increment: (name, labels, by = 1) => {
      registry.increment(name, labels, by);
      history.increment(name, labels, by);
      onCount();
    },
    observe: (name, labels, value) => {
      registry.observe(name, labels, value);
      history.observe(name, labels, value);
      onCount();
    },
    set: (name, labels, value) => registry.set(name, labels, value),
    gauge: registry.gauge,
    log,
    metricsText: async () => `${await registry.text()}${snapshotText(db, now())}`,
    metricsContentType: registry.contentType,
    flush,
    close: () => {
      for (const timer of timers) clearInterval(timer);
      flush();
    },
  };
};
