/** Passages written or removed in one transaction: enough to count most terms once. */
const mostPassages = 100;
const fewestPassages = 5;
/** A question may have to wait for one step of indexing. */
const longestStepMs = 60;

/**
 * Sizes the steps of indexing by the time that the last one took: a hundred passages of new words, or a busy machine, take many
 * times as long as a hundred ordinary passages. `now` is in milliseconds.
 */
export const createWorkSteps = (now: () => number) => {
  let size = mostPassages;
  let turnAt = now();
  return {
    /** Passages of the next step. */
    get size() {
      return size;
    },
    /** Does one step, and sizes the next one. */
    step: <T>(work: () => T): T => {
      const started = now();
      const result = work();
      const took = Math.max(1, now() - started);
      size = Math.min(mostPassages, 2 * size, Math.max(fewestPassages, Math.floor((size * longestStepMs) / took)));
      return result;
    },
    /** True when the work since the last turn has lasted as long as a step may. */
    isTurnDue: (): boolean => now() - turnAt >= longestStepMs / 2,
    /** Notes that questions have had their turn. */
    turnTaken: (): void => {
      turnAt = now();
    },
  };
};
