import type { EmbedderChoice } from './api';

/** Milliseconds between two tries; doubled each time. */
const waitMs = { first: 15_000, longest: 300_000 };

/**
 * Remembers a model that could not do its work (a service that was away): to be tried again with `retry` when there is a
 * sign that it is worth it, and not too often.
 */
export const createUnfinishedModel = (retry: (choice: EmbedderChoice) => void) => {
  let choice: EmbedderChoice | null = null;
  let failures = 0;
  let notBefore = 0;
  return {
    leave: (failed: EmbedderChoice): void => {
      choice = failed;
      notBefore = performance.now() + Math.min(waitMs.first * 2 ** failures, waitMs.longest);
      failures += 1;
    },
    /** A question was asked, or the embedder worked. */
    sign: (): void => {
      if (!choice || performance.now() < notBefore) return;
      const again = choice;
      choice = null;
      retry(again);
    },
    /** Another model is tried, or this one once more. */
    forget: (): void => {
      choice = null;
    },
    finished: (): void => {
      failures = 0;
    },
  };
};
