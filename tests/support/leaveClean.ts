import { afterAll, vi } from 'vitest';

/** A file that shares its process with others gives the clock, the globals and the spied functions back to the next one. */
afterAll(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});
