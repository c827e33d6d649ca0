import { setTimeout as pause } from 'node:timers/promises';
import type { ChangeBus } from '@main/store/changes';
import type { WritableDb } from '@main/store/database';
import { nextWithoutReferences, readReferencesAgain } from '@main/store/passageReferences';
import type { Telemetry } from '@main/telemetry/telemetry';

/** Questions and what the person drops first go before. */
const betweenVersionsMs = 20;

/**
 * Reads the exact references of documents that came in before there were any, or under earlier rules: one document at a time, in slices,
 * until none is left. A stop leaves the rest to the next start.
 */
export const createReferenceReading = ({
  db,
  changes,
  telemetry,
}: {
  db: WritableDb;
  changes: ChangeBus;
  telemetry: Pick<Telemetry, 'log'>;
}) => {
  const stop = new AbortController();
  let ended = Promise.resolve();
  const readAll = async (): Promise<void> => {
    let read = 0;
    for (let id = nextWithoutReferences(db); id !== null; id = nextWithoutReferences(db)) {
      await readReferencesAgain(db, id, stop.signal);
      read += 1;
      await pause(betweenVersionsMs, undefined, { signal: stop.signal, ref: false });
    }
    // Searches that were kept do not know them.
    if (read > 0) changes.publish('document');
  };
  return {
    start: (): void => {
      ended = readAll().catch((error: unknown) => {
        if (!stop.signal.aborted) telemetry.log.warn({ err: error }, 'the references of documents could not be read');
      });
    },
    stop: async (): Promise<void> => {
      stop.abort();
      await ended;
    },
    /** Resolves when nothing is left to read, or the reading was stopped. */
    ended: (): Promise<void> => ended,
  };
};
