import { vi } from 'vitest';

/**
 * Waits of `vi.waitFor` and `vi.waitUntil` that name no limit end after a second by default, which a passing test reaches on a slow
 * machine. Only a failing test takes longer with a higher limit.
 */
const limitMs = 20_000;

type Options = number | { timeout?: number; interval?: number } | undefined;
const patient = (options: Options) => ({ timeout: limitMs, ...(typeof options === 'number' ? { timeout: options } : options) });

const { waitFor, waitUntil } = vi;
vi.waitFor = (callback, options) => waitFor(callback, patient(options));
vi.waitUntil = (callback, options) => waitUntil(callback, patient(options));
