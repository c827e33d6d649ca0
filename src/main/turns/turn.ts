import type { Speakers } from '@main/agents/agents';
import type { Retriever } from '@main/knowledge/retriever';
import type { Prompts } from '@main/prompts/prompts';
import type { ModelGateway } from '@main/providers/gateway';
import type { ChangeBus } from '@main/store/changes';
import type { WritableDb } from '@main/store/database';
import type { DiskRoom } from '@main/store/diskRoom';
import type { Telemetry } from '@main/telemetry/telemetry';
import type { AnswerInfo, Thinking } from '@shared/model';

/** The parts of the program that the steps of a turn need. */
export interface TurnDeps {
  db: WritableDb;
  gateway: ModelGateway;
  retriever: Retriever;
  prompts: Prompts;
  agents: Speakers;
  changes: ChangeBus;
  telemetry: Telemetry;
  diskRoom: Pick<DiskRoom, 'retryLater' | 'retryNow'>;
  now: () => number;
}

/** A turn whose answer is stored, empty or with the text that it continues. */
export interface OpenTurn {
  id: string;
  conversationId: string;
  messageId: string;
  /** The agent that answers. */
  agentId: string;
  /** The answer so far when it is continued; empty otherwise. */
  partial: string;
  /** Cost and time of the earlier turns of the same answer; `continue` adds to them. */
  before: AnswerInfo | null;
  /** The thinking of those turns. */
  thinking: Thinking | null;
  createdAt: number;
}

/** Why a turn was aborted: by the person's stop, or by the end of the program (the answer can then be continued). */
export type StopReason = 'stop' | 'shutdown';
