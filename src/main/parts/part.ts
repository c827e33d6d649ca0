import type { HealthPart, HealthPartId } from '@shared/model';

export type PartHealth = Omit<HealthPart, 'id'>;
/** Reports the present state of one part. A probe that throws or takes more than a second makes its part `down`. */
export type HealthProbe = () => PartHealth | Promise<PartHealth>;

/** A write that a start makes before anything new is accepted, or as soon as the disk has room. May be retried. */
export interface StartWrite {
  what: string;
  write: () => void;
}

/** A room of the engine as `compose.ts` sees it: its services and its lifecycle. All but `api` are optional. */
export interface Part<Api> {
  /** The services for other rooms. */
  readonly api: Api;
  readonly startWrites?: readonly StartWrite[];
  /** Called when all parts are built and their start writes are done. */
  start?(): void;
  /** Called once the window has had time to open, for work that can wait. */
  startLater?(): void;
  /** Ends running work; called in the reverse order of the parts. A part may still use those before it. */
  stop?(): void | Promise<void>;
  /** The probes of the health parts that this room reports. */
  readonly health?: Partial<Record<HealthPartId, HealthProbe>>;
}
