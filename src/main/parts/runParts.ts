import type { Logger } from '@main/telemetry/telemetry';
import type { Part } from './part';

/** Work that can wait begins this long after the start. */
const laterMs = 1_500;

export interface RunningParts {
  /**
   * Ends all parts, the last one first. An error of one is logged and the others still end: the next start repairs what a full disk
   * did not allow. Rejects where the first part, on which all others depend, did not end.
   */
  stop(): Promise<void>;
}

/** Starts parts that are built, in their order: the start writes of all, then `start` of each, and `startLater` after a while. */
export const runParts = (
  parts: readonly Part<unknown>[],
  {
    write,
    log,
    waitMs = laterMs,
  }: { write: (what: string, write: () => void) => void; log: Pick<Logger, 'warn' | 'error'>; waitMs?: number },
): RunningParts => {
  for (const { startWrites = [] } of parts) for (const { what, write: startWrite } of startWrites) write(what, startWrite);
  for (const part of parts) part.start?.();
  const timer = setTimeout(() => {
    for (const part of parts)
      try {
        part.startLater?.();
      } catch (error) {
        log.warn({ err: error }, 'work that follows the start could not begin');
      }
  }, waitMs);
  return {
    stop: async () => {
      clearTimeout(timer);
      for (const part of parts.toReversed())
        try {
          await part.stop?.();
        } catch (error) {
          log.error({ err: error }, 'a part did not end well');
          if (part === parts[0]) throw error;
        }
    },
  };
};
