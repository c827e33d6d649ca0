import type { Part } from '@main/parts/part';
import { createSummaries, type SummariesDeps } from './summary/summaries';
import { readTimeQuestion } from './time/readTimeQuestion';
import { createTimelines, type TimelinesDeps } from './timeline/timeline';

export interface MemoryDeps extends SummariesDeps, Omit<TimelinesDeps, 'zone'> {
  telemetry: SummariesDeps['telemetry'] & TimelinesDeps['telemetry'];
  db: SummariesDeps['db'];
  /** The IANA zone of the person; left out: that of this machine. */
  zone?: () => string;
}

/** The patterns of a language take a quarter of a second to compile: the first question does not wait for it. */
const warmTimeReading = (): void => {
  const warm = (text: string) => setImmediate(() => readTimeQuestion(text, { now: 0, zone: 'UTC' })).unref();
  warm('When did we talk about it?');
  warm('Quand en avons-nous parlé ?');
};

const zoneOfMachine = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Long-term memory. */
export const createMemoryPart = ({ zone = zoneOfMachine, ...deps }: MemoryDeps) => {
  const summaries = createSummaries(deps);
  return {
    api: { timelines: createTimelines({ ...deps, zone }), summaries },
    startLater: warmTimeReading,
    stop: summaries.close,
  } satisfies Part<unknown>;
};
