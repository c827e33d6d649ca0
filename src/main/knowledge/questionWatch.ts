/** Knows when a question is being searched for, so that work in the background stands back. */
export const createQuestionWatch = () => {
  let asked = 0;
  let answered = Promise.withResolvers<void>();
  return {
    during: async <T>(work: () => Promise<T>): Promise<T> => {
      if (asked++ === 0) answered = Promise.withResolvers<void>();
      try {
        return await work();
      } finally {
        asked -= 1;
        if (asked === 0) answered.resolve();
      }
    },
    /** Resolves when no question is being searched for. */
    quiet: async (): Promise<void> => {
      while (asked > 0) await answered.promise;
    },
  };
};
