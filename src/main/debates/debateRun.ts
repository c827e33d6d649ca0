import { findDebate, saveDebateState } from '@main/store/debates';
import { dropSourcesOfConversation } from '@main/store/turns';
import type { ActiveSessions } from '@main/turns/activeSessions';
import { untilForgotten } from '@main/turns/finishAnswer';
import { createEventLog, type EventLog } from '@main/turns/turnEvents';
import { type Debate, type DebateConfig, type DebateEvent, EmergenceError, newId, toEmergenceError } from '@shared/model';
import { loadDebate, type Unstored } from './debateState';
import { isStorageError } from './endTurn';
import { createNumbering } from './numbering';
import { runDebate } from './runDebate';
import type { DebateDeps, RunningDebate } from './runningDebate';

/** One run of a debate, from its start or resumption to its end, and the parts of it that are not saved yet. */
export interface DebateRun {
  readonly events: EventLog<DebateEvent>;
  /** The id of an event before the first one of this run. */
  readonly beforeFirst: string;
  readonly running: boolean;
  /** True when it was asked to stop and has not ended yet. */
  readonly stopping: boolean;
  /** For `loadDebate`. */
  readonly unstored: Unstored;
  /** Why a part of it is not saved yet; null when all is. */
  readonly unsavedBecause: EmergenceError | null;
  /** Resolves when all contributions are saved, or kept to be saved later. */
  stop(reason: 'stop' | 'shutdown'): Promise<void>;
  readonly ended: Promise<void>;
}

type End = Pick<Debate, 'state' | 'error'>;

/** Runs a stored debate in the background, from its present round. */
export const startRun = (
  deps: DebateDeps & { sessions: ActiveSessions },
  { id, config, language }: { id: string; config: DebateConfig; language: 'en' | 'fr' },
): DebateRun => {
  const { db, changes, telemetry, diskRoom, now } = deps;
  // Distinguishes the event ids of this run from those of earlier ones.
  const prefix = `${newId().slice(-12)}.`;
  const events = createEventLog<DebateEvent>({ prefix });
  const abort = new AbortController();
  const current: RunningDebate = {
    id,
    config,
    language,
    signal: abort.signal,
    emit: events.append,
    live: new Map(),
    unsaved: new Map(),
    markerOf: createNumbering(db, id),
  };
  let running = true;
  let unsavedEnd: { end: End; because: EmergenceError } | null = null;
  const unstored: Unstored = {
    get running() {
      return running;
    },
    live: current.live,
    unsaved: current.unsaved,
    get end() {
      return unsavedEnd?.end ?? null;
    },
  };

  const endOf = (thrown: unknown): End => {
    const error = toEmergenceError(thrown, id);
    const { aborted, reason } = abort.signal;
    if (error.code === 'internal' && !aborted) telemetry.log.error({ err: thrown, debate: id }, 'a debate broke');
    const state = !aborted ? 'failed' : reason === 'shutdown' ? 'interrupted' : 'stopped';
    return { state, error: aborted && !isStorageError(error) ? null : error.toRecord() };
  };

  const saveEnd = (end: End): void => {
    const record = findDebate(db, id);
    if (record)
      db.transaction(() => {
        saveDebateState(db, id, { ...end, round: record.round, now: now() });
        if (end.state === 'done') dropSourcesOfConversation(db, id);
      })();
    unsavedEnd = null;
    // The debate was forgotten meanwhile.
    if (!record) return;
    if (end.state === 'done') countCost(loadDebate(db, id));
    changes.publish('conversation', id);
  };

  /** The cost of a debate that is over; not recorded while a price is unknown. */
  const countCost = ({ costs }: Debate): void => {
    const known = costs.flatMap(({ usage }) => usage.costNano ?? []);
    if (known.length === costs.length) telemetry.observe('debate_cost_usd', {}, known.reduce((sum, cost) => sum + cost, 0) / 1e9);
  };

  const drive = async (): Promise<void> => {
    deps.sessions.enter();
    let end: End = { state: 'done', error: null };
    try {
      await runDebate(deps, current);
    } catch (thrown) {
      end = endOf(thrown);
    }
    try {
      saveEnd(end);
    } catch (cause) {
      const because = toEmergenceError(cause, id);
      unsavedEnd = { end: { state: end.state, error: end.error ?? because.toRecord() }, because };
      diskRoom.retryLater('save the end of a debate', () => saveEnd(end), { cause, again: untilForgotten });
    }
    running = false;
    try {
      events.append({ type: 'ended', debate: loadDebate(db, id, unstored) });
    } catch (error) {
      telemetry.log.error({ err: error, debate: id }, 'the end of a debate could not be told');
    } finally {
      deps.sessions.leave();
      events.close();
      changes.publish('conversation', id);
    }
  };

  const ended = drive();
  return {
    events,
    beforeFirst: `${prefix}0`,
    get running() {
      return running;
    },
    get stopping() {
      return running && abort.signal.aborted;
    },
    unstored,
    get unsavedBecause() {
      const [kept] = current.unsaved.values();
      return kept?.message.error ? EmergenceError.fromRecord(kept.message.error) : (unsavedEnd?.because ?? null);
    },
    stop: async (reason) => {
      abort.abort(reason);
      await ended;
    },
    ended,
  };
};
