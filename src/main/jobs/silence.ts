import { EmergenceError, type SilenceLimit } from '@shared/model';

/** Aborts the work's signal when `alive` is not called for `limitMs`; then throws the limit's error in place of the work's own. */
export const withSilenceLimit = async <T>(
  { limitMs, code }: SilenceLimit,
  work: (signal: AbortSignal, alive: () => void) => Promise<T>,
): Promise<T> => {
  const silent = new AbortController();
  const timer = setTimeout(() => silent.abort(new EmergenceError(code, { reason: 'silent', limitMs })), limitMs);
  const alive = (): void => {
    // `refresh` would start a timer again that has already fired.
    if (!silent.signal.aborted) timer.refresh();
  };
  try {
    return await work(silent.signal, alive);
  } catch (error) {
    throw silent.signal.aborted ? silent.signal.reason : error;
  } finally {
    clearTimeout(timer);
  }
};
