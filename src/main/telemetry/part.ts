import { join } from 'node:path';
import type { Part } from '@main/parts/part';
import type { ChangeBus } from '@main/store/changes';
import type { WritableDb } from '@main/store/database';
import { createDiskRoom } from '@main/store/diskRoom';
import type { DiskReserve } from '@main/store/reserve';
import { createTelemetry } from './createTelemetry';
import { createLogFile } from './logFile';
import { createLogger } from './logger';
import { createMetricsService } from './sections';

/** An open panel reads its figures at most this often. */
const publishEveryMs = 1_000;

/** The log, the metrics, and the queue of refused writes, which reports to the log. */
export const createTelemetryPart = ({
  db,
  changes,
  reserve,
  dataFolder,
  now,
}: {
  db: WritableDb;
  changes: ChangeBus;
  reserve: DiskReserve;
  dataFolder: string;
  now: () => number;
}) => {
  const logFile = createLogFile({ folder: join(dataFolder, 'logs') });
  const log = createLogger(logFile);
  const diskRoom = createDiskRoom({ reserve, log });
  let publishing: NodeJS.Timeout | undefined;
  const publishSoon = (): void => {
    publishing ??= setTimeout(() => {
      publishing = undefined;
      changes.publish('metrics');
    }, publishEveryMs).unref();
  };
  const telemetry = createTelemetry({ db, now, log, diskRoom, onCount: publishSoon });
  return {
    api: { log, diskRoom, telemetry, metrics: createMetricsService({ db, telemetry, now }) },
    stop: () => {
      clearTimeout(publishing);
      // The parts that ended before this one have queued the writes that failed.
      diskRoom.close();
      log.info({}, 'closed');
      telemetry.close();
      logFile.close();
    },
  } satisfies Part<unknown>;
};
