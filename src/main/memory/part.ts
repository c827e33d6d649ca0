import type { Part } from '@main/parts/part';
import { memoryUsesOf, usedMessagesOf } from '@main/store/memoryUses';
import { createGardener } from './gardener';
import { createHints } from './hints/hints';
import { createItems } from './items/items';
import { createLearn } from './items/learn';
import { createNearItems } from './items/nearItems';
import { createLearning, type LearningDeps } from './learning/createLearning';
import { createRecall, type RecallDeps } from './recall/recall';
import { createTurnRecall } from './recall/turnRecall';
import { createSummaries } from './summary/summaries';
import { readTimeQuestion } from './time/readTimeQuestion';
import { createTimelines } from './timeline/timeline';

export interface MemoryDeps extends Omit<LearningDeps, 'learn'>, Pick<RecallDeps, 'search'> {
  /** Notes that something is forgotten; returns when the last backup that exists now will be dropped, null without backups. */
  backupsUntil: () => number | null;
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
  const perAgent = (): boolean => deps.settings().memory.perAgent;
  const timelines = createTimelines({ ...deps, perAgent, zone });
  const summaries = createSummaries(deps);
  const hints = createHints({ ...deps, zone });
  const recall = createRecall({ ...deps, perAgent, zone, isOn: () => deps.settings().memory.recall });
  const learning = createLearning({ ...deps, learn: createLearn({ ...deps, isPerAgent: perAgent }) });
  const gardening = createGardener({ ...deps, log: deps.telemetry.log });
  return {
    api: {
      items: createItems({ ...deps, zone }),
      near: createNearItems({ ...deps, log: deps.telemetry.log }),
      gardener: gardening.gardener,
      timelines,
      summaries,
      hints,
      recall,
      learning,
      used: (messageId: string) => ({
        items: memoryUsesOf(deps.db, messageId, deps.now()),
        messages: usedMessagesOf(deps.db, messageId),
      }),
      forTurns: { timelines, summaries, recall: createTurnRecall({ ...deps, recall }), zone },
    },
    startWrites: learning.analyst.startWrites,
    startLater: () => {
      warmTimeReading();
      learning.analyst.start();
      learning.backfill.resume();
      gardening.start();
    },
    stop: async () => {
      await gardening.stop();
      await learning.backfill.stop();
      await learning.analyst.stop();
      await summaries.close();
    },
  } satisfies Part<unknown>;
};
