/** A time limit for work that a caller may begin to wait for: it starts when the caller does. */
export interface Patience {
  /** True when a caller waits and the moment has passed. */
  readonly isOver: boolean;
  /** Returns the value of a promise, or null when the moment passes before it resolves. */
  orNull<T>(promise: Promise<T>): Promise<T | null>;
}

/** `waiting` is aborted when a caller begins to wait. */
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
