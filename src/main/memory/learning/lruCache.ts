/** Keeps the latest `size` values for `ttlMs` each; time by `now`. */
export const createLruCache = <T>({ size, ttlMs, now }: { size: number; ttlMs: number; now: () => number }) => {
  const entries = new Map<string, { value: T; at: number }>();
  return {
    get: (key: string): T | null => {
      const entry = entries.get(key);
      entries.delete(key);
      if (!entry || now() - entry.at >= ttlMs) return null;
      entries.set(key, entry);
      return entry.value;
    },
    set: (key: string, value: T): void => {
      entries.delete(key);
      entries.set(key, { value, at: now() });
      for (const oldest of entries.keys()) {
        if (entries.size <= size) break;
        entries.delete(oldest);
      }
    },
    get size(): number {
      return entries.size;
    },
  };
};
