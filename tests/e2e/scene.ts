import type { FaultyProvider } from '../support/faultyProvider';
import type { App } from './app';

/** The things that events act on. */
export interface Scene {
  readonly app: App;
  /** The only model provider; an event adds it to the program. */
  readonly faulty: FaultyProvider;
  /** An empty folder for documents. */
  readonly folder: string;
  /** Repairs of what events break. They run once the figures are read. */
  readonly repairs: (() => void)[];
}

export interface FigureEvent {
  /** Does something in the program, as a person or the world would, and returns when it has happened. */
  run(scene: Scene): Promise<void>;
}
