import type { Retriever } from '@main/knowledge/retriever';
import type { Prompts } from '@main/prompts/prompts';
import type { ModelGateway } from '@main/providers/gateway';
import type { ChangeBus } from '@main/store/changes';
import type { WritableDb } from '@main/store/database';
import type { Telemetry } from '@main/telemetry/telemetry';
import type { LateSaves } from '@main/turns/lateSaves';
import type { Agent, AnswerInfo, DebateConfig, DebateEvent, DebateTurn, Settings, Thinking } from '@shared/model';

/** What those who run a debate are given. */
export interface DebateDeps {
  db: WritableDb;
  gateway: ModelGateway;
  retriever: Retriever;
  prompts: Prompts;
  agentOf: (agentId: string) => Pick<Agent, 'temperature' | 'maxOutputTokens'>;
  changes: ChangeBus;
  telemetry: Telemetry;
  settings: () => Pick<Settings, 'language'> & Partial<Pick<Settings, 'localFallback'>>;
  lateSaves: LateSaves;
  now: () => number;
}

/** A debate while it runs. */
export interface Floor {
  id: string;
  config: DebateConfig;
  language: 'en' | 'fr';
  signal: AbortSignal;
  emit: (event: DebateEvent) => void;
  /** Text shown of the messages that are being written. */
  liveText: Map<string, { readonly text: string }>;
  /** What was thought for them. */
  liveThinking: Map<string, Thinking>;
  /** Contributions that are over but wait for room on the disk, as they are shown, by message. */
  unsaved: Map<string, DebateTurn>;
  /** Numbers passages over the whole debate, so that a number means one source in the transcript and the synthesis too. */
  markerOf: (passage: { versionId: string; start: number; end: number }) => number;
}

/** A contribution whose message is saved, empty or with what was said before the debate was stopped. */
export interface OpenTurn {
  turnId: string;
  messageId: string;
  seat: number;
  round: number;
  partial: string;
  /** What earlier turns of the same contribution used. */
  before: AnswerInfo | null;
  thinking: Thinking | null;
  createdAt: number;
}
