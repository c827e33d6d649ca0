import type { EmbedderChoice } from './api';

/** Milliseconds between two tries; doubled each time. */
const waitMs = { first: 15_000, longest: 300_000 };

/**
 * Remembers a model that could not do its work (its service was not reachable), and calls `retry` on a sign that it may work again,
 * but not too often.
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
    /** To be called when a question was asked or the embedder worked. */
    sign: (): void => {
      if (!choice || performance.now() < notBefore) return;
      const again = choice;
      choice = null;
      retry(again);
    },
    /** To be called when another model, or this one again, is being tried. */
    forget: (): void => {
      choice = null;
    },
    finished: (): void => {
      failures = 0;
    },
  };
};
