import { statSync } from 'node:fs';

/** Detects damage to the database while the program runs. */
export interface DatabaseWatch {
  /** The findings of the last check; empty while the database is sound. */
  problems(): readonly string[];
  /** Has the file checked in the background if it changed since the last check. Cheap, may be called often. */
  look(): void;
  /** To be called when a query or a backup met damage: the file is checked even if it did not change. */
  suspect(): void;
  close(): void;
}

const lookEveryMs = 60_000;
const shortestPauseMs = 5_000;
/** A check of a large database reads all of it: it may take at most 1 / `share` of the time. */
const share = 20;

export const createDatabaseWatch = ({
  path,
  check,
  mend = () => false,
  onChange,
  log,
  pauseMs = shortestPauseMs,
}: {
  path: string;
  /** Returns the problems found in the file. */
  check: () => Promise<string[]>;
  /** Repairs parts that can be made again from the rest. True when it did so; the file is then checked once more. */
  mend?: (problems: readonly string[]) => boolean;
  onChange: () => void;
  log: { error(fields: object, message: string): void };
  pauseMs?: number;
}): DatabaseWatch => {
  let problems: string[] = [];
  let seen = '';
  let suspected = false;
  let running = false;
  let notBefore = Number.NEGATIVE_INFINITY;

  const state = (): string => {
    const file = statSync(path, { throwIfNoEntry: false });
    return file ? `${file.ino} ${file.size} ${file.mtimeMs}` : 'gone';
  };
  /** A repair that fails must not hide the problems: they are reported all the same. */
  const mended = (found: readonly string[]): boolean => {
    try {
      return mend(found);
    } catch (error) {
      log.error({ err: error }, 'the database could not be repaired');
      return false;
    }
  };
  const run = async (): Promise<void> => {
    running = true;
    suspected = false;
    const started = performance.now();
    const found = state();
    try {
      let next = found === 'gone' ? ['The file is gone.'] : await check();
      if (next.length > 0 && mended(next)) {
        log.error({ problems: next.length }, 'what was damaged was made again from the rest');
        next = await check();
      }
      seen = found;
      const changed = next.length !== problems.length;
      problems = next;
      if (next.length > 0 && changed) log.error({ problems: next.length }, 'the database does not pass its check');
      if (changed) onChange();
    } catch (error) {
      log.error({ err: error }, 'the database could not be checked');
    } finally {
      running = false;
      notBefore = performance.now() + Math.max(pauseMs, (performance.now() - started) * share);
    }
  };
  const look = (): void => {
    if (!running && performance.now() >= notBefore && (suspected || state() !== seen)) void run();
  };
  const timer = setInterval(look, lookEveryMs).unref();

  return {
    problems: () => problems,
    look,
    suspect: () => {
      suspected = true;
      look();
    },
    close: () => clearInterval(timer),
  };
};
