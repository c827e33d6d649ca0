import type { Part } from '@main/parts/part';
import type { WritableDb } from '@main/store/database';
import type { Telemetry } from '@main/telemetry/telemetry';
import { createTimelines } from './timeline/timeline';

export interface MemoryDeps {
  db: WritableDb;
  telemetry: Telemetry;
  now: () => number;
  /** The IANA zone of the person; left out: that of this machine. */
  zone?: () => string;
}

const zoneOfMachine = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Long-term memory. */
export const createMemoryPart = ({ zone = zoneOfMachine, ...deps }: MemoryDeps) =>
  ({ api: { timelines: createTimelines({ ...deps, zone }) } }) satisfies Part<unknown>;
