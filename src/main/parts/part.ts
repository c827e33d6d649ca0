import type { HealthPart, HealthPartId } from '@shared/model';

export type PartHealth = Omit<HealthPart, 'id'>;
/** Reports how one part is now. A probe that throws or takes more than a second makes its part `down`. */
export type HealthProbe = () => PartHealth | Promise<PartHealth>;

/** A write that a start makes before anything new is accepted, or as soon as the disk has room. May be tried again. */
export interface StartWrite {
  what: string;
  write: () => void;
}

/** A room of the engine as `compose.ts` sees it: its services, and the moments of its life. All but `api` are optional. */
export interface Part<Api> {
  /** The services that other rooms are given. */
  readonly api: Api;
  readonly startWrites?: readonly StartWrite[];
  /** Called when all parts are built and their start writes are done. */
  start?(): void;
  /** Called once the window has had time to open, for work that can wait. */
  startLater?(): void;
  /** Ends what runs; called in the reverse order of the parts. A part may still use those before it. */
  stop?(): void | Promise<void>;
  /** The probes of the health parts that this room knows. */
  readonly health?: Partial<Record<HealthPartId, HealthProbe>>;
}
