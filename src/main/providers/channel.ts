/** Passes values from a running task to the reader of an async generator. Unbounded: no value is ever dropped. */
export interface Channel<T> {
  push(value: T): void;
  close(): void;
  fail(error: unknown): void;
  read(): AsyncGenerator<T, void, void>;
}

export const createChannel = <T>(): Channel<T> => {
  let queue: T[] = [];
  let end: { error?: unknown } | null = null;
  let wake = Promise.withResolvers<void>();
  return {
    push: (value) => {
      queue.push(value);
      wake.resolve();
    },
    close: () => {
      end ??= {};
      wake.resolve();
    },
    fail: (error) => {
      end ??= { error };
      wake.resolve();
    },
    read: async function* () {
      for (;;) {
        const ready = queue;
        queue = [];
        yield* ready;
        if (queue.length > 0) continue;
        if (end) {
          if ('error' in end) throw end.error;
          return;
        }
        await wake.promise;
        wake = Promise.withResolvers<void>();
      }
    },
  };
};
