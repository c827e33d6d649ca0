import type { Part } from '@main/parts/part';
import { createSummaries, type SummariesDeps } from './summary/summaries';
import { createTimelines, type TimelinesDeps } from './timeline/timeline';

export interface MemoryDeps extends SummariesDeps, Omit<TimelinesDeps, 'zone'> {
  telemetry: SummariesDeps['telemetry'] & TimelinesDeps['telemetry'];
  db: SummariesDeps['db'];
  /** The IANA zone of the person; left out: that of this machine. */
  zone?: () => string;
}

const zoneOfMachine = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Long-term memory. */
export const createMemoryPart = ({ zone = zoneOfMachine, ...deps }: MemoryDeps) => {
  const summaries = createSummaries(deps);
  return { api: { timelines: createTimelines({ ...deps, zone }), summaries }, stop: summaries.close } satisfies Part<unknown>;
};
