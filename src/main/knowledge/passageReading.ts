import { type EncodeApi, secondModelDimensions, secondModelId } from '@main/processes/encode/api';
import type { Helper } from '@main/processes/helper';
import type { ReadingState, SearchApi, UnreadPassage } from '@main/processes/search/api';
import type { SettingsService } from '@main/settings/settings';
import type { ChangeBus } from '@main/store/changes';
import type { ReadableDb } from '@main/store/database';
import { versionsToRead } from '@main/store/readingOrder';
import type { Telemetry } from '@main/telemetry/telemetry';
import { EmergenceError, isCancelled, type Reading, type Settings } from '@shared/model';

export interface PassageReadingDeps {
  db: ReadableDb;
  changes: ChangeBus;
  settings: SettingsService;
  search: Pick<Helper<SearchApi>, 'call'>;
  passages: Pick<Helper<EncodeApi>, 'call'>;
  telemetry: Telemetry;
  batteryIsLow?: (() => boolean) | undefined;
  /** Milliseconds; replaced in tests. */
  waits?: Partial<typeof readingWaits>;
}

/** The second model reads the library in the background. */
export interface PassageReading {
  /** Reading pauses until the work is done: nothing may slow a question. */
  pausedFor<T>(work: () => Promise<T>): Promise<T>;
  /** True when passages were read, so that a question is worth a vector of the same model. */
  hasRead(): boolean;
  state(): Promise<Reading>;
  /** Looks what is left to read, a while after the start. */
  start(): void;
  stop(): Promise<void>;
}

/** Milliseconds. */
const readingWaits = {
  /** A start, its first questions and what the person drops first go before. */
  afterStart: 60_000,
  afterChange: 2_000,
  look: 4_000,
  /** Between two reports of progress; each makes cached searches stale. */
  betweenReports: 5_000,
  battery: 30_000,
};
const versionsAtOnce = 100;
const passagesAtOnce = 16;
/** A single passage takes a tenth of a second, and a slow machine some; the model is loaded within this, too. */
const passageLimitMs = 60_000;
/** A passage on which the process died this often is given up: it may be the cause. */
const mostDeaths = 2;
/** A model that failed this often in a row cannot run on this machine: it is tried again at the next start. */
const mostFailures = 3;
const stateLimitMs = 900;

/** True where the second model takes part: it is measured beside the bundled static one only. */
export const usesSecondModel = ({ search }: Pick<Settings, 'search'>): boolean => search.secondModel && search.embeddingModel === 'bundled';

export const createPassageReading = (deps: PassageReadingDeps): PassageReading => {
  const { db, changes, settings, search, passages, telemetry, batteryIsLow = () => false } = deps;
  const { log } = telemetry;
  const waits = { ...readingWaits, ...deps.waits };
  let known: ReadingState = { read: 0, total: 0 };
  let phase: Reading['state'] = 'waiting';
  let run: { stop: AbortController; ended: Promise<void> } | null = null;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let looking: NodeJS.Timeout | undefined;
  let unsubscribe = (): void => {};
  let reportedAt = 0;
  let failures = 0;
  /** True when the model read a passage since the start of the program. */
  let hasWorked = false;
  /** True when documents changed after the order of this run was made. */
  let isOutOfDate = false;
  let asked = 0;
  let answered = Promise.withResolvers<void>();

  const report = (isNews: boolean): void => {
    if (!isNews && performance.now() - reportedAt < waits.betweenReports) return;
    reportedAt = performance.now();
    changes.publish('embedding', secondModelId);
  };
  const enter = (next: Reading['state']): void => {
    const isNews = next !== phase;
    phase = next;
    report(isNews);
  };
  const pause = (ms: number, signal: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      const wake = (): void => {
        clearTimeout(waiting);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      const waiting = setTimeout(wake, ms);
      waiting.unref();
      signal.addEventListener('abort', wake);
    });
  /** Resolves when no question is being answered and the battery has enough. */
  const quiet = async (signal: AbortSignal): Promise<void> => {
    while (asked > 0 && !signal.aborted) await answered.promise;
    while (batteryIsLow() && !signal.aborted) {
      enter('paused');
      await pause(waits.battery, signal);
    }
    signal.throwIfAborted();
  };

  const vectorOf = async ({ text }: UnreadPassage, signal: AbortSignal): Promise<Float32Array> => {
    for (let deaths = 0; ; ) {
      await quiet(signal);
      try {
        return await passages.call('encode', { text, as: 'passage' }, { signal, timeLimitMs: passageLimitMs, killOnTimeout: true });
      } catch (error) {
        if (!(error instanceof EmergenceError) || error.code !== 'process.died') throw error;
        deaths += 1;
        // With a vector that is near nothing it counts as read: otherwise it would be tried at every start.
        if (deaths >= mostDeaths && hasWorked) return new Float32Array(secondModelDimensions);
        if (deaths >= mostDeaths) throw error;
      }
    }
  };

  const readAll = async (signal: AbortSignal): Promise<void> => {
    let left = versionsToRead(db);
    while (left.length > 0) {
      await quiet(signal);
      if (isOutOfDate) {
        isOutOfDate = false;
        left = versionsToRead(db);
      }
      const unread = await search.call('unread', { versionIds: left.slice(0, versionsAtOnce), limit: passagesAtOnce }, { signal });
      known = unread;
      left = left.slice(unread.done);
      if (unread.passages.length === 0) continue;
      enter('reading');
      const vectors: { textHash: Uint8Array; vector: Float32Array }[] = [];
      for (const passage of unread.passages) vectors.push({ textHash: passage.textHash, vector: await vectorOf(passage, signal) });
      known = await search.call('keepRead', { vectors }, { signal });
      telemetry.increment('embedding_texts_total', { model: secondModelId }, vectors.length);
      failures = 0;
      hasWorked = true;
      report(false);
    }
  };

  const begin = (): void => {
    if (stopped || run || !usesSecondModel(settings.get())) return;
    const stop = new AbortController();
    const ended = readAll(stop.signal)
      .then(() => enter('done'))
      .catch((error: unknown) => {
        if (isCancelled(error) || stop.signal.aborted) return;
        failures += 1;
        log.warn({ err: error, failures }, 'passages could not be read by the second model');
        if (failures < mostFailures) beginIn(waits.battery);
        else enter('failed');
      })
      .finally(() => {
        run = null;
        if (isOutOfDate || stop.signal.aborted) beginIn(waits.afterChange);
      });
    run = { stop, ended };
  };
  const beginIn = (ms: number): void => {
    clearTimeout(timer);
    timer = setTimeout(begin, ms);
    timer.unref();
  };

  /** Learns how much was read before this start. */
  const look = async (): Promise<void> => {
    if (!usesSecondModel(settings.get())) return;
    try {
      const found = await search.call('reading', undefined);
      if (known.total === 0) known = found;
    } catch (error) {
      if (!isCancelled(error)) log.warn({ err: error }, 'the state of reading is not known');
    }
  };

  return {
    pausedFor: async (work) => {
      if (asked++ === 0) answered = Promise.withResolvers<void>();
      try {
        return await work();
      } finally {
        asked -= 1;
        if (asked === 0) answered.resolve();
      }
    },
    hasRead: () => known.read > 0 && usesSecondModel(settings.get()),
    state: async () => {
      const now = await search
        .call('reading', undefined, { timeLimitMs: stateLimitMs, timeoutCode: 'search.unavailable' })
        .catch(() => known);
      const state = usesSecondModel(settings.get()) ? phase : 'off';
      // Passages of documents in the bin are in the index, but are not read before they are restored.
      return { state, read: now.read, total: state === 'done' ? now.read : now.total };
    },
    start: () => {
      let isOn = usesSecondModel(settings.get());
      unsubscribe = changes.subscribe(({ entity }) => {
        if (entity === 'document') {
          isOutOfDate = true;
          if (!run && phase !== 'waiting' && phase !== 'failed') beginIn(waits.afterChange);
        }
        if (entity !== 'settings' || isOn === usesSecondModel(settings.get())) return;
        isOn = !isOn;
        failures = 0;
        if (isOn) beginIn(0);
        else run?.stop.abort();
      });
      beginIn(waits.afterStart);
      looking = setTimeout(() => void look(), waits.look);
      looking.unref();
    },
    stop: async () => {
      stopped = true;
      unsubscribe();
      clearTimeout(timer);
      clearTimeout(looking);
      run?.stop.abort();
      answered.resolve();
      await run?.ended;
    },
  };
};
