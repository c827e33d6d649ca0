import type { OpenTurn, TurnDeps } from '@main/turns/turn';
import type { DebateConfig, DebateEvent, DebateTurn, Settings, Thinking } from '@shared/model';

export interface DebateDeps extends TurnDeps {
  settings: () => Pick<Settings, 'appearance' | 'providers'>;
}

/** The state of a debate while it runs. */
export interface RunningDebate {
  id: string;
  config: DebateConfig;
  language: 'en' | 'fr';
  signal: AbortSignal;
  emit: (event: DebateEvent) => void;
  /** The messages that are being written, as they are shown. */
  live: Map<string, { readonly text: string; readonly thinking: Thinking | null }>;
  /** Contributions that have ended but wait for room on the disk, as they are shown, by message. */
  unsaved: Map<string, DebateTurn>;
  /** Numbers passages over the whole debate, so that a number means one source in the transcript and the synthesis too. */
  markerOf: (passage: { versionId: string; start: number; end: number }) => number;
}

/** A contribution to a debate that is being written. */
export interface Contribution extends OpenTurn {
  seat: number;
  round: number;
}
