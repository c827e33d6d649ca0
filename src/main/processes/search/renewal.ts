export interface RenewalDeps {
  /** Bytes that the process occupies. */
  memory(): number;
  /** True when the process does nothing, not even in the background. */
  settled(): boolean;
  now(): number;
  ask(): void;
}

/** A process that has grown asks for its renewal after this many milliseconds without use. */
const quietMs = 60_000;
/** A process that does not settle within this time after its start has had work besides starting. */
const startMs = 30_000;
/** Growth over the size at rest at which a new process is worth it. */
const growth = { factor: 1.5, bytes: 64 * 2 ** 20 };

/**
 * Decides when a process should be renewed: it was used, is quiet, and occupies much more than after its start. Neither V8 nor the
 * allocator gives all memory back to the system after large work, while a new process reads its data in a moment.
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
    /** Notes that the process got work. */
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
