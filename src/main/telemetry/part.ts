import { join } from 'node:path';
import type { Part } from '@main/parts/part';
import type { WritableDb } from '@main/store/database';
import { createDiskRoom } from '@main/store/diskRoom';
import type { DiskReserve } from '@main/store/reserve';
import { createTelemetry } from './createTelemetry';
import { createLogFile } from './logFile';
import { createLogger } from './logger';
import { createMetricsOverview } from './overview';

/** The log, the metrics, and the queue of refused writes, which reports to the log. */
export const createTelemetryPart = ({
  db,
  reserve,
  dataFolder,
  now,
}: {
  db: WritableDb;
  reserve: DiskReserve;
  dataFolder: string;
  now: () => number;
}) => {
  const logFile = createLogFile({ folder: join(dataFolder, 'logs') });
  const log = createLogger(logFile);
  const diskRoom = createDiskRoom({ reserve, log });
  const telemetry = createTelemetry({ db, now, log, diskRoom });
  return {
    api: { log, diskRoom, telemetry, metrics: createMetricsOverview({ db, telemetry, now }) },
    stop: () => {
      // The parts that ended before this one have queued the writes that failed.
      diskRoom.close();
      log.info({}, 'closed');
      telemetry.close();
      logFile.close();
    },
  } satisfies Part<unknown>;
};
