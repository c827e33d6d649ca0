import type { Part } from '@main/parts/part';
import { memoryUsesOf } from '@main/store/memoryUses';
import type { Settings } from '@shared/model';
import { createHints } from './hints/hints';
import { createRecall, type RecallDeps } from './recall/recall';
import { createTurnRecall } from './recall/turnRecall';
import { createSummaries, type SummariesDeps } from './summary/summaries';
import { readTimeQuestion } from './time/readTimeQuestion';
import { createTimelines, type TimelinesDeps } from './timeline/timeline';

export interface MemoryDeps extends SummariesDeps, Omit<TimelinesDeps, 'zone'>, Pick<RecallDeps, 'search'> {
  agents: SummariesDeps['agents'] & RecallDeps['agents'];
  telemetry: SummariesDeps['telemetry'] & TimelinesDeps['telemetry'] & RecallDeps['telemetry'];
  settings: () => Pick<Settings, 'memory'>;
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
  const timelines = createTimelines({ ...deps, zone });
  const summaries = createSummaries(deps);
  const hints = createHints({ ...deps, zone });
  const recall = createRecall({ ...deps, perAgent: () => deps.settings().memory.perAgent, zone });
  return {
    api: {
      timelines,
      summaries,
      hints,
      recall,
      used: (messageId: string) => memoryUsesOf(deps.db, messageId, deps.now()),
      forTurns: { timelines, summaries, recall: createTurnRecall({ ...deps, recall }), zone },
    },
    startLater: warmTimeReading,
    stop: summaries.close,
  } satisfies Part<unknown>;
};
