import type { WritableDb } from '@main/store/database';
import type { GaugeName } from './definitions';
import { createHistory } from './history';
import { createLogger } from './logger';
import { createRegistry } from './registry';
import type { Telemetry } from './telemetry';

const flushEveryMs = 10_000;
const compactEveryMs = 3_600_000;

export interface TelemetryService extends Telemetry {
  /** Prometheus text of `/metrics`. */
  metricsText(): Promise<string>;
  readonly metricsContentType: string;
  /** Last value set to a gauge without labels; null when none was. */
  gauge(name: GaugeName): number | null;
  /** Writes what was counted to the history now, so that a reader sees it. */
  flush(): void;
  /** Last flush; the timers end. */
  close(): void;
}

/**
 * Counts for Prometheus (from the start of the process) and for the panel (in SQLite, over restarts), and the log.
 * `logDestination` gets one line of JSON a call; without it there is no log.
 */
export const createTelemetry = ({
  db,
  now,
  logDestination,
}: {
  db: WritableDb;
  now: () => number;
  logDestination?: { write(line: string): void };
}): TelemetryService => {
  const log = createLogger(logDestination);
  const registry = createRegistry();
  const history = createHistory({ db, now });

  /** Metrics never take the program down: a full disk is reported by health, the counts wait for the next flush. */
  const quietly = (what: string, action: () => void): void => {
    try {
      action();
    } catch (error) {
      log.warn({ err: error }, `${what} failed`);
    }
  };
  const flush = (): void => quietly('writing the metrics history', history.flush);
  const compact = (): void => quietly('compacting the metrics history', history.compact);
  compact();
  const timers = [setInterval(flush, flushEveryMs), setInterval(compact, compactEveryMs)];
  for (const timer of timers) timer.unref();

  return {
    increment: (name, labels, by = 1) => {
      registry.increment(name, labels, by);
      history.increment(name, labels, by);
    },
    observe: (name, labels, value) => {
      registry.observe(name, labels, value);
      history.observe(name, labels, value);
    },
    set: (name, labels, value) => registry.set(name, labels, value),
    gauge: registry.gauge,
    log,
    metricsText: registry.text,
    metricsContentType: registry.contentType,
    flush,
    close: () => {
      for (const timer of timers) clearInterval(timer);
      flush();
    },
  };
};
