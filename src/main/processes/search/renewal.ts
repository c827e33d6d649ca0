export interface RenewalDeps {
  /** Bytes that the process occupies. */
  memory(): number;
  /** Whether the process does nothing, in the background either. */
  settled(): boolean;
  now(): number;
  ask(): void;
}

/** Milliseconds without use after which a process that has grown asks for its renewal. */
const quietMs = 60_000;
/** A process that does not settle within this time after its start has had work beyond starting. */
const startMs = 30_000;
/** Growth over the size at rest that is worth a new process. */
const growth = { factor: 1.5, bytes: 64 * 2 ** 20 };

/**
 * Decides when a process is to be renewed: it was used, is quiet, and occupies much more than when it had started. Neither V8
 * nor the allocator gives all memory back to the system after large work; a new process has read what it needs in a moment.
 */
export const watchGrowth = ({ memory, settled, now, ask }: RenewalDeps) => {
  const startedAt = now();
  let atRest = memory();
  let used = false;
  let quietSince = startedAt;
  const use = (): void => {
    used = true;
    quietSince = now();
  };
  return {
    /** Notes that the process was given work. */
    use,
    /** To be called every few seconds. */
    look: (): void => {
      if (!settled()) {
        quietSince = now();
        if (quietSince - startedAt > startMs) used = true;
      } else if (!used) atRest = Math.max(atRest, memory());
      else if (now() - quietSince >= quietMs) {
        quietSince = now();
        if (memory() > Math.max(atRest * growth.factor, atRest + growth.bytes)) ask();
      }
    },
  };
};
