import type { ActiveSessions } from '@main/chat/activeSessions';
import { detectLanguage } from '@main/chat/language';
import { titleFromWords } from '@main/chat/titles';
import { createEventLog, type EventLog, type LoggedEvent } from '@main/chat/turnEvents';
import { findConversation, insertConversation, setActiveLeaf, setAutomaticTitle } from '@main/store/conversations';
import { findDebate, insertDebate, runningDebates, saveDebateState } from '@main/store/debates';
import { insertMessage } from '@main/store/messages';
import { dropSourcesOfConversation, sourcesOfMessage } from '@main/store/turns';
import { type Debate, type DebateConfig, type DebateEvent, EmergenceError, newId, type Settings, toEmergenceError } from '@shared/model';
import { debateTurns, loadDebate } from './debateState';
import { runDebate } from './runDebate';
import type { DebateDeps, Floor } from './speak';

export interface DebateServiceDeps extends DebateDeps {
  sessions: ActiveSessions;
  settings: () => Pick<Settings, 'language'>;
}

export interface Debates {
  /** Stores and starts; the same id twice returns the first. Throws `provider.none` without a model: quotes do not debate. */
  start(input: { id: string; config: DebateConfig }): Debate;
  get(id: string): Debate;
  /** The whole state first (unless the reader comes back to the same run), then what happens, until the debate ends. */
  watch(
    id: string,
    options: { lastEventId?: string | undefined; signal?: AbortSignal | undefined },
  ): AsyncGenerator<LoggedEvent<DebateEvent>, void, void>;
  /** Resolves when what was said is saved; one that does not run is fine. */
  stop(id: string): Promise<void>;
  resume(id: string): Debate;
  /** At start: debates that a crash left running become `interrupted`. `chat.closeInterrupted` closes their turns. */
  closeInterrupted(): number;
  shutdown(): Promise<void>;
}

interface Run {
  /** Distinguishes the event ids of this run from those of earlier ones. */
  prefix: string;
  events: EventLog<DebateEvent>;
  liveText: Map<string, string>;
  abort: AbortController;
  ended: Promise<void>;
}

const keepEndedMs = 5 * 60_000;

export const createDebates = (deps: DebateServiceDeps): Debates => {
  const { db, changes, telemetry, now } = deps;
  const runs = new Map<string, Run>();

  const requireModel = (config: DebateConfig): void => {
    for (const seat of [...config.debaters, config.mediator])
      if (deps.gateway.candidatesFor({ model: seat.model, agentId: seat.agentId }).length === 0) throw new EmergenceError('provider.none');
  };
  const isRunning = (id: string): boolean => runs.get(id)?.events.closed === false;

  /** Runs a stored debate in the background, from the round where it stands. */
  const launch = (id: string, config: DebateConfig): void => {
    const prefix = `${newId().slice(-12)}.`;
    const run: Run = {
      prefix,
      events: createEventLog<DebateEvent>({ prefix }),
      liveText: new Map(),
      abort: new AbortController(),
      ended: Promise.resolve(),
    };
    runs.set(id, run);
    const floor: Floor = {
      id,
      config,
      language: detectLanguage(
        `${config.topic} ${config.debaters.map(({ side }) => side).join(' ')}`,
        deps.settings().language === 'fr' ? 'fr' : 'en',
      ),
      signal: run.abort.signal,
      emit: run.events.append,
      liveText: run.liveText,
      markerOf: createNumbering(id),
    };
    run.ended = drive(run, floor);
    changes.publish('conversation', id);
  };

  const drive = async (run: Run, floor: Floor): Promise<void> => {
    deps.sessions.enter();
    let end: { state: Debate['state']; error: ReturnType<EmergenceError['toRecord']> | null } = { state: 'done', error: null };
    try {
      await runDebate(deps, floor);
    } catch (thrown) {
      const error = toEmergenceError(thrown, floor.id);
      if (error.code === 'internal' && !floor.signal.aborted) telemetry.log.error({ err: thrown, debate: floor.id }, 'a debate broke');
      end = floor.signal.aborted
        ? { state: floor.signal.reason === 'shutdown' ? 'interrupted' : 'stopped', error: null }
        : { state: 'failed', error: error.toRecord() };
    }
    try {
      saveDebateState(db, floor.id, { ...end, round: findDebate(db, floor.id)?.round ?? 1, now: now() });
      if (end.state === 'done') dropSourcesOfConversation(db, floor.id);
      const debate = loadDebate(db, floor.id);
      countCost(debate);
      run.events.append({ type: 'ended', debate });
    } catch (error) {
      telemetry.log.error({ err: error, debate: floor.id }, 'the end of a debate could not be saved');
    } finally {
      deps.sessions.leave();
      run.events.close();
      changes.publish('conversation', floor.id);
      setTimeout(() => {
        if (runs.get(floor.id) === run) runs.delete(floor.id);
      }, keepEndedMs).unref();
    }
  };

  /** The cost of a debate that is over; nothing is observed while a price is unknown. */
  const countCost = (debate: Debate): void => {
    const costs = debate.costs.map(({ usage }) => usage.costNano);
    if (debate.state !== 'done' || costs.includes(null)) return;
    telemetry.observe('debate_cost_usd', {}, costs.reduce<number>((sum, cost) => sum + (cost ?? 0), 0) / 1e9);
  };

  /** One number for one passage in the whole debate, those of earlier runs included. */
  const createNumbering = (id: string): Floor['markerOf'] => {
    const key = (passage: { versionId: string; start: number; end: number }): string =>
      `${passage.versionId} ${passage.start} ${passage.end}`;
    const markers = new Map<string, number>();
    let highest = 0;
    for (const { message } of debateTurns(db, id))
      for (const source of sourcesOfMessage(db, message.id)?.sources ?? []) {
        markers.set(key(source), source.marker);
        highest = Math.max(highest, source.marker);
      }
    return (passage) => {
      const known = markers.get(key(passage));
      if (known !== undefined) return known;
      highest += 1;
      markers.set(key(passage), highest);
      return highest;
    };
  };

  const start: Debates['start'] = ({ id, config }) => {
    if (findDebate(db, id)) return loadDebate(db, id);
    if (findConversation(db, id)) throw new EmergenceError('conflict');
    requireModel(config);
    const at = now();
    db.transaction(() => {
      const settings = { documents: config.documents, collectionIds: config.collectionIds, agentId: config.mediator.agentId, model: null };
      insertConversation(db, { id, kind: 'debate', settings, now: at });
      setAutomaticTitle(db, id, titleFromWords(config.topic));
      const topicId = newId();
      insertMessage(db, {
        id: topicId,
        conversationId: id,
        parentId: null,
        turnId: null,
        role: 'user',
        speaker: null,
        state: 'complete',
        text: config.topic,
        at,
      });
      setActiveLeaf(db, id, topicId);
      insertDebate(db, { conversationId: id, config, now: at });
    })();
    telemetry.increment('chat_messages_total', {});
    launch(id, config);
    return loadDebate(db, id);
  };

  const resume = (id: string): Debate => {
    const record = findDebate(db, id);
    if (!record || findConversation(db, id)?.deletedAt !== null) throw new EmergenceError('not_found');
    if (record.state !== 'done' && !isRunning(id)) {
      requireModel(record.config);
      saveDebateState(db, id, { state: 'running', round: record.round, error: null, now: now() });
      launch(id, record.config);
    }
    return loadDebate(db, id, runs.get(id)?.liveText);
  };

  async function* watch(
    id: string,
    { lastEventId, signal }: { lastEventId?: string | undefined; signal?: AbortSignal | undefined },
  ): AsyncGenerator<LoggedEvent<DebateEvent>, void, void> {
    const run = runs.get(id);
    if (run && lastEventId !== undefined && run.events.knows(lastEventId)) {
      yield* run.events.watch({ lastEventId, signal });
      return;
    }
    // What was shown up to here is in the state, so that the next delta begins where its text ends.
    const upTo = run?.events.flush() ?? `${run?.prefix ?? ''}0`;
    const debate = loadDebate(db, id, run?.liveText);
    yield { id: upTo, event: { type: 'state', debate } };
    // What is being written may cite at once what its speaker was given before this reader came.
    for (const { message } of debate.turns) {
      const given = message.state === 'streaming' ? sourcesOfMessage(db, message.id) : null;
      if (given) yield { id: upTo, event: { type: 'retrieved', messageId: message.id, sources: given.sources } };
    }
    if (run && isRunning(id)) yield* run.events.watch({ lastEventId: upTo, signal });
    else yield { id: upTo, event: { type: 'ended', debate } };
  }

  const stopWith = async (id: string, reason: 'stop' | 'shutdown'): Promise<void> => {
    const run = runs.get(id);
    if (!run || run.events.closed) return;
    run.abort.abort(reason);
    await run.ended;
  };

  return {
    start,
    get: (id) => loadDebate(db, id, runs.get(id)?.liveText),
    watch,
    stop: (id) => stopWith(id, 'stop'),
    resume,
    closeInterrupted: () => {
      const open = runningDebates(db).filter(({ conversationId }) => !isRunning(conversationId));
      for (const { conversationId, round } of open)
        saveDebateState(db, conversationId, { state: 'interrupted', round, error: null, now: now() });
      return open.length;
    },
    shutdown: async () => {
      await Promise.all([...runs.keys()].map((id) => stopWith(id, 'shutdown')));
    },
  };
};
