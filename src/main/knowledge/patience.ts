/** Work that somebody may begin to wait for: from then on it has a moment left. */
export interface Patience {
  /** Somebody waits, and the moment is over. */
  readonly isOver: boolean;
  /** Returns the value of a promise, or null when the moment is over before it comes. */
  orNull<T>(promise: Promise<T>): Promise<T | null>;
}

/** `waiting` is aborted when somebody begins to wait. */
export const createPatience = (waiting: AbortSignal, momentMs: number): Patience => {
  let since: number | null = null;
  const leftMs = (): number => {
    if (!waiting.aborted) return Number.POSITIVE_INFINITY;
    since ??= performance.now();
    return Math.max(0, momentMs - (performance.now() - since));
  };
  return {
    get isOver() {
      return leftMs() <= 0;
    },
    orNull: async (promise) => {
      const over = Promise.withResolvers<null>();
      let timer: NodeJS.Timeout | undefined;
      const begin = (): void => {
        timer = setTimeout(() => over.resolve(null), leftMs());
      };
      if (waiting.aborted) begin();
      else waiting.addEventListener('abort', begin, { once: true });
      try {
        return await Promise.race([promise, over.promise]);
      } finally {
        clearTimeout(timer);
        waiting.removeEventListener('abort', begin);
      }
    },
  };
};
