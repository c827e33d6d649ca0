import type { Agents } from '@main/agents/agents';
import type { Prompts } from '@main/prompts/prompts';
import type { ModelGateway } from '@main/providers/gateway';
import type { ChangeBus } from '@main/store/changes';
import type { WritableDb } from '@main/store/database';
import type { DiskRoom } from '@main/store/diskRoom';
import { learntFrom } from '@main/store/memoryAnalysis';
import type { Telemetry } from '@main/telemetry/telemetry';
import type { MemoryItem, ProviderAccount, Settings } from '@shared/model';
import type { Learn } from '../learnt';
import { createChatReader } from './analyseChat';
import { type Analyst, createAnalyst } from './analyst';
import { type Backfill, createBackfill } from './backfill';
import { createModelReader } from './modelReader';

export interface LearningDeps {
  db: WritableDb;
  changes: ChangeBus;
  gateway: ModelGateway;
  accounts: () => ProviderAccount[];
  prompts: Prompts;
  agents: Agents;
  settings: () => Pick<Settings, 'memory'>;
  learn: Learn;
  telemetry: Telemetry;
  diskRoom: Pick<DiskRoom, 'retryLater'>;
  now: () => number;
}

export interface Learning {
  analyst: Analyst;
  backfill: Backfill;
  /** The items that were learnt from a conversation, the latest first. */
  learnt(conversationId: string): MemoryItem[];
}

const mostShown = 100;

/** Learns from conversations: by itself when they rest, and from old ones when the person asks for it. */
export const createLearning = (deps: LearningDeps): Learning => {
  const reader = createChatReader({ ...deps, reader: createModelReader(deps) });
  const analyst = createAnalyst({ ...deps, reader });
  const backfill = createBackfill({ ...deps, reader, analyst });
  return { analyst, backfill, learnt: (conversationId) => learntFrom(deps.db, conversationId, mostShown, deps.now()) };
};
