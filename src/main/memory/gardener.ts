import type { ChangeBus } from '@main/store/changes';
import type { WritableDb } from '@main/store/database';
import { emptyLog } from '@main/store/emptyLog';
import { binnedMemories, deleteMemory } from '@main/store/memoryDelete';
import { archiveInRun, fadedMemories, findRun, lastRuns, memoryExtent, pruneRuns, storeRun, undoRun } from '@main/store/memoryRuns';
import { writeInSlices } from '@main/store/slices';
import type { Telemetry } from '@main/telemetry/telemetry';
import { EmergenceError, type GardenerReport, type GardenerRun, newId } from '@shared/model';

/** At this vitality an item goes to the archive. */
const archiveAt = 0.12;
const dayMs = 86_400_000;
/** Items lie in the bin for this long. */
const binMs = 30 * dayMs;
/** The program may run for weeks, and the machine may sleep through an hour of the clock: so the day is checked often. */
const lookEveryMs = 30 * 60_000;
/** The runs that are kept, with what they changed: a year of days would be of no use. */
const keptRuns = 60;
/** The items that are read and archived at once: a few milliseconds. */
const part = 500;

export interface Gardener {
  /** The plan of a run now: its report, without writing anything. */
  preview(): GardenerReport;
  /** Archives what has faded and empties the bin of what has lain there for thirty days. Throws `conflict` while a run is under way. */
  run(): Promise<GardenerRun>;
  /** The last runs, the newest first. */
  runs(): GardenerRun[];
  /** Brings back what a run archived, except items that changed since. The bin stays empty. Throws `not_found`, or `conflict` the second time. */
  undo(id: string): { run: GardenerRun; restored: number };
}

/** Ages memories by the clock: once a day, and when the person asks. */
export const createGardener = ({
  db,
  changes,
  now,
  log,
  everyMs = lookEveryMs,
}: {
  db: WritableDb;
  changes: ChangeBus;
  now: () => number;
  log: Telemetry['log'];
  everyMs?: number;
}) => {
  const ending = new AbortController();
  let current: Promise<GardenerRun> | null = null;

  /** The faded items, part by part. */
  function* faded(last: number, at: number): Generator<string[]> {
    for (let after = 0; after < last; after += part)
      yield fadedMemories(db, { after, last: Math.min(last, after + part) }, archiveAt, at).map(({ id }) => id);
  }

  const preview = (): GardenerReport => {
    const at = now();
    const { last, live } = memoryExtent(db);
    return { archived: [...faded(last, at)].flat(), emptied: binnedMemories(db, at - binMs, -1).length, live };
  };

  /** Each step is a whole: a run that a crash cuts has its change of each item noted, and can be undone. */
  function* steps(run: GardenerRun, last: number): Generator<void, void, void> {
    storeRun(db, run);
    yield;
    for (const ids of faded(last, run.at)) {
      if (ids.length > 0) archiveInRun(db, run.id, ids, run.at);
      run.report.archived.push(...ids);
      yield;
    }
    for (const id of binnedMemories(db, run.at - binMs, -1)) {
      deleteMemory(db, id, run.at);
      run.report.emptied += 1;
      yield;
    }
    storeRun(db, run);
    pruneRuns(db, keptRuns);
  }

  const runOnce = async (): Promise<GardenerRun> => {
    const { last, live } = memoryExtent(db);
    const made: GardenerRun = { id: newId(), at: now(), report: { archived: [], emptied: 0, live }, undoneAt: null };
    await writeInSlices(db, steps(made, last), ending.signal);
    if (made.report.emptied > 0) await emptyLog(db);
    changes.publish('memory');
    return made;
  };
  const run = async (): Promise<GardenerRun> => {
    if (current) throw new EmergenceError('conflict');
    current = runOnce();
    try {
      return await current;
    } finally {
      current = null;
    }
  };

  const undo = (id: string): { run: GardenerRun; restored: number } => {
    const found = findRun(db, id);
    if (!found) throw new EmergenceError('not_found');
    if (found.undoneAt !== null) throw new EmergenceError('conflict');
    const at = now();
    const restored = db.transaction(() => undoRun(db, id, at))();
    changes.publish('memory', ...restored);
    return { run: { ...found, undoneAt: at }, restored: restored.length };
  };

  /** Runs when the last run is a day old. */
  const look = async (): Promise<void> => {
    const [last] = lastRuns(db, 1);
    if (current || (last && now() - last.at < dayMs)) return;
    try {
      await run();
    } catch (error) {
      if (!ending.signal.aborted) log.error({ err: error }, 'the gardener of memories failed');
    }
  };
  let timer: NodeJS.Timeout | undefined;

  return {
    gardener: { preview, run, undo, runs: () => lastRuns(db, keptRuns) } satisfies Gardener as Gardener,
    look,
    start: () => {
      timer = setInterval(() => void look(), everyMs).unref();
      void look();
    },
    /** Resolves when the run under way has ended its slice. */
    stop: async () => {
      clearInterval(timer);
      ending.abort();
      await current?.catch(() => {});
    },
  };
};
