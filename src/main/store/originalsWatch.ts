import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { elsewhere, type Original, originalPath, share as shareBytes } from './originals';

export interface OriginalsReport {
  total: number;
  /** Hashes of missing originals, and of those whose bytes were altered. */
  missing: string[];
  altered: string[];
}

/** Detects originals that are lost or altered, and restores them from a kept copy where there is one. */
export interface OriginalsWatch {
  report(): OriginalsReport;
  /** Checks in the background. Cheap, may be called often. */
  look(): void;
  close(): void;
}

const lookEveryMs = 5 * 60_000;
const shortestPauseMs = 5_000;
/** A check asks the disk about every file: it may take at most 1 / `share` of the time. */
const share = 20;
/** About 20 MB a second, which other work on the disk and the processor does not notice. */
const pieceBytes = 1 << 20;
const pieceMs = 50;

/** The hash of a file; null where it cannot be read. */
const hashOf = async (path: string, signal: AbortSignal): Promise<string | null> => {
  const hash = createHash('sha256');
  try {
    for await (const piece of createReadStream(path, { highWaterMark: pieceBytes, signal })) {
      hash.update(piece as Buffer);
      if ((piece as Buffer).length === pieceBytes) await wait(pieceMs, undefined, { signal });
    }
  } catch {
    signal.throwIfAborted();
    return null;
  }
  return hash.digest('hex');
};

export const createOriginalsWatch = ({
  dataFolder,
  list,
  isNeeded,
  onChange,
  log,
  pauseMs = shortestPauseMs,
}: {
  dataFolder: string;
  /** The originals that documents need now. */
  list: () => Original[];
  /** True while a document still needs the original. */
  isNeeded: (hash: string) => boolean;
  /** Called for each original that is missing, and for each that was restored. */
  onChange: (hash: string, missing: boolean) => void;
  log: { warn(fields: object, message: string): void };
  pauseMs?: number;
}): OriginalsWatch => {
  let report: OriginalsReport = { total: 0, missing: [], altered: [] };
  /** The state of each file when its bytes were last compared with its hash. */
  const compared = new Map<string, string>();
  const end = new AbortController();
  let running = false;
  let notBefore = Number.NEGATIVE_INFINITY;

  const stateOf = async (path: string): Promise<{ size: number; state: string } | null> => {
    const file = await stat(path).catch(() => null);
    return file ? { size: file.size, state: `${file.ino} ${file.size} ${file.mtimeMs}` } : null;
  };
  const mend = async ([hash, size]: Original, others: ReturnType<typeof elsewhere>): Promise<boolean> => {
    for (const path of others(hash))
      if ((await stateOf(path))?.size === size && (await hashOf(path, end.signal)) === hash)
        try {
          // An original forgotten during the check must not come back. Nothing happens between this question and the link.
          if (!isNeeded(hash)) return false;
          return shareBytes(path, originalPath(dataFolder, hash), size);
        } catch (error) {
          log.warn({ err: error }, 'a kept original could not be put back');
        }
    return false;
  };
  const problemOf = async (original: Original, others: ReturnType<typeof elsewhere>): Promise<'missing' | 'altered' | null> => {
    const [hash, size] = original;
    const path = originalPath(dataFolder, hash);
    const found = await stateOf(path);
    if (found && compared.get(hash) === found.state) return null;
    const problem = !found ? 'missing' : found.size === size && (await hashOf(path, end.signal)) === hash ? null : 'altered';
    if (problem && !(await mend(original, others))) return problem;
    if (problem) {
      log.warn({ problem }, 'an original was put back from the backups');
      onChange(hash, false);
    }
    const { state } = (await stateOf(path)) ?? {};
    if (state) compared.set(hash, state);
    return null;
  };
  const run = async (): Promise<void> => {
    running = true;
    const started = performance.now();
    try {
      const originals = list();
      const others = elsewhere(dataFolder);
      // First check that the files exist, which is quick.
      const bad = new Map<string, 'missing' | 'altered'>();
      for (const original of originals) {
        if (end.signal.aborted) return;
        if (await stateOf(originalPath(dataFolder, original[0]))) continue;
        const problem = await problemOf(original, others);
        if (problem) bad.set(original[0], problem);
      }
      const publish = (): void => {
        // Some may have been forgotten during the check.
        const having = (wanted: string): string[] =>
          [...bad].filter(([hash, problem]) => problem === wanted && isNeeded(hash)).map(([hash]) => hash);
        const next = { total: originals.length, missing: having('missing'), altered: having('altered') };
        const [before, after] = [new Set(report.missing), new Set(next.missing)];
        for (const hash of after) if (!before.has(hash)) onChange(hash, true);
        for (const hash of before) if (!after.has(hash)) onChange(hash, false);
        report = next;
      };
      if (bad.size > 0) publish();
      for (const original of originals) {
        if (end.signal.aborted) return;
        if (bad.has(original[0])) continue;
        const problem = await problemOf(original, others);
        if (problem) bad.set(original[0], problem);
      }
      publish();
    } catch (error) {
      if (!end.signal.aborted) log.warn({ err: error }, 'the originals could not be checked');
    } finally {
      running = false;
      notBefore = performance.now() + Math.max(pauseMs, Math.min(lookEveryMs, (performance.now() - started) * share));
    }
  };
  const look = (): void => {
    if (!running && !end.signal.aborted && performance.now() >= notBefore) void run();
  };
  const timer = setInterval(look, lookEveryMs).unref();

  return {
    report: () => report,
    look,
    close: () => {
      end.abort();
      clearInterval(timer);
    },
  };
};
